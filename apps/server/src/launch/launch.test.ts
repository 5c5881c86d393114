import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLaunchFailure, launch } from './launch.ts';
import { createProgress } from './progress.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
let root: string;
let shown: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'throughline-launch-'));
  shown = '';
});
afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

function start(more: { port?: number; env?: NodeJS.ProcessEnv } = {}) {
  const progress = createProgress({ write: (text) => (shown += text) });
  return launch({
    root,
    version: '1.2.3',
    host: '127.0.0.1',
    port: 0,
    env: {},
    progress,
    log: silent,
    signals: false,
    ...more,
  });
}

test('both engines come up with a line each, stop runs after what was added later, and nothing stays held', async () => {
  const launched = await start();
  expect(launched.dataDir).toBe(join(root, '.throughline'));
  expect(launched.engines.health()).toMatchObject({ postgres: { status: 'ready' }, clickhouse: { status: 'ready' } });
  expect(shown.split('\n').toSorted()).toEqual([
    '',
    expect.stringMatching(/^✓ ClickHouse ready \d+\.\d s$/),
    expect.stringMatching(/^✓ Data directory .* \d+\.\d s$/),
    expect.stringMatching(/^✓ PostgreSQL ready \d+\.\d s$/),
  ]);
  await launched.announce('http://127.0.0.1:7');
  await expect(start()).rejects.toThrow(`process ${process.pid}, http://127.0.0.1:7`);
  let enginesUp = false;
  launched.onStop({
    name: 'http',
    stop: async () => {
      const socket = connect(Number(new URL(launched.engines.databaseUrl).port), '127.0.0.1');
      await once(socket, 'connect');
      enginesUp = true;
      socket.destroy();
    },
  });
  expect(await launched.stop()).toBe(true);
  expect(enginesUp).toBe(true);
  await expect(access(join(root, '.throughline', 'server.lock'))).rejects.toThrow();
});

test('a taken port is found before an engine starts, and the directory is let go', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const error = await start({ port }).catch((reason) => reason);
  taken.close();
  expect(isLaunchFailure(error)).toBe(true);
  expect(error.message).toContain(`Port ${port}`);
  expect(shown).not.toContain('PostgreSQL');
  await expect(access(join(root, '.throughline', 'server.lock'))).rejects.toThrow();
});

test('an engine that does not start stops the other and says why', async () => {
  const dataDir = join(root, 'data');
  const launched = await start({ env: { THROUGHLINE_DATA_DIR: dataDir, CLICKHOUSE_URL: 'http://127.0.0.1:1' } });
  await launched.stop();
  await rm(join(dataDir, 'postgres-password'));
  const error = await start({ env: { THROUGHLINE_DATA_DIR: dataDir } }).catch((reason) => reason);
  expect(isLaunchFailure(error)).toBe(true);
  expect(error.message).toContain('postgres-password');
  expect(shown).toContain('✗ PostgreSQL');
});
