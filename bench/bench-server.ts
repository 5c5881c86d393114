import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startServer } from '../e2e/server-process.ts';

/** A real server for a measurement, with the headers of a token that may do everything. */
export type BenchServer = { server: ServerProcess; headers: Record<string, string> };

/** Runs a measurement on a server with an empty data directory of its own; both are gone afterwards. */
export async function withServer<T>(
  measure: (bench: BenchServer) => Promise<T>,
  env: Record<string, string> = {},
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  const server = await startServer({ dataDir, env: { THROUGHLINE_LOG_LEVEL: 'warn', ...env } });
  try {
    const printed = await server.cli('token', 'create', '--scope', 'intake,read,write', '--name', 'bench');
    const authorization = `Bearer ${printed.trim().split(/\s+/).at(-1)}`;
    return await measure({ server, headers: { authorization, 'content-type': 'application/json' } });
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Calls the API; throws on any answer above 299. */
export async function call<T>({ server, headers }: BenchServer, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${server.url}${path}`, {
    headers,
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

/** Resolves once nothing accepted waits; `stored` is the number of alerts stored since the start. */
export async function settled(bench: BenchServer): Promise<{ stored: number; rows: LedgerCounts[] }> {
  for (;;) {
    const { sources } = await call<{ sources: LedgerCounts[] }>(bench, '/api/ledger');
    if (sources.length > 0 && sources.every(({ pending }) => pending === 0)) {
      return { stored: sources.reduce((sum, row) => sum + row.stored, 0), rows: sources };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export type LedgerCounts = {
  source: string;
  received: number;
  stored: number;
  duplicate: number;
  rejected: number;
  pending: number;
};
