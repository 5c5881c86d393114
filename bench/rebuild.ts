import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultConfig } from '@throughline/correlate';
import { defaultTenant } from '@throughline/model';
import { appendBatch, asWriter, connect, type Db, migrate } from '@throughline/store';
import { startPostgres } from '@throughline/store/engine';
import { startPipeline } from '../apps/server/src/pipeline/pipeline.ts';
import { rebuildState } from '../apps/server/src/pipeline/rebuild.ts';
import { generateModelAlerts } from '../e2e/generate-alerts.ts';
import { treeUsage } from '../e2e/server-process.ts';
import { figure, printTable } from './table.ts';

const log = { info: () => {}, warn: console.warn, error: console.error };
const perBatch = 1_000;
const aheadBatches = 200;

/**
 * How long a restarted server takes to know again what correlation remembers, read from PostgreSQL, at some numbers of
 * stored alerts. They are made up, correlated and stored by the pipeline first. Twice each: both must remember the same.
 */
export async function benchRebuild(counts: readonly number[] = [100_000, 1_000_000]): Promise<void> {
  const rows: string[][] = [];
  for (const count of counts) rows.push(...(await measure(count)));
  printTable(
    'State of correlation rebuilt from PostgreSQL',
    ['', 's', 'alerts/s', 'CPU µs/alert', 'PostgreSQL CPU µs/alert', 'bytes kept/alert', 'incidents'],
    rows,
  );
}

async function measure(count: number): Promise<string[][]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  const postgres = await startPostgres({ dataDir, log });
  const db = connect(postgres.url, { max: 8, log });
  try {
    await migrate(postgres.url);
    await fill(db, count);
    const rows: string[][] = [];
    const hashes = new Set<string>();
    for (const name of [`${figure(count)} alerts`, 'again']) {
      const database = await treeUsage(postgres.pid);
      globalThis.gc?.();
      const heap = process.memoryUsage().heapUsed;
      const cpu = process.cpuUsage();
      const started = performance.now();
      const turn = await asWriter(db, defaultTenant, (writer) => rebuildState(writer, defaultTenant, defaultConfig));
      const seconds = (performance.now() - started) / 1_000;
      if (turn === undefined) throw new Error('another writer holds the lock');
      const { user, system } = process.cpuUsage(cpu);
      const { cpuSeconds } = await treeUsage(postgres.pid);
      globalThis.gc?.();
      const kept = process.memoryUsage().heapUsed - heap;
      const { correlator } = turn.result;
      hashes.add(correlator.stateHash());
      if (correlator.stats.alerts !== count) throw new Error(`${correlator.stats.alerts} alerts are remembered`);
      rows.push([
        name,
        figure(seconds, 1),
        figure(count / seconds),
        figure((user + system) / count, 1),
        figure(((cpuSeconds - database.cpuSeconds) / count) * 1e6, 1),
        figure(kept / count),
        figure(correlator.stats.incidents),
      ]);
    }
    if (hashes.size !== 1) throw new Error('two rebuilds remember different things');
    return rows;
  } finally {
    await db.destroy();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Stores made-up alerts through the pipeline, a stretch at a time, so that they need not all be in memory. */
async function fill(db: Db, count: number): Promise<void> {
  const pipeline = await startPipeline({ db, log, clock: () => new Date() });
  let part: { source: string; alert: Parameters<typeof appendBatch>[1]['alerts'][number]['alert'] }[] = [];
  let batches = 0;
  const flush = async () => {
    if (part.length === 0) return;
    await appendBatch(db, { tenantId: defaultTenant, alerts: part, rejects: [], received: part.length });
    part = [];
    pipeline.notify();
    if (++batches % aheadBatches === 0) await pipeline.idle();
  };
  for (const alert of generateModelAlerts(count)) {
    part.push({ source: 'bench', alert });
    if (part.length === perBatch) await flush();
  }
  await flush();
  await pipeline.idle();
  await pipeline.stop();
}
