import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { openHuntingStore } from '@throughline/store';
import { parseClickHouseUrl, startClickHouse } from '@throughline/store/engine';

/** A ClickHouse for queries, with the hunting tables in it. */
export interface QueryEngine {
  readonly client: ClickHouseClient;
  /** Makes sure that the hunting tables exist. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * Opens a ClickHouse for queries: the one that `url` names, the embedded one of a server's data directory (no server
 * may be running on it), or an embedded one of its own that is gone afterwards and whose hunting tables are empty.
 *
 * @throws EngineStartError when the embedded engine does not start.
 */
export async function openQueryEngine({
  url,
  dataDir,
}: {
  url?: string | undefined;
  dataDir?: string | undefined;
}): Promise<QueryEngine> {
  if (url !== undefined) {
    const client = clientOf(parseClickHouseUrl(url));
    return { client, ready: async () => {}, stop: () => client.close() };
  }
  const temporary = dataDir === undefined ? await mkdtemp(join(tmpdir(), 'throughline-kql-')) : undefined;
  const engine = await startClickHouse({ dataDir: dataDir ?? temporary ?? '', log: quiet });
  const client = clientOf(engine);
  // A directory of a server has its tables already.
  const store = temporary === undefined ? undefined : openHuntingStore(engine);
  return {
    client,
    ready: async () => store?.ready(),
    async stop() {
      await store?.close();
      await client.close();
      await engine.stop();
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    },
  };
}

function clientOf({ url, username, password }: { url: string; username: string; password: string }): ClickHouseClient {
  return createClient({ url, username, password, log: { level: ClickHouseLogLevel.OFF }, request_timeout: 3_600_000 });
}
