import { groupOf } from '@throughline/access';
import type { Surroundings } from '@throughline/hunt';
import { huntBody } from '@throughline/model';
import { huntingTables } from '@throughline/model/hunting';
import { readTelemetryScope, rememberHunt, scopedTable, type TelemetryScope } from '@throughline/store';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { PORTAL_LIMITS } from './hunt-limits.ts';
import { huntsAtOnce, takePlace } from './hunt-room.ts';
import { huntMessages } from './hunt-stream.ts';

const catalogue = { tables: huntingTables(), watchlists: new Map<string, readonly string[]>() };

export const huntRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/hunt',
    access: 'incidents.read',
    scoped: true,
    audit: {
      action: 'hunt.run',
      target: () => null,
      details: ({ body }) => ({ query: body.query.slice(0, 4_000), from: body.from, to: body.to }),
    },
    chapter: 'Hunting',
    summary: 'Run a hunting query in KQL',
    description:
      'Answers with one JSON value a line: `start`, `columns`, then `rows` and `progress` as they come, and `done` or ' +
      '`error` last. Closing the connection cancels the query. The query reads only what the caller sees.',
    body: huntBody,
    media: 'application/x-ndjson',
    refusals: [429],
    handle: async ({ db, hunting, principal, body, clock, c, log }) => {
      const leave = takePlace(principal.accountId);
      if (leave === undefined) {
        throw new ApiError(
          429,
          'tooManyHunts',
          `${huntsAtOnce.person} hunts of one person run at once. Wait for one to end, or cancel it.`,
        );
      }
      try {
        await hunting.ready();
        const scope = await readTelemetryScope(db, principal, groupOf);
        const now = clock();
        const control = new AbortController();
        c.req.raw.signal.addEventListener('abort', () => control.abort(), { once: true });
        const messages = huntMessages(
          {
            query: body.query,
            maxRows: body.maxRows,
            limits: PORTAL_LIMITS,
            client: hunting.client,
            catalogue,
            surroundings: surroundingsOf(scope, now, body),
            signal: control.signal,
          },
          ({ result, rows, elapsedMs }) => {
            leave();
            rememberHunt(db, principal, { query: body.query, at: now.toISOString(), result, rows, elapsedMs }).catch(
              (error: unknown) => log.warn({ err: error }, 'a hunt could not be remembered'),
            );
          },
        );
        return new Response(
          linesOf(messages, () => control.abort()),
          {
            headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
          },
        );
      } catch (error) {
        leave();
        throw error;
      }
    },
  }),
];

/** What a query of this person sees: their rows, and of these the ones within the time asked for. */
function surroundingsOf(
  scope: TelemetryScope,
  now: Date,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Surroundings {
  const within = [
    ...(from === undefined ? [] : [`Timestamp >= parseDateTime64BestEffort('${new Date(from).toISOString()}', 7)`]),
    ...(to === undefined ? [] : [`Timestamp < parseDateTime64BestEffort('${new Date(to).toISOString()}', 7)`]),
  ];
  return {
    now,
    table: (name) => {
      const seen = scopedTable(scope, name);
      return within.length === 0 ? seen : `SELECT * FROM ${seen} WHERE ${within.join(' AND ')}`;
    },
  };
}

/** Messages as lines of JSON; whoever stops reading cancels. */
function linesOf(messages: AsyncGenerator<unknown>, cancel: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await messages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      cancel();
      await messages.return(undefined);
    },
  });
}
