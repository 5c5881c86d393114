import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Credentials } from './clickhouse/auth.ts';
import type { ChildConfig, ChildReport } from './clickhouse/child-messages.ts';
import { THREADS } from './clickhouse/session-pool.ts';
import { type EngineExit, type EngineLog, EngineStartError, type RunningEngine } from './engine.ts';

/** A running embedded ClickHouse: where its HTTP interface listens and the account it was given. */
export interface ClickHouseEngine extends RunningEngine, Credentials {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
}

/** What `startClickHouse` takes. */
export interface ClickHouseOptions {
  /** The data directory; ClickHouse lives in `clickhouse/` below it. */
  dataDir: string;
  log: EngineLog;
  /** Loopback port; a free one when left out. */
  port?: number;
  /** A fresh random password when left out. */
  password?: string;
}

const STOP_LIMIT_MS = 4_000;
const HELD_LIMIT_MS = 6_000;
const HELD_AGAIN_MS = 200;

/**
 * Starts the embedded ClickHouse as a child process and resolves once it answers on loopback. The child ends by itself
 * when this process ends in whatever way; one that is still ending from an earlier run is waited for.
 *
 * @throws EngineStartError when the directory is held by another process, the port is taken, or chdb has no build for
 *   this platform.
 */
export async function startClickHouse(options: ClickHouseOptions): Promise<ClickHouseEngine> {
  const path = join(options.dataDir, 'clickhouse');
  await mkdir(path, { recursive: true, mode: 0o700 });
  const config: ChildConfig = {
    path,
    port: options.port ?? 0,
    username: 'throughline',
    password: options.password ?? randomBytes(24).toString('base64url'),
  };
  for (const deadline = Date.now() + HELD_LIMIT_MS; ; await sleep(HELD_AGAIN_MS)) {
    const started = await spawnChild(config, options.log);
    if (!('failed' in started)) return started;
    if (!isHeld(started.failed) || Date.now() > deadline) {
      throw new EngineStartError(`ClickHouse did not start in ${path}: ${started.failed}`);
    }
  }
}

async function spawnChild(config: ChildConfig, log: EngineLog): Promise<ClickHouseEngine | { failed: string }> {
  const child = fork(fileURLToPath(new URL('./clickhouse-child.ts', import.meta.url)), [], {
    // A session of its own: Ctrl-C in the terminal must reach the server alone, which then stops the child in order.
    detached: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, UV_THREADPOOL_SIZE: String(THREADS), TZ: 'UTC', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lastLines = followOutput(child, log);
  const exited = once(child, 'exit').then(([code, signal]): EngineExit => ({ code, signal }));
  const report = await firstReport(child, config, exited);
  if ('failed' in report) {
    await stopChild(child, exited);
    return { failed: [report.failed, ...lastLines].join('\n') };
  }
  return {
    url: `http://127.0.0.1:${report.ready.port}`,
    port: report.ready.port,
    username: config.username,
    password: config.password,
    pid: child.pid ?? 0,
    stop: () => stopChild(child, exited),
    onExit: (listener) => void exited.then(listener),
  };
}

// The directory or the port is still with a child that has not quite ended.
function isHeld(reason: string): boolean {
  return /Code: 76\b|already running|EADDRINUSE/.test(reason);
}

function firstReport(child: ChildProcess, config: ChildConfig, exited: Promise<EngineExit>): Promise<ChildReport> {
  const ended = exited.then(({ code, signal }): ChildReport => ({ failed: `it ended at once (${signal ?? code}).` }));
  const message = new Promise<ChildReport>((resolve) => {
    // Node's watch mode sends messages of its own over the same channel.
    child.on('message', (said) => {
      if (isReport(said)) resolve(said);
    });
    child.once('error', (error) => resolve({ failed: error.message }));
  });
  child.send(config, () => {});
  return Promise.race([message, ended]);
}

function isReport(said: unknown): said is ChildReport {
  return typeof said === 'object' && said !== null && ('ready' in said || 'failed' in said);
}

function followOutput(child: ChildProcess, log: EngineLog): string[] {
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      last.push(line);
      if (last.length > 5) last.shift();
      log.warn(`clickhouse: ${line}`);
    });
  }
  return last;
}

async function stopChild(child: ChildProcess, exited: Promise<EngineExit>): Promise<void> {
  if (child.connected) child.disconnect();
  const limit = new AbortController();
  const late = sleep(STOP_LIMIT_MS, 'late', { signal: limit.signal }).catch(() => 'stopped');
  if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
  await exited;
  limit.abort();
}
