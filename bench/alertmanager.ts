import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, treeUsage } from '../e2e/server-process.ts';
import { post } from './post.ts';

/** Peer figures: seconds until all were accepted and until all were dispatched, CPU seconds of the peer's process. */
export type PeerResult = { acceptedSeconds: number; dispatchedSeconds: number; cpuSeconds: number; rssBytes: number };

/** True when Debian's prometheus-alertmanager is installed. */
export function alertmanagerInstalled(): boolean {
  return spawnSync('prometheus-alertmanager', ['--version']).status === 0;
}

/** Posts `count` alerts, 1,000 a request over 4 connections, grouped by host, and waits until the webhook has seen them all. */
export async function benchAlertmanager(count: number): Promise<PeerResult> {
  const dir = await mkdtemp(join(tmpdir(), 'alertmanager-'));
  let dispatched = 0;
  const sink = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      dispatched += (JSON.parse(body) as { alerts: unknown[] }).alerts.length;
      response.end();
    });
  });
  const sinkPort = await freePort();
  await new Promise<void>((resolve) => sink.listen(sinkPort, '127.0.0.1', resolve));
  const config = `route: {receiver: sink, group_by: [host], group_wait: 1s, group_interval: 1s, repeat_interval: 24h}
receivers: [{name: sink, webhook_configs: [{url: 'http://127.0.0.1:${sinkPort}/', max_alerts: 0}]}]
`;
  await writeFile(join(dir, 'config.yml'), config);
  const port = await freePort();
  const peer = spawn(
    'prometheus-alertmanager',
    [
      `--config.file=${join(dir, 'config.yml')}`,
      `--storage.path=${dir}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  try {
    for (let tries = 0; tries < 200; tries++) {
      if (
        await fetch(`http://127.0.0.1:${port}/-/ready`).then(
          (r) => r.ok,
          () => false,
        )
      )
        break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const bodies = Array.from({ length: count / 1000 }, (_, batch) => alerts(batch * 1000));
    const before = await treeUsage(peer.pid ?? 0);
    const started = performance.now();
    await post(`http://127.0.0.1:${port}/api/v2/alerts`, bodies, { connections: 4 });
    const acceptedSeconds = (performance.now() - started) / 1000;
    while (dispatched < count && performance.now() - started < 120_000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const dispatchedSeconds = (performance.now() - started) / 1000;
    const after = await treeUsage(peer.pid ?? 0);
    return {
      acceptedSeconds,
      dispatchedSeconds,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      rssBytes: after.rssBytes,
    };
  } finally {
    peer.kill('SIGKILL');
    sink.closeAllConnections();
    sink.close();
    await rm(dir, { recursive: true, force: true });
  }
}

function alerts(from: number): string {
  return JSON.stringify(
    Array.from({ length: 1000 }, (_, i) => ({
      labels: {
        alertname: `rule-${(from + i) % 300}`,
        host: `host-${(from + i) % 2000}`,
        severity: 'high',
        id: String(from + i),
      },
      annotations: { summary: `something happened on host-${(from + i) % 2000}` },
      startsAt: new Date().toISOString(),
    })),
  );
}
