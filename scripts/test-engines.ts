import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engines, startEngines } from '@throughline/store/engine';

/**
 * Vitest's global set-up. It opens a loopback address at which test files ask for the engines' addresses (see
 * `freshDatabase` of the store); the engines start with the first question, so that suites without a database wait
 * for none. `THROUGHLINE_TEST_DATABASE_URL` or `DATABASE_URL` names a PostgreSQL to use in place of the embedded one,
 * `CLICKHOUSE_URL` a ClickHouse. Returns the tear-down.
 */
export async function setup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-test-'));
  let engines: Promise<Engines> | undefined;
  const broker = createServer(async (_request, response) => {
    try {
      engines ??= start(dataDir);
      const { databaseUrl, clickhouse } = await engines;
      response.end(JSON.stringify({ databaseUrl, clickhouse }));
    } catch (error) {
      response.statusCode = 500;
      response.end(error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>((resolve) => {
    broker.listen(0, '127.0.0.1', resolve);
  });
  process.env.THROUGHLINE_TEST_ENGINES = `http://127.0.0.1:${(broker.address() as AddressInfo).port}/`;
  return async () => {
    broker.close();
    broker.closeAllConnections();
    await (await engines?.catch(() => undefined))?.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

function start(dataDir: string): Promise<Engines> {
  const { env } = process;
  return startEngines({
    dataDir,
    databaseUrl: env.THROUGHLINE_TEST_DATABASE_URL ?? env.DATABASE_URL,
    clickhouseUrl: env.CLICKHOUSE_URL,
    log: { info: () => {}, warn: (line) => console.warn(line), error: (line) => console.error(line) },
  });
}
