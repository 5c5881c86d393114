import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { EngineLog } from '../engine.ts';

const run = promisify(execFile);
const POLL_MS = 50;

/** What a postmaster writes in `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  /** When it started, in seconds since the epoch. */
  startedAt: number;
  ready: boolean;
}

/** Reads `postmaster.pid` of a cluster; `undefined` when there is none or it is not yet whole. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 1
    ? { pid, startedAt: Number(lines[2]), ready: lines[7]?.trim() === 'ready' }
    : undefined;
}

/**
 * Stops a postmaster that an earlier run left behind on this cluster, and removes a `postmaster.pid` whose process id
 * now belongs to something else (usual after the restart of a container), which PostgreSQL would take for a live one.
 * The caller must hold the data directory. The file of a postmaster that has died stays: PostgreSQL learns from it
 * whether processes of that one are still at work.
 */
export async function clearStalePostmaster(cluster: string, log: EngineLog): Promise<void> {
  const stale = await readPostmaster(cluster);
  if (stale === undefined) return;
  if (!(await isPostmasterOf(stale.pid, cluster))) {
    if (isAlive(stale.pid)) await rm(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  log.warn(`PostgreSQL ${stale.pid} was left running by an earlier server; stopping it`);
  for (const [signal, limit] of [
    ['SIGINT', 5_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    send(stale.pid, signal);
    for (let waited = 0; waited < limit; waited += POLL_MS) {
      if (!isAlive(stale.pid)) return;
      await sleep(POLL_MS);
    }
  }
}

async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  return (await commandLine(pid)).split(/\0| /).join(' ').includes(cluster);
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return run('ps', ['-p', String(pid), '-o', 'command=']).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended, or is not ours to end; the caller sees which.
  }
}
