import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ClickHouseEngine, startClickHouse } from './clickhouse.ts';
import { superviseEngine } from './supervise.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

test('an engine that cannot come back is failed, with the reason, until it can', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-supervise-'));
  const [kept, path] = [join(dataDir, 'kept'), join(dataDir, 'clickhouse')];
  const engine = await superviseEngine<ClickHouseEngine>(
    'ClickHouse',
    (previous) => startClickHouse({ dataDir, log: silent, ...(previous === undefined ? {} : { port: previous.port }) }),
    silent,
    { firstWait: 10, longestWait: 100, failuresUntilFailed: 2 },
  );
  expect(engine.health()).toMatchObject({ status: 'ready', restarts: 0, lastError: undefined });
  // A file where the data directory was: no start can succeed.
  await rename(path, kept);
  await writeFile(path, '');
  process.kill(engine.pid() ?? 0, 'SIGKILL');
  await expect.poll(() => engine.health().status, { timeout: 10_000 }).toBe('failed');
  expect(engine.health().lastError).toContain('did not start');
  expect(engine.pid()).toBeUndefined();
  await rm(path);
  await mkdir(path);
  await expect.poll(() => engine.health(), { timeout: 10_000 }).toMatchObject({ status: 'ready', restarts: 1 });
  await engine.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('a first start that fails is the caller’s', async () => {
  const failing = () => startClickHouse({ dataDir: '/dev/null/nowhere', log: silent });
  await expect(superviseEngine<ClickHouseEngine>('ClickHouse', failing, silent)).rejects.toThrow(
    /ENOTDIR|not a directory/i,
  );
});
