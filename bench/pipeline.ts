import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTenant } from '@throughline/model';
import { appendBatch, connect, type Db, migrate } from '@throughline/store';
import { startPostgres } from '@throughline/store/engine';
import { startPipeline } from '../apps/server/src/pipeline/pipeline.ts';
import { generateModelAlerts } from '../e2e/generate-alerts.ts';
import { treeUsage } from '../e2e/server-process.ts';
import { figure, printTable } from './table.ts';

const log = { info: () => {}, warn: console.warn, error: console.error };

/** What one stage cost: seconds, and CPU seconds of this process and of PostgreSQL. */
type Cost = { seconds: number; own: number; database: number };

/** The intake log and the pipeline without HTTP: durable append, correlate and store, restore, beside JSON.parse of the same bytes. */
export async function benchPipeline(count = 100_000, perBatch = 1_000): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  const postgres = await startPostgres({ dataDir, log });
  const db = connect(postgres.url, { max: 8, log });
  try {
    await migrate(postgres.url);
    const alerts = [...generateModelAlerts(count)];
    const bodies: string[] = [];
    for (let i = 0; i < count; i += perBatch) bodies.push(JSON.stringify(alerts.slice(i, i + perBatch)));
    const measured = (work: () => Promise<unknown>) => measure(postgres.pid, work);
    const parse = await measured(async () => bodies.forEach((body) => void JSON.parse(body)));
    const append = await measured(() => appendAll(db, alerts, perBatch));
    const single = await measured(() => appendAll(db, alerts.slice(0, 2_000), 1, 64));
    await db.deleteFrom('intake_batch').where('accepted', '=', 1).execute();
    const pipeline = await startPipeline({ db, log, clock: () => new Date() });
    const store = await measured(() => pipeline.idle());
    await pipeline.stop();
    const restored = await startPipeline({ db, log, clock: () => new Date() });
    const restore = await measured(async () => {
      await appendAll(db, alerts.slice(0, 1), 1);
      await restored.idle();
    });
    await restored.stop();
    const row = (name: string, n: number, { seconds, own, database }: Cost) => [
      name,
      figure(n / seconds),
      figure((own / n) * 1e6, 1),
      figure((database / n) * 1e6, 1),
    ];
    printTable(
      `Pipeline, ${figure(count)} alerts in batches of ${figure(perBatch)}`,
      ['', 'alerts/s', 'CPU µs/alert', 'PostgreSQL CPU µs/alert'],
      [
        row('JSON.parse of the same bytes', count, parse),
        row('durable append', count, append),
        row('durable append, one alert a request, 64 at once', 2_000, single),
        row('correlate and store', count, store),
        row('restore after a restart', count, restore),
      ],
    );
  } finally {
    await db.destroy();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function appendAll(
  db: Db,
  alerts: Parameters<typeof appendBatch>[1]['alerts'][number]['alert'][],
  perBatch: number,
  lanes = 4,
) {
  let next = 0;
  const lane = async () => {
    while (next < alerts.length) {
      const part = alerts.slice(next, next + perBatch).map((alert) => ({ source: 'bench', alert }));
      next += perBatch;
      await appendBatch(db, { tenantId: defaultTenant, alerts: part, rejects: [], received: part.length });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function measure(databasePid: number, work: () => Promise<unknown>): Promise<Cost> {
  const before = await treeUsage(databasePid);
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const after = await treeUsage(databasePid);
  return { seconds, own: (user + system) / 1e6, database: after.cpuSeconds - before.cpuSeconds };
}
