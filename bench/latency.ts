import { setTimeout as sleep } from 'node:timers/promises';
import { generateAlerts } from '../e2e/generate-alerts.ts';
import { treeUsage } from '../e2e/server-process.ts';
import { type BenchServer, settled, withServer } from './bench-server.ts';
import { figure, percentile, printTable } from './table.ts';

const tickMs = 20;
const probesPerSecond = 10;
/** Of the rate, from the first sent to the last stored: the latency of the last ones is part of it. */
const leastShare = 0.95;

/** `accepted`, `kept`: alerts/s up to the last 202, and up to the last in its incident. `cpu`: cores used by all processes. */
type Measured = { accepted: number; kept: number; times: number[]; later: number; cpu: number };

/**
 * From the moment an alert happens to the moment it is in its incident, through the whole server, while alerts come at a
 * steady rate for `seconds`: ten alerts of each second are looked for until they can be read. A rate that is not reached
 * is said to be, with what was.
 */
export async function benchLatency(rates: readonly number[] = [100, 1_000, 5_000], seconds = 60): Promise<void> {
  const rows: string[][] = [];
  for (const rate of rates) {
    const { accepted, kept, times, later, cpu } = await withServer((bench) => stream(bench, rate, seconds));
    const reached = kept >= rate * leastShare;
    rows.push([
      `${figure(rate)}/s`,
      reached ? 'yes' : `no, ${figure(kept)}/s`,
      `${figure(accepted)}/s`,
      figure(percentile(times, 0.5)),
      figure(percentile(times, 0.99)),
      figure(Math.max(...times)),
      figure(times.length),
      figure(later),
      figure(cpu, 2),
    ]);
  }
  printTable(
    `From event to incident, ms, ${figure(seconds)} s at a steady rate`,
    ['asked', 'reached', 'accepted', 'p50', 'p99', 'worst', 'looked for', 'told to come later', 'cores used'],
    rows,
  );
}

async function stream(bench: BenchServer, rate: number, seconds: number): Promise<Measured> {
  const { server, headers } = bench;
  const perTick = (rate * tickMs) / 1_000;
  const every = Math.max(1, Math.round(rate / probesPerSecond));
  const started = performance.now();
  const clock = Date.now();
  const alerts = generateAlerts(rate * seconds, { start: clock, stepMs: 1_000 / rate, prefix: `at${rate}` });
  const before = await treeUsage(server.process.pid ?? 0);
  const sending = new Set<Promise<void>>();
  const probes: Promise<number>[] = [];
  let later = 0;
  let sent = 0;
  for (let tick = 0; sent < rate * seconds; tick++) {
    const wait = started + (tick + 1) * tickMs - performance.now();
    if (wait > 0) await sleep(wait);
    const due = Math.min(rate * seconds, Math.round((tick + 1) * perTick));
    const some: unknown[] = [];
    for (; sent < due; sent++) {
      some.push(alerts.next().value);
      const happened = started + (sent * 1_000) / rate;
      if (sent % every === 0) probes.push(seenAfter(bench, `at${rate}-${sent}`, happened));
    }
    if (some.length === 0) continue;
    const one = send(`${server.url}/api/intake/graph`, JSON.stringify(some), headers).then((refused) => {
      later += refused;
    });
    sending.add(one);
    void one.finally(() => sending.delete(one));
    // More would measure this process: what the server does not take up waits here, as at a sender.
    while (sending.size >= 64) await Promise.race(sending);
  }
  await Promise.all(sending);
  const acceptedIn = (performance.now() - started) / 1_000;
  const times = await Promise.all(probes);
  const { stored } = await settled(bench);
  const keptIn = (performance.now() - started) / 1_000;
  const after = await treeUsage(server.process.pid ?? 0);
  if (stored !== sent) throw new Error(`${sent} alerts were sent and ${stored} are stored`);
  return {
    accepted: sent / Math.max(seconds, acceptedIn),
    kept: sent / keptIn,
    times,
    later,
    cpu: (after.cpuSeconds - before.cpuSeconds) / keptIn,
  };
}

/** Looks for an alert until it can be read; ms since it happened. Looks less often the longer it takes. */
async function seenAfter({ server, headers }: BenchServer, id: string, happened: number): Promise<number> {
  for (let pause = 5; ; pause = Math.min(250, pause * 1.2)) {
    const answer = await fetch(`${server.url}/api/alerts/${id}`, { headers });
    await answer.arrayBuffer();
    if (answer.status === 200) return performance.now() - happened;
    await sleep(pause);
  }
}

/** Sends a body until it is accepted; returns how often it was told to come later. */
async function send(url: string, body: string, headers: Record<string, string>): Promise<number> {
  for (let refused = 0; ; refused++) {
    const answer = await fetch(url, { method: 'POST', body, headers });
    await answer.arrayBuffer();
    if (answer.status === 202) return refused;
    if (answer.status !== 503) throw new Error(`${url} answered ${answer.status}`);
    await sleep(200);
  }
}
