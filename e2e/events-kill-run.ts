import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Ledger } from '@throughline/model';
import { processEvents } from '../apps/server/src/events/process-events.fixture.ts';
import { mulberry32 } from './generate-alerts.ts';
import { freePort, startServer } from './server-process.ts';

/** What a server holds in the end. */
export type EventsOutcome = { ledger: Ledger; rows: number; oldest: string; newest: string; kills: number };

/**
 * Sends `count` events to a real server, each body until it is acknowledged, while the server is killed (SIGKILL) `kills`
 * times at random moments and started again. Resolves when all is stored.
 */
export async function eventsKillRun(count: number, kills: number, seed: number): Promise<EventsOutcome> {
  const perBody = 2_500;
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-events-'));
  const port = await freePort();
  const random = mulberry32(seed);
  let server = await startServer({ dataDir, port });
  try {
    const printed = await server.cli('token', 'create', '--scope', 'intake,read', '--name', 'kill');
    const authorization = `Bearer ${printed.trim().split(/\s+/).at(-1)}`;
    const bodies = Math.ceil(count / perBody);
    const killAt = new Set(Array.from({ length: kills }, (_, n) => Math.floor(((n + 1) * bodies) / kills) - 1));
    let killed = 0;
    for (let n = 0; n < bodies; n++) {
      const size = Math.min(perBody, count - n * perBody);
      const body = gzipSync(JSON.stringify(processEvents(size, `ws-${n % 20}.corp.example`, n * perBody)));
      const send = async () => {
        const headers = { authorization, 'content-type': 'application/json' };
        const answer = await fetch(`${server.url}/api/intake/auto`, { method: 'POST', headers, body }).catch(
          () => null,
        );
        return answer?.status === 202;
      };
      while (!(await send())) await sleep(100);
      if (killAt.has(n)) {
        // Somewhere between taking the batch and noting it as done.
        await sleep(random() * 1_500);
        await server.kill();
        server = await startServer({ dataDir, port });
        killed++;
      }
    }
    const read = async (path: string) => (await fetch(server.url + path, { headers: { authorization } })).json();
    let ledger = (await read('/api/ledger')) as Ledger;
    for (; ledger.sources.some(({ pending }) => pending > 0); ledger = (await read('/api/ledger')) as Ledger)
      await sleep(200);
    const { tables } = (await read('/api/hunting/tables')) as {
      tables: { name: string; rows: number; oldest: string; newest: string }[];
    };
    const table = tables.find(({ name }) => name === 'DeviceProcessEvents');
    return { ledger, rows: table?.rows ?? 0, oldest: table?.oldest ?? '', newest: table?.newest ?? '', kills: killed };
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
