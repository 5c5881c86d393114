import { groupOf } from '@throughline/access';
import { type HuntColumn, longestQuery } from '@throughline/model';
import { readTelemetryScope, rememberHunt } from '@throughline/store';
import { z } from 'zod';
import type { Call, Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { API_LIMITS } from './hunt-limits.ts';
import { placeFor } from './hunt-room.ts';
import { huntCatalogue, surroundingsOf } from './hunt-surroundings.ts';
import { readTimespan, USUAL_TIMESPAN } from './hunting-timespan.ts';
import { type WholeHunt, wholeHunt } from './whole-hunt.ts';

const query = z.string().min(1).max(longestQuery);
const graphBody = anyCase(z.strictObject({ query, timespan: z.string().max(100).nullish() }));
const defenderBody = anyCase(z.strictObject({ query }));

type Asked = { query: string; timespan?: string | null | undefined };

const audit = {
  action: 'hunt.run',
  target: () => null,
  details: ({ body }: { body: Asked }) => ({ query: body.query.slice(0, 4_000), timespan: body.timespan }),
} as const;
const limits = 'At most 100,000 rows and three minutes. The query reads only what the caller sees.';

/** Hunting as the clients of other products ask for it: Microsoft Graph's way, and that of Defender's older API. */
export const defenderHuntRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1.0/security/runHuntingQuery',
    access: 'incidents.read',
    scoped: true,
    errors: 'graph',
    audit,
    chapter: 'Hunting',
    summary: 'Run a hunting query in KQL, as Microsoft Graph does',
    description: `\`Query\` and \`Timespan\` (ISO 8601, 30 days when left out); names in any case. ${limits}`,
    body: graphBody,
    media: 'application/json',
    refusals: [429, 503],
    handle: async (call) => {
      const { columns, rows } = await answerTo(call);
      return json({
        '@odata.context': `${originOf(call)}/v1.0/$metadata#microsoft.graph.security.huntingQueryResults`,
        schema: columns.map(({ name, type }) => ({ name, type: typeNames[type] })),
        results: rows,
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/advancedhunting/run',
    access: 'incidents.read',
    scoped: true,
    errors: 'defender',
    audit,
    chapter: 'Hunting',
    summary: 'Run a hunting query in KQL, as Defender’s older API does',
    description: `\`Query\`, its name in any case, over the last 30 days. ${limits}`,
    body: defenderBody,
    media: 'application/json',
    refusals: [429, 503],
    handle: async (call) => {
      const { columns, rows, elapsedMs } = await answerTo(call);
      return json({
        Stats: statsOf(rows, elapsedMs),
        Schema: columns.map(({ name, type }) => ({ Name: name, Type: typeNames[type] })),
        Results: rows,
      });
    },
  }),
];

// .NET's names of Kusto's types.
const typeNames: Readonly<Record<HuntColumn['type'], string>> = {
  string: 'String',
  bool: 'SByte',
  int: 'Int32',
  long: 'Int64',
  real: 'Double',
  decimal: 'SqlDecimal',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Object',
};

type HuntCall = Call<'incidents.read', unknown, unknown, Asked>;

async function answerTo({ db, hunting, principal, body, clock, c, log }: HuntCall): Promise<WholeHunt> {
  const now = clock();
  const range = readTimespan(body.timespan ?? USUAL_TIMESPAN, now);
  if (range === undefined) {
    const message = 'Timespan is an ISO 8601 duration, start/end, start/duration, duration/end or a start in the past.';
    throw new ApiError(400, 'invalidRequest', message, { target: 'timespan' });
  }
  const leave = placeFor(principal.accountId);
  try {
    await hunting.ready();
    const scope = await readTelemetryScope(db, principal, groupOf);
    return await wholeHunt(
      {
        query: body.query,
        maxRows: API_LIMITS.rows,
        limits: API_LIMITS,
        client: hunting.client,
        catalogue: huntCatalogue,
        surroundings: surroundingsOf(scope, now, range),
        signal: c.req.raw.signal,
      },
      ({ result, rows, elapsedMs }) => {
        rememberHunt(db, principal, { query: body.query, at: now.toISOString(), result, rows, elapsedMs }).catch(
          (error: unknown) => log.warn({ err: error }, 'a hunt could not be remembered'),
        );
      },
    );
  } finally {
    leave();
  }
}

function originOf({ settings, c }: Pick<HuntCall, 'settings' | 'c'>): string {
  return (settings.publicUrl ?? new URL(c.req.url)).origin;
}

function json(answer: object): Response {
  return new Response(JSON.stringify(answer), {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

// The engine here counts neither cache hits nor processor time of one query: clients that read them find zero.
function statsOf(rows: WholeHunt['rows'], elapsedMs: number): object {
  const none = { hits: 0, misses: 0, total: 0 };
  return {
    ExecutionTime: elapsedMs / 1_000,
    resource_usage: {
      cache: { memory: none, disk: none },
      cpu: { user: '00:00:00', kernel: '00:00:00', 'total cpu': '00:00:00' },
      memory: { peak_per_node: 0 },
    },
    dataset_statistics: [{ table_row_count: rows.length, table_size: Buffer.byteLength(JSON.stringify(rows)) }],
  };
}

/** A body whose names may be written in any case; a name that comes twice is refused. */
function anyCase<Body extends z.ZodObject>(schema: Body) {
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([name, each]) => [name.toLowerCase(), each] as const);
    return new Set(entries.map(([name]) => name)).size < entries.length ? value : Object.fromEntries(entries);
  }, schema);
}
