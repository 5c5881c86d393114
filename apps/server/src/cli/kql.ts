import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { huntingTables } from '@throughline/model/hunting';
import { type AnswerOptions, answerQuery, type QueryAnswer } from '../hunting/answer-query.ts';
import { openQueryEngine, type QueryEngine } from '../hunting/query-engine.ts';
import { UsageError, type Verb } from './verb.ts';

const LIMITS = { timeMs: 60_000, memoryBytes: 2_000_000_000, rows: 100_000, bytes: 200_000_000 };
// One query runs while the next is compiled.
const AT_ONCE = 2;

/** `throughline kql`: KQL queries from a file, compiled and run, without a server. */
export const kqlVerb: Verb = {
  usage: '--queries FILE [--out FILE] [--compile-only] [--data DIRECTORY] [--timeout SECONDS] [--now INSTANT]',
  help: [
    '  --queries FILE     a query a line: {"id":…,"query":"…"}',
    '  --out FILE         where to write; standard output without it',
    '  --compile-only     show the SQL and run nothing',
    '  --data DIRECTORY   run on the data of a server that is not running',
    '  --timeout SECONDS  for one query; 60 without it',
    '  --now INSTANT      what now() is, ISO 8601; the moment of the start without it',
    '',
    'Writes for each line, in order: {"id","ok","columns":[{"name","type"}],"rows","error":{"class","message","position"},',
    '"sql","compileMs","runMs"}. Without --data the queries run on an engine of their own whose hunting tables are empty,',
    'or on the one CLICKHOUSE_URL names. One query that fails never stops the others.',
  ].join('\n'),
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        queries: { type: 'string' },
        out: { type: 'string' },
        'compile-only': { type: 'boolean', default: false },
        data: { type: 'string' },
        timeout: { type: 'string', default: '60' },
        now: { type: 'string' },
      },
    });
    if (values.queries === undefined) throw new UsageError('Name the file of queries: --queries FILE.');
    const timeMs = Number(values.timeout) * 1_000;
    if (!(timeMs > 0)) throw new UsageError(`--timeout is a number of seconds, not ${values.timeout}.`);
    const now = values.now === undefined ? new Date() : new Date(values.now);
    if (Number.isNaN(now.getTime())) throw new UsageError(`--now is an ISO 8601 instant, not ${values.now}.`);
    const url = values.data === undefined ? process.env.CLICKHOUSE_URL || undefined : undefined;
    const engine = values['compile-only'] ? undefined : await openQueryEngine({ url, dataDir: values.data });
    try {
      const counts = await answerAll(values.queries, values.out, engine, now, { ...LIMITS, timeMs });
      console.error(`${counts.ok} of ${counts.all} queries ${engine === undefined ? 'compiled' : 'gave an answer'}`);
      return 0;
    } finally {
      await engine?.stop();
    }
  },
};

async function answerAll(
  from: string,
  to: string | undefined,
  engine: QueryEngine | undefined,
  now: Date,
  limits: AnswerOptions['limits'],
): Promise<{ ok: number; all: number }> {
  const out = to === undefined ? process.stdout : createWriteStream(to);
  const counts = { ok: 0, all: 0 };
  const waiting: Promise<Record<string, unknown> & { ok: boolean }>[] = [];
  const write = async () => {
    const answer = await waiting.shift();
    if (answer === undefined) return;
    counts.all += 1;
    if (answer.ok) counts.ok += 1;
    if (!out.write(`${JSON.stringify(answer)}\n`)) await once(out, 'drain');
  };
  const input = createReadStream(from);
  await once(input, 'open');
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    waiting.push(answerLine(line, engine, now, limits));
    if (waiting.length >= AT_ONCE) await write();
  }
  while (waiting.length > 0) await write();
  if (out !== process.stdout) {
    out.end();
    await finished(out);
  }
  return counts;
}

async function answerLine(
  line: string,
  engine: QueryEngine | undefined,
  now: Date,
  limits: AnswerOptions['limits'],
): Promise<QueryAnswer & Record<string, unknown>> {
  let asked: { id?: unknown; query?: unknown };
  try {
    asked = JSON.parse(line);
  } catch {
    return { id: null, ok: false, error: { class: 'input', message: 'The line is no JSON.' }, compileMs: 0 };
  }
  const id = asked?.id ?? null;
  if (typeof asked?.query !== 'string') {
    return { id, ok: false, error: { class: 'input', message: 'The line has no text "query".' }, compileMs: 0 };
  }
  const tables = new Set<string>();
  const answer = await answerQuery(asked.query, {
    client: engine?.client,
    catalogue: { tables: huntingTables(), watchlists: new Map() },
    surroundings: {
      now,
      table(name) {
        tables.add(name);
        const columns = huntingTables().get(name) ?? [];
        return `SELECT ${columns.map((column) => `\`${column.name}\``).join(', ')} FROM \`${name}\``;
      },
    },
    limits,
    before: async () => {
      if (tables.size > 0) await engine?.ready();
    },
  });
  return { id, ...answer };
}
