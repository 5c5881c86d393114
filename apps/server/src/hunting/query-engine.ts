import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { type HuntingColumn, huntingTables } from '@throughline/model/hunting';
import { parseClickHouseUrl, startClickHouse } from '@throughline/store/engine';

/** A ClickHouse for queries, with the hunting tables in it. */
export interface QueryEngine {
  readonly client: ClickHouseClient;
  /** Makes sure that a hunting table exists. */
  ready(table: string): Promise<void>;
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
  const made = new Map<string, Promise<void>>();
  return {
    client,
    ready(table) {
      let making = made.get(table);
      if (making === undefined) {
        making = temporary === undefined ? Promise.resolve() : createEmpty(client, table);
        made.set(table, making);
      }
      return making;
    },
    async stop() {
      await client.close();
      await engine.stop();
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    },
  };
}

function clientOf({ url, username, password }: { url: string; username: string; password: string }): ClickHouseClient {
  return createClient({ url, username, password, log: { level: ClickHouseLogLevel.OFF }, request_timeout: 3_600_000 });
}

const TYPES: Record<HuntingColumn['type'], string> = {
  string: 'String',
  guid: 'String',
  dynamic: 'String',
  bool: 'Nullable(Bool)',
  int: 'Nullable(Int32)',
  long: 'Nullable(Int64)',
  real: 'Nullable(Float64)',
  datetime: "Nullable(DateTime64(7, 'UTC'))",
};

async function createEmpty(client: ClickHouseClient, table: string): Promise<void> {
  const columns = (huntingTables().get(table) ?? []).map(({ name, type }) => `\`${name}\` ${TYPES[type]}`);
  await client.command({ query: `CREATE TABLE IF NOT EXISTS \`${table}\` (${columns.join(', ')}) ENGINE = Memory` });
}
