import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lchown, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { startClickHouse } from './clickhouse.ts';
import type { ClickHouseAddress, EngineReport } from './engines.ts';
import { parseClickHouseUrl, startEngines } from './engines.ts';

const FIXTURE = fileURLToPath(new URL('./engine-life.fixture.ts', import.meta.url));
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

interface Said {
  databaseUrl: string;
  clickhouse: ClickHouseAddress;
  health: { postgres: EngineReport; clickhouse: EngineReport };
}

const cleanUps: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'throughline-life-'));
  cleanUps.push(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

async function startServer(dataDir: string, identity: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [FIXTURE, dataDir], { stdio: ['pipe', 'pipe', 'inherit'], ...identity });
  cleanUps.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => ['{}']),
  ])) as [string];
  return { child, said: JSON.parse(line) as Said };
}

function pids({ health }: Said): number[] {
  return [health.postgres, health.clickhouse].map((report) => (report.kind === 'embedded' ? (report.pid ?? 0) : 0));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(processes: number[], limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (processes.some(isAlive) && Date.now() < deadline) await sleep(20);
  expect(processes.filter(isAlive)).toEqual([]);
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function inPostgres(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function inClickHouse(address: ClickHouseAddress, query: string): Promise<void> {
  const client = createClient(address);
  try {
    await client.command({ query });
  } finally {
    await client.close();
  }
}

async function countInClickHouse(address: ClickHouseAddress, table: string): Promise<unknown> {
  const client = createClient(address);
  try {
    const result = await client.query({ query: `SELECT toUInt32(count()) AS n FROM ${table}`, format: 'JSONEachRow' });
    return await result.json();
  } finally {
    await client.close();
  }
}

test('kill -9 of the server leaves no orphan, and the data is there at once for the next', async () => {
  const dataDir = await temporaryDirectory();
  const first = await startServer(dataDir);
  await inPostgres(first.said.databaseUrl, 'CREATE TABLE kept AS SELECT 1 AS a');
  await inClickHouse(first.said.clickhouse, 'CREATE TABLE kept ENGINE = MergeTree ORDER BY a AS SELECT 1 AS a');
  // Both are busy, as on the worst day.
  const busy = [
    inPostgres(first.said.databaseUrl, 'SELECT pg_sleep(60)').catch(() => {}),
    inClickHouse(first.said.clickhouse, 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)').catch(() => {}),
  ];
  await sleep(200);
  await kill(first.child);
  const second = await startServer(dataDir);
  await Promise.all(busy);
  await untilGone(pids(first.said), 5_000);
  expect(await inPostgres(second.said.databaseUrl, 'SELECT a FROM kept')).toEqual([{ a: 1 }]);
  expect(await countInClickHouse(second.said.clickhouse, 'kept')).toEqual([{ n: 1 }]);
  await kill(second.child);
  await untilGone(pids(second.said), 5_000);
});

test('an orderly stop ends both within two seconds', async () => {
  const { child, said } = await startServer(await temporaryDirectory());
  const began = performance.now();
  child.stdin?.end();
  expect((await once(child, 'exit'))[0]).toBe(0);
  expect(performance.now() - began).toBeLessThan(2_000);
  await untilGone(pids(said), 0);
});

test.skipIf(process.platform !== 'linux')(
  'a PostgreSQL whose guard was killed too is stopped by the next start',
  async () => {
    const dataDir = await temporaryDirectory();
    const { child, said } = await startServer(dataDir);
    const [postmaster = 0] = pids(said);
    const guards = await guardsOf(postmaster);
    for (const guard of guards) process.kill(guard, 'SIGKILL');
    await kill(child);
    const next = await startServer(dataDir);
    await untilGone([postmaster], 1_000);
    expect(await inPostgres(next.said.databaseUrl, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  },
);

test('an engine that crashes is started again at the same address while the server goes on', async () => {
  const engines = await startEngines({ dataDir: await temporaryDirectory(), log: silent });
  cleanUps.push(() => engines.stop());
  for (const name of ['postgres', 'clickhouse'] as const) {
    const before = engines.health()[name];
    if (before.kind !== 'embedded') throw new Error('not embedded');
    expect(before).toMatchObject({ status: 'ready', restarts: 0 });
    process.kill(before.pid ?? 0, 'SIGKILL');
    await expect
      .poll(() => engines.health()[name], { timeout: 15_000 })
      .toMatchObject({ status: 'ready', restarts: 1 });
    expect(engines.health()[name]).toMatchObject({ lastError: expect.stringContaining('ended unasked') });
  }
  expect(await inPostgres(engines.databaseUrl, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await inClickHouse(engines.clickhouse, 'SELECT 1');
});

test.skipIf(!isRoot)('root in a directory closed to everyone else', async () => {
  const closed = await temporaryDirectory();
  await chmod(closed, 0o700);
  const { child, said } = await startServer(join(closed, 'data'));
  expect(await inPostgres(said.databaseUrl, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  expect((await stat(join(closed, 'data', 'postgres-password'))).mode & 0o777).toBe(0o600);
  child.stdin?.end();
  await once(child, 'exit');
});

/** Whether somebody else may run what lies in this tree; a tree below a closed directory is root's alone. */
const isReachable = isRoot && spawnSync(process.execPath, ['--version'], { uid: NOBODY, gid: NOBODY }).status === 0;
if (isRoot && !isReachable)
  console.log('Skipped, an ordinary user: this tree lies below a directory closed to others.');

test.skipIf(!isReachable)('an ordinary user', async () => {
  const home = await temporaryDirectory();
  await lchown(home, NOBODY, NOBODY);
  const { child, said } = await startServer(join(home, 'data'), { uid: NOBODY, gid: NOBODY });
  expect(await inPostgres(said.databaseUrl, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await inClickHouse(said.clickhouse, 'SELECT 1');
  child.stdin?.end();
  await once(child, 'exit');
});

test.skipIf(process.platform !== 'linux')(
  'many short statements beside a long one do not pile up in memory',
  async () => {
    const engine = await startClickHouse({ dataDir: await temporaryDirectory(), log: silent });
    cleanUps.push(() => engine.stop());
    const client = createClient({
      url: engine.url,
      username: engine.username,
      password: engine.password,
      log: { level: ClickHouseLogLevel.OFF },
    });
    const long = client.command({
      query: 'SELECT sum(sipHash64(number)) FROM numbers(100000000000) SETTINGS max_threads = 1',
    });
    const ended = long.catch((error) => error.type);
    const short = async (count: number) => {
      for (let n = 0; n < count; n += 1) await client.command({ query: 'SELECT 1' });
    };
    await short(100);
    const before = await residentBytes(engine.pid);
    await short(500);
    // Sessions that stayed would be 150 MB.
    expect((await residentBytes(engine.pid)) - before).toBeLessThan(60 * 1024 * 1024);
    await client.command({ query: 'KILL QUERY WHERE 1 ASYNC' });
    expect(await ended).toBe('QUERY_WAS_CANCELLED');
    await client.close();
  },
  // One of the machine's processors is busy with the long statement.
  120_000,
);

test('messages that Node sends over the channel in watch mode are not taken for the child of ClickHouse', async () => {
  process.env.WATCH_REPORT_DEPENDENCIES = '1';
  cleanUps.push(async () => delete process.env.WATCH_REPORT_DEPENDENCIES);
  const engine = await startClickHouse({ dataDir: await temporaryDirectory(), log: silent });
  expect(engine.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await engine.stop();
});

test('external engines are taken as they are', async () => {
  const engines = await startEngines({
    dataDir: join(tmpdir(), 'throughline-never-made'),
    databaseUrl: 'postgres://somewhere/db',
    clickhouseUrl: 'https://ana:p%40ss@events.example:8443/',
    log: silent,
  });
  expect(engines.databaseUrl).toBe('postgres://somewhere/db');
  expect(engines.clickhouse).toEqual({ url: 'https://events.example:8443', username: 'ana', password: 'p@ss' });
  expect(engines.health()).toEqual({ postgres: { kind: 'external' }, clickhouse: { kind: 'external' } });
  await engines.stop();
  expect(parseClickHouseUrl('http://h:1').username).toBe('default');
});

// The postmaster's parent and the shell that waits beside it.
async function guardsOf(postmaster: number): Promise<number[]> {
  const processes = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => ({ pid: Number(name), parent: await parentOf(Number(name)) })),
  );
  const guard = processes.find(({ pid }) => pid === postmaster)?.parent ?? 0;
  return [
    ...processes.filter(({ pid, parent }) => parent === guard && pid !== postmaster).map(({ pid }) => pid),
    guard,
  ];
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
}

async function parentOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}
