import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { freshDatabase, type TestDatabase } from '@throughline/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerQuery } from './answer-query.ts';

// Rows (k, n): a text and a number that may be null. Each operator is written twice: in KQL, and as plainly as can be here.
type Row = readonly [k: string, n: number | null];
type Step = { kql: string; run: (rows: readonly Row[], other: readonly Row[]) => Row[] };

let database: TestDatabase;
let client: ClickHouseClient;

beforeAll(async () => {
  database = await freshDatabase();
  client = createClient({ ...database.clickhouse, log: { level: ClickHouseLogLevel.OFF } });
});

afterAll(async () => {
  await client?.close();
  await database?.drop();
});

const up = (a: number | null, b: number | null) => (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY);
const unique = (rows: readonly Row[]) => [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
const keysOf = (rows: readonly Row[]) => [...new Set(rows.map(([k]) => k))];

function steps(limit: number): Step[] {
  return [
    { kql: `where n > ${limit}`, run: (rows) => rows.filter(([, n]) => n !== null && n > limit) },
    { kql: `where n != ${limit}`, run: (rows) => rows.filter(([, n]) => n !== limit) },
    { kql: `where not(n == ${limit})`, run: (rows) => rows.filter(([, n]) => n !== limit) },
    { kql: 'where k =~ "A"', run: (rows) => rows.filter(([k]) => k.toLowerCase() === 'a') },
    { kql: 'extend n = n * 2', run: (rows) => rows.map(([k, n]): Row => [k, n === null ? null : n * 2]) },
    { kql: 'project k = strcat(k, "x"), n', run: (rows) => rows.map(([k, n]): Row => [`${k}x`, n]) },
    { kql: 'distinct k, n', run: (rows) => unique(rows) },
    {
      kql: 'summarize n = sum(n) by k',
      run: (rows) =>
        keysOf(rows).map((key): Row => [key, rows.reduce((sum, [k, n]) => (k === key ? sum + (n ?? 0) : sum), 0)]),
    },
    {
      kql: 'summarize n = max(n) by k',
      run: (rows) =>
        keysOf(rows).map(
          (key): Row => [
            key,
            rows
              .filter(([k]) => k === key)
              .map(([, n]) => n)
              .toSorted(up)
              .at(-1) ?? null,
          ],
        ),
    },
    {
      kql: 'sort by n asc, k asc | take 3',
      run: (rows) => [...rows].sort((a, b) => up(a[1], b[1]) || (a[0] < b[0] ? -1 : 1)).slice(0, 3),
    },
    { kql: 'union other', run: (rows, other) => [...rows, ...other] },
    {
      kql: 'join kind=inner other on k | project k, n = n1',
      run: (rows, other) => rows.flatMap(([k]) => other.filter((row) => row[0] === k).map((row): Row => [k, row[1]])),
    },
    {
      kql: 'join kind=leftanti other on k',
      run: (rows, other) => rows.filter(([k]) => !other.some((row) => row[0] === k)),
    },
    {
      kql: 'join kind=leftouter other on k | project k, n = n1',
      run: (rows, other) =>
        rows.flatMap(([k]): Row[] => {
          const found = other.filter((row) => row[0] === k);
          return found.length === 0 ? [[k, null]] : found.map((row): Row => [k, row[1]]);
        }),
    },
  ];
}

const rowsOf = fc.array(fc.tuple(fc.constantFrom('a', 'A', 'b', ''), fc.option(fc.integer({ min: -3, max: 3 }))), {
  maxLength: 6,
});
const table = (rows: readonly Row[]) =>
  `datatable(k:string, n:long)[${rows.map(([k, n]) => `"${k}", ${n === null ? 'long(null)' : `long(${n})`}`).join(', ')}]`;
const multiset = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();

test('chains of operators give what a plain evaluation gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      rowsOf,
      rowsOf,
      fc.integer({ min: -3, max: 3 }),
      fc.array(fc.nat(13), { minLength: 1, maxLength: 3 }),
      async (rows, other, limit, picks) => {
        const chosen = picks.map((at) => steps(limit)[at]).filter((step) => step !== undefined);
        const query = `let other = ${table(other)}; ${[table(rows), ...chosen.map(({ kql }) => kql)].join(' | ')}`;
        const answer = await answerQuery(query, {
          client,
          catalogue: { tables: new Map(), watchlists: new Map() },
          surroundings: { now: new Date(0), table: () => 'SELECT 1' },
          limits: { timeMs: 20_000, memoryBytes: 1_000_000_000, rows: 100_000, bytes: 10_000_000 },
        });
        const wanted = chosen.reduce<Row[]>((now, step) => step.run(now, other), [...rows]);
        expect(answer.error).toBeUndefined();
        expect(multiset(answer.rows ?? [])).toEqual(multiset(wanted));
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);
