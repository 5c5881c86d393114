import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateAlerts } from '../e2e/generate-alerts.ts';
import { startServer, treeUsage } from '../e2e/server-process.ts';
import { post } from './post.ts';
import { figure, median, printTable } from './table.ts';

/**
 * A quiet detector beside a flood, through the whole server: `count` alerts of one detector spread over `seconds` (or as
 * fast as they are accepted, when that is slower), while another of the same source sends one alert a second. Time from
 * sending to the alert in its incident, memory of all processes, and what the ledger counted. Lanes cannot be switched
 * off; with one queue for all, a flood faster than the server would bring "worst during ÷ the whole flood" towards 1.
 */
export async function benchFlood(count = 100_000, perBody = 500, seconds = 60): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  const server = await startServer({ dataDir });
  try {
    const printed = await server.cli('token', 'create', '--scope', 'intake,read', '--name', 'bench');
    const headers = { authorization: `Bearer ${printed.trim().split(/\s+/).at(-1)}` };
    const all = [...generateAlerts(count, { prefix: 'flood' })].map((alert) => ({ ...alert, detectorId: 'flood' }));
    const bodies: string[] = [];
    for (let i = 0; i < count; i += perBody) bodies.push(JSON.stringify(all.slice(i, i + perBody)));
    const probe = async (source: string, id: string): Promise<number> => {
      const [alert] = generateAlerts(1, { prefix: id });
      const sent = performance.now();
      const body = JSON.stringify({ ...alert, detectorId: 'quiet' });
      await post(`${server.url}/api/intake/${source}`, [body], { connections: 1, headers });
      for (;;) {
        const answer = await fetch(`${server.url}/api/alerts/${id}-0`, { headers });
        await answer.arrayBuffer();
        if (answer.status === 200) return performance.now() - sent;
        await sleep(20);
      }
    };
    const memory = async () => (await treeUsage(server.process.pid ?? 0)).rssBytes / 1e6;
    const before: number[] = [];
    for (let n = 0; n < 10; n++) before.push(await probe('graph', `before${n}`));
    const memoryBefore = await memory();
    const started = performance.now();
    let accepted = Number.POSITIVE_INFINITY;
    const flood = flooding(`${server.url}/api/intake/graph`, bodies, headers, seconds).then((refused) => {
      accepted = performance.now() - started;
      return refused;
    });
    const during: number[] = [];
    let memoryMost = 0;
    let done = false;
    const last = probeLast(server.url, headers, `flood-${count - 1}`).then(() => {
      done = true;
    });
    const probes: Promise<unknown>[] = [];
    for (let n = 0; !done; n++) {
      probes.push(probe('graph', `during${n}`).then((ms) => during.push(ms)));
      memoryMost = Math.max(memoryMost, await memory());
      await sleep(Math.max(0, started + (n + 1) * 1_000 - performance.now()));
    }
    const whole = (performance.now() - started) / 1000;
    await last;
    await Promise.all(probes);
    const refused = await flood;
    const counts = await ledgerCounts(server.url, headers);
    const worst = (values: number[]) => Math.max(...values);
    printTable(
      `A quiet detector beside a flood of ${figure(count)} alerts of another, in bodies of ${figure(perBody)}`,
      ['', 'value'],
      [
        ['flood accepted, s', figure(accepted / 1000, 1)],
        ['flood in incidents, s', figure(whole, 1)],
        ['flood told to come later (503)', figure(refused)],
        ['quiet detector to its incident before, ms, median', figure(median(before))],
        ['during, ms, median', figure(median(during))],
        ['during, ms, worst', figure(worst(during))],
        ['worst during ÷ the whole flood', figure(worst(during) / 1000 / whole, 3)],
        ['probes during', figure(during.length)],
        ['memory of all processes before, MB', figure(memoryBefore)],
        ['most during, MB', figure(memoryMost)],
        ['ledger: received', figure(counts.received)],
        ['ledger: stored', figure(counts.stored)],
        ['ledger: duplicate, rejected, pending', figure(counts.duplicate + counts.rejected + counts.pending)],
      ],
    );
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Sends every body over four connections, evenly over `seconds`, again while the server says "later"; returns how often it did. */
async function flooding(
  url: string,
  bodies: readonly string[],
  headers: Record<string, string>,
  seconds: number,
): Promise<number> {
  const started = performance.now();
  let next = 0;
  let refused = 0;
  const lane = async () => {
    while (next < bodies.length) {
      const due = started + (next * seconds * 1_000) / bodies.length;
      const body = bodies[next++] ?? '';
      await sleep(Math.max(0, due - performance.now()));
      while ((await status(url, body, headers)) === 503) {
        refused++;
        await sleep(200);
      }
    }
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  return refused;
}

async function status(url: string, body: string, headers: Record<string, string>): Promise<number> {
  const type = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', body, headers: { ...headers, ...type } });
  await answer.arrayBuffer();
  if (answer.status !== 202 && answer.status !== 503) throw new Error(`${url} answered ${answer.status}`);
  return answer.status;
}

async function probeLast(url: string, headers: Record<string, string>, id: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/alerts/${id}`, { headers });
    await answer.arrayBuffer();
    const waiting = answer.status === 200 ? await ledgerPending(url, headers) : 1;
    if (waiting === 0) return;
    await sleep(100);
  }
}

async function ledgerPending(url: string, headers: Record<string, string>): Promise<number> {
  return (await ledgerCounts(url, headers)).pending;
}

type Counts = Record<'received' | 'stored' | 'duplicate' | 'rejected' | 'pending', number>;

async function ledgerCounts(url: string, headers: Record<string, string>): Promise<Counts> {
  const answer = await fetch(`${url}/api/ledger`, { headers });
  const { sources } = (await answer.json()) as { sources: Counts[] };
  const sum = (of: keyof Counts) => sources.reduce((total, row) => total + row[of], 0);
  return {
    received: sum('received'),
    stored: sum('stored'),
    duplicate: sum('duplicate'),
    rejected: sum('rejected'),
    pending: sum('pending'),
  };
}
