import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHuntingStore, writeEvents } from '@throughline/store';
import { startClickHouse } from '@throughline/store/engine';
import { processEvents } from '../apps/server/src/events/process-events.fixture.ts';
import { readRecords } from '../apps/server/src/events/read-records.ts';
import { startServer } from '../e2e/server-process.ts';
import { post } from './post.ts';
import { figure, printTable } from './table.ts';

const count = 40_000;
const perBatch = 5_000;

/** Telemetry, stage by stage and end to end, beside ClickHouse's own copy of the same rows. */
export async function benchEvents(): Promise<void> {
  const rows: string[][] = [];
  const timed = async <T>(name: string, work: () => Promise<T> | T): Promise<T> => {
    const started = performance.now();
    const result = await work();
    const ms = performance.now() - started;
    rows.push([name, figure(ms), figure((count / ms) * 1000)]);
    return result;
  };
  const bodies = Array.from({ length: count / perBatch }, (_, n) => processEvents(perBatch, `ws-${n}`, n * perBatch));
  const texts = bodies.map((body) => body.map((event) => JSON.stringify(event)));
  await timed('JSON.parse alone', () => texts.map((body) => body.map((text) => JSON.parse(text) as unknown)));
  const read = await timed('read into events and rows', () =>
    Promise.all(
      texts.map((body, n) => {
        const records = body.map((text) => ({ source: 'windowsEvent', format: 'json' as const, text }));
        return readRecords({ id: n + 1, receivedAt: new Date().toISOString(), records });
      }),
    ),
  );
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  const engine = await startClickHouse({ dataDir, log: console });
  const store = openHuntingStore(engine);
  try {
    await store.ready();
    await timed('rows and raw records on disk', async () => {
      for (const { batch } of read) await writeEvents(store, 'default', [batch]);
    });
    await store.client.command({ query: 'CREATE TABLE copy AS DeviceProcessEvents' });
    await timed("ClickHouse's own copy of the rows", () =>
      store.client.command({ query: 'INSERT INTO copy SELECT * FROM DeviceProcessEvents' }),
    );
  } finally {
    await store.close();
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  const server = await startServer();
  try {
    const printed = await server.cli('token', 'create', '--scope', 'intake,read', '--name', 'bench');
    const headers = { authorization: `Bearer ${printed.trim().split(/\s+/).at(-1)}` };
    const settled = async () => {
      for (;;) {
        const answer = await fetch(`${server.url}/api/ledger`, { headers });
        const { sources } = (await answer.json()) as { sources: { pending: number }[] };
        if (sources.length > 0 && sources.every(({ pending }) => pending === 0)) return;
        await sleep(50);
      }
    };
    const send = (all: readonly unknown[]) =>
      post(
        `${server.url}/api/intake/auto`,
        all.map((body) => JSON.stringify(body)),
        { connections: 2, headers },
      );
    // The tables are made with the first of them.
    await send([processEvents(1, 'first', count)]);
    await settled();
    await timed('end to end, through the server', async () => {
      await send(bodies);
      await settled();
    });
  } finally {
    await server.stop();
  }
  printTable(`Telemetry: ${figure(count)} events`, ['stage', 'ms', 'events/s'], rows);
}
