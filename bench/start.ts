import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, treeUsage } from '../e2e/server-process.ts';
import { figure, printTable } from './table.ts';

/** First start on an empty directory, second start on the same, stop, and resident memory when idle (server and both engines). */
export async function benchStart(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  const cold = await startServer({ dataDir, verb: 'start' });
  const coldStop = await cold.stop();
  const warm = await startServer({ dataDir, verb: 'start' });
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const idle = await treeUsage(warm.process.pid ?? 0);
  const warmStop = await warm.stop();
  await rm(dataDir, { recursive: true, force: true });
  printTable(
    'Start and stop',
    ['what', 'value'],
    [
      ['first start, empty directory, ms', figure(cold.startMs)],
      ['second start, ms', figure(warm.startMs)],
      ['stop after first start, ms', figure(coldStop)],
      ['stop after second start, ms', figure(warmStop)],
      [`idle memory of ${idle.processes} processes, MB`, figure(idle.rssBytes / 1e6)],
    ],
  );
}
