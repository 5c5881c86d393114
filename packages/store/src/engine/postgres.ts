import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineExit, type EngineLog, EngineStartError, type RunningEngine } from './engine.ts';
import { freeLoopbackPort } from './loopback-port.ts';
import { postgresAccount } from './postgres/account.ts';
import { postgresBinaries } from './postgres/binaries.ts';
import { openCluster, POSTGRES_USER } from './postgres/cluster.ts';
import { spawnGuarded } from './postgres/guard.ts';
import { clearStalePostmaster, type Postmaster, readPostmaster } from './postgres/postmaster-file.ts';

/** A running embedded PostgreSQL. */
export interface PostgresEngine extends RunningEngine {
  /** `postgres://USER:PASSWORD@127.0.0.1:PORT/postgres` */
  readonly url: string;
  readonly port: number;
}

/** What `startPostgres` takes. */
export interface PostgresOptions {
  /** The data directory; the cluster lives in `postgres/` below it and its password in `postgres-password`. */
  dataDir: string;
  log: EngineLog;
  /** Loopback port; a free one when left out. */
  port?: number;
}

const START_LIMIT_MS = 60_000;
const POLL_MS = 10;
// The guard's own ladder of signals takes nine seconds at the worst.
const STOP_LIMIT_MS = 12_000;

/**
 * Starts the embedded PostgreSQL (18) and resolves once it takes connections. The first start initialises the cluster.
 * fsync is on: a committed transaction survives a loss of power. Works as root and as an ordinary user. The engine ends
 * by itself within seconds when this process ends in whatever way; one left behind by an earlier run is stopped first.
 *
 * @throws EngineStartError with PostgreSQL's last lines.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresEngine> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const [binaries, account] = await Promise.all([postgresBinaries(), postgresAccount()]);
  const cluster = await openCluster(options.dataDir, binaries, account);
  await clearStalePostmaster(cluster.path, options.log);
  const left = await readPostmaster(cluster.path);
  const port = options.port ?? (await freeLoopbackPort());
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '256MB',
    // Intake writes in bursts: rarer checkpoints write fewer whole pages.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_error_statement: 'panic',
    jit: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawnGuarded(account, [binaries.postgres, '-D', cluster.path, ...flags], cluster.path);
  const exited = once(child, 'exit').then(([code, signal]): EngineExit => ({ code, signal }));
  const lastLines = followOutput(child, options.log);
  const pid = await untilReady(cluster.path, left, exited, lastLines);
  return {
    url: `postgres://${POSTGRES_USER}:${cluster.password}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    stop: () => stopGuarded(child, exited),
    onExit: (listener) => void exited.then(listener),
  };
}

// `left` is what a postmaster that was killed left in its file, which says "ready" until the new one has written its own.
async function untilReady(
  cluster: string,
  left: Postmaster | undefined,
  exited: Promise<EngineExit>,
  lastLines: string[],
): Promise<number> {
  let ended: EngineExit | undefined;
  void exited.then((exit) => {
    ended = exit;
  });
  for (let waited = 0; waited < START_LIMIT_MS; waited += POLL_MS) {
    if (ended !== undefined) break;
    const postmaster = await readPostmaster(cluster);
    const isNew = postmaster?.pid !== left?.pid || postmaster?.startedAt !== left?.startedAt;
    if (postmaster?.ready && isNew) return postmaster.pid;
    await sleep(POLL_MS);
  }
  const why = ended === undefined ? `not ready after ${START_LIMIT_MS / 1000} s` : `it ended (${ended.code})`;
  throw new EngineStartError(`PostgreSQL did not start in ${cluster}: ${[why, ...lastLines].join('\n')}`);
}

function followOutput(child: ChildProcess, log: EngineLog): string[] {
  const last: string[] = [];
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      last.push(line);
      if (last.length > 8) last.shift();
      if (!/ LOG: {2}/.test(line)) log.warn(`postgres: ${line}`);
    });
  }
  return last;
}

async function stopGuarded(child: ChildProcess, exited: Promise<EngineExit>): Promise<void> {
  child.stdin?.destroy();
  const limit = new AbortController();
  const late = sleep(STOP_LIMIT_MS, 'late', { signal: limit.signal }).catch(() => 'stopped');
  if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
  await exited;
  limit.abort();
}
