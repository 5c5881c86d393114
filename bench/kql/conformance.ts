// `npm run bench kql-conformance`: published cases per band, and public queries on empty tables. Both sets lie in
// ../shared, which is no part of the project; without it nothing is measured.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { huntingTables } from '@throughline/model/hunting';
import { type AnswerOptions, answerQuery } from '../../apps/server/src/hunting/answer-query.ts';
import { openQueryEngine, type QueryEngine } from '../../apps/server/src/hunting/query-engine.ts';
import { mismatch, type OracleCase } from './oracle-compare.ts';

const SHARED = join(import.meta.dirname, '../../../shared/data/kql');
const LIMITS = { timeMs: 20_000, memoryBytes: 2_000_000_000, rows: 100_000, bytes: 100_000_000 };

/** Measures how many published cases give the published answer, and how many public queries compile and run. */
export async function benchKqlConformance(): Promise<void> {
  if (!existsSync(join(SHARED, 'oracle.jsonl'))) {
    console.log('kql-conformance: ../shared/data/kql is not there, so nothing is measured');
    return;
  }
  const engine = await openQueryEngine({});
  try {
    await oracle(engine);
    await corpus(engine);
  } finally {
    await engine.stop();
  }
}

function lines<T>(name: string): T[] {
  return readFileSync(join(SHARED, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

function options(engine: QueryEngine, now: Date): AnswerOptions {
  const used = new Set<string>();
  return {
    client: engine.client,
    catalogue: { tables: huntingTables(), watchlists: new Map() },
    surroundings: {
      now,
      table(name) {
        used.add(name);
        const columns = huntingTables().get(name) ?? [];
        return `SELECT ${columns.map((column) => `\`${column.name}\``).join(', ')} FROM \`${name}\``;
      },
    },
    limits: LIMITS,
    before: async () => {
      if (used.size > 0) await engine.ready();
    },
  };
}

async function oracle(engine: QueryEngine): Promise<void> {
  const bands = new Map<string, { right: number; all: number }>();
  const misses: string[] = [];
  for (const one of [...lines<OracleCase>('oracle.jsonl'), ...lines<OracleCase>('oracle-engine.jsonl')]) {
    const isGeo = one.functions.some((name) => name.startsWith('geo_') && name !== 'geo_info_from_ip_address');
    const band = isGeo ? 'geospatial' : one.band;
    const count = bands.get(band) ?? { right: 0, all: 0 };
    bands.set(band, count);
    count.all += 1;
    const { ok, columns = [], rows = [], error } = await answerQuery(one.query, options(engine, new Date()));
    const why = ok ? mismatch(one, { columns, rows }) : `${error?.class}: ${error?.message}`;
    if (why === undefined) count.right += 1;
    else if (!isGeo) misses.push(`  ${band} ${one.id}: ${why.slice(0, 160)}`);
  }
  console.log('\nPublished cases');
  for (const [band, { right, all }] of bands) console.log(`  band ${band}: ${right} of ${all}`);
  const sum = (names: readonly string[]) => {
    const chosen = [...bands].filter(([name]) => names.includes(name)).map(([, count]) => count);
    const [right, all] = [chosen.reduce((n, c) => n + c.right, 0), chosen.reduce((n, c) => n + c.all, 0)];
    return `${right} of ${all} (${((100 * right) / all).toFixed(1)} %)`;
  };
  console.log(
    `  bands 50–99: ${sum(['50', '80', '90', '95', '99'])}; all but geospatial: ${sum(['50', '80', '90', '95', '99', '100', 'unseen'])}`,
  );
  console.log(misses.join('\n'));
}

async function corpus(engine: QueryEngine): Promise<void> {
  const failures = new Map<string, number>();
  const [compile, run]: [number[], number[]] = [[], []];
  let [good, all] = [0, 0];
  for (const { query, binds } of lines<{ query: string; binds: boolean }>('corpus.jsonl')) {
    if (!binds || /\bexternaldata\b/i.test(query)) continue;
    all += 1;
    const { ok, error, compileMs, runMs = 0 } = await answerQuery(query, options(engine, new Date()));
    compile.push(compileMs);
    if (ok) {
      good += 1;
      run.push(runMs);
    } else {
      const why = `${error?.class}: ${error?.message.slice(0, 100)}`;
      failures.set(why, (failures.get(why) ?? 0) + 1);
    }
  }
  console.log(
    `\nPublic queries that bind, without externaldata: ${good} of ${all} (${((100 * good) / all).toFixed(1)} %) compile and run`,
  );
  console.log(`  compile ms: ${quantiles(compile)}; run on empty tables ms: ${quantiles(run)}`);
  for (const [why, count] of [...failures].sort(([, one], [, other]) => other - one))
    console.log(`  ${count} × ${why}`);
}

/** `p50 1.0, p90 …, p99 …` */
export function quantiles(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}`;
}
