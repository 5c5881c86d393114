import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const main = fileURLToPath(new URL('../apps/server/src/main.ts', import.meta.url));
const run = promisify(execFile);

/** A real server in a process of its own, on its own data directory and port. */
export type ServerProcess = {
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** ms from spawn to the first healthy answer. */
  startMs: number;
  /** Everything printed so far. */
  output(): string;
  /** The printed link that signs in (verb "start"), once it is there; it is printed after the server is ready. */
  signInLink(): Promise<string>;
  /** Runs `throughline …` beside the server; resolves with its standard output. */
  cli(...args: string[]): Promise<string>;
  /** SIGINT and wait; resolves with ms taken. Removes the directory when this call made it. */
  stop(): Promise<number>;
  /** SIGKILL and wait. */
  kill(): Promise<void>;
};

/** Starts `throughline serve` and waits until /api/health is ready. `verb` "start" also builds the portal and prints the link. */
export async function startServer(
  options: {
    dataDir?: string;
    port?: number;
    verb?: 'serve' | 'start';
    env?: Record<string, string>;
    timeoutMs?: number;
  } = {},
): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'throughline-')));
  const port = options.port ?? (await freePort());
  const env = { ...process.env, ...options.env, THROUGHLINE_DATA_DIR: dataDir };
  const started = performance.now();
  const child = spawn(process.execPath, [main, options.verb ?? 'serve', '--port', String(port)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child, options.timeoutMs ?? 60_000, () => output);
  return {
    url,
    dataDir,
    process: child,
    startMs: performance.now() - started,
    output: () => output,
    signInLink: () => printedLink(child, () => output),
    cli: async (...args) => (await run(process.execPath, [main, ...args], { env, maxBuffer: 64 << 20 })).stdout,
    stop: async () => {
      const from = performance.now();
      child.kill('SIGINT');
      await gone;
      const took = performance.now() - from;
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
      return took;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function ready(url: string, child: ChildProcess, timeoutMs: number, output: () => string): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill('SIGKILL');
  throw new Error(`the server was not ready after ${timeoutMs} ms:\n${output()}`);
}

async function printedLink(child: ChildProcess, output: () => string): Promise<string> {
  const until = performance.now() + 20_000;
  while (performance.now() < until && child.exitCode === null) {
    const link = /http:\/\/\S+\/sign-in#\S+(?=\s)/.exec(output())?.[0];
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`no sign-in link in:\n${output()}`);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** User + system CPU seconds and resident bytes of a process and all its descendants (Linux). */
export async function treeUsage(pid: number): Promise<{ cpuSeconds: number; rssBytes: number; processes: number }> {
  const parents = new Map<number, { ppid: number; ticks: number; rss: number }>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => null);
    if (!stat) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Own time and that of ended children, so that short-lived workers count.
    const ticks = [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0);
    parents.set(Number(entry), { ppid: Number(fields[1]), ticks, rss: Number(fields[21]) * 4096 });
  }
  let cpuSeconds = 0;
  let rssBytes = 0;
  let processes = 0;
  for (const [id, row] of parents) {
    if (!descends(id, pid, parents)) continue;
    cpuSeconds += row.ticks / 100;
    rssBytes += row.rss;
    processes++;
  }
  return { cpuSeconds, rssBytes, processes };
}

function descends(id: number, ancestor: number, parents: ReadonlyMap<number, { ppid: number }>): boolean {
  for (let at: number | undefined = id, hops = 0; at !== undefined && hops < 64; at = parents.get(at)?.ppid, hops++) {
    if (at === ancestor) return true;
  }
  return false;
}
