import { generateAlerts } from '../e2e/generate-alerts.ts';
import { startServer, treeUsage } from '../e2e/server-process.ts';
import { alertmanagerInstalled, benchAlertmanager } from './alertmanager.ts';
import { post } from './post.ts';
import { figure, printTable } from './table.ts';

/** Durable intake over HTTP, 1,000 alerts a request over 4 connections, beside JSON.parse of the same bytes and the alertmanager. */
export async function benchIntake(count = 100_000): Promise<void> {
  const bodies: string[] = [];
  let batch: unknown[] = [];
  for (const alert of generateAlerts(count)) {
    batch.push(alert);
    if (batch.length === 1000) {
      bodies.push(JSON.stringify(batch));
      batch = [];
    }
  }
  const parse = parseCost(bodies);
  const server = await startServer();
  const token =
    (await server.cli('token', 'create', '--scope', 'intake,read', '--name', 'bench')).trim().split(/\s+/).at(-1) ?? '';
  const headers = { authorization: `Bearer ${token}` };
  const before = await treeUsage(server.process.pid ?? 0);
  const started = performance.now();
  await post(`${server.url}/api/intake/graph`, bodies, { connections: 4, headers });
  const accepted = (performance.now() - started) / 1000;
  const busy = await treeUsage(server.process.pid ?? 0);
  for (;;) {
    const answer = await fetch(`${server.url}/api/ledger`, { headers });
    const { sources } = (await answer.json()) as { sources: { pending: number }[] };
    if (sources.every(({ pending }) => pending === 0)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stored = (performance.now() - started) / 1000;
  const after = await treeUsage(server.process.pid ?? 0);
  await server.stop();
  const micros = (seconds: number) => figure((seconds / count) * 1e6, 1);
  const rows = [
    ['JSON.parse of the same bytes', '', '', micros(parse), ''],
    [
      'Throughline, durable and correlated',
      figure(count / accepted),
      figure(count / stored),
      micros(after.cpuSeconds - before.cpuSeconds),
      figure(Math.max(busy.rssBytes, after.rssBytes) / 1e6),
    ],
  ];
  if (alertmanagerInstalled()) {
    const peer = await benchAlertmanager(count);
    rows.push([
      'alertmanager, in memory, grouped',
      figure(count / peer.acceptedSeconds),
      figure(count / peer.dispatchedSeconds),
      micros(peer.cpuSeconds),
      figure(peer.rssBytes / 1e6),
    ]);
  } else console.log('alertmanager is not installed; the peer is left out');
  printTable(
    `Intake of ${figure(count)} alerts over HTTP`,
    ['', 'accepted/s', 'done/s', 'CPU µs/alert', 'RSS MB'],
    rows,
  );
}

/** CPU seconds of JSON.parse over all bodies, best of three. */
function parseCost(bodies: readonly string[]): number {
  const passes = Array.from({ length: 3 }, () => {
    const from = process.cpuUsage();
    for (const body of bodies) JSON.parse(body);
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1e6;
  });
  return Math.min(...passes);
}
