import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { huntingTables } from '@throughline/model/hunting';
import type { ClickHouseAddress } from '../engine/engines.ts';
import { identifier, literalList } from './sql-literal.ts';
import { columnsOfTable, createStatement, rawTable } from './table-definition.ts';

/** Creating tables side by side; more gains nothing. */
const createdAtOnce = 4;
const requestTimeoutMs = 120_000;

/** The tables of telemetry in ClickHouse. */
export interface HuntingStore {
  /** The connection; the embedded and an external ClickHouse are the same to it. */
  readonly client: ClickHouseClient;
  /** Resolves once every table is there, with every column; the first call makes what is missing. Nothing is ever dropped. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the tables of telemetry. Nothing is asked of ClickHouse before the first use. */
export function openHuntingStore({ url, username, password, database }: ClickHouseAddress): HuntingStore {
  const client = createClient({
    url,
    username,
    password,
    ...(database === undefined ? {} : { database }),
    request_timeout: requestTimeoutMs,
    compression: { request: false, response: false },
    log: { level: 127 },
  });
  let made: Promise<void> | undefined;
  return {
    client,
    ready() {
      made ??= createTables(client).catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
    close: () => client.close(),
  };
}

/** Reads rows. `settings` as ClickHouse names them. */
export async function selectRows<T>(
  client: ClickHouseClient,
  query: string,
  settings: Record<string, string | number> = {},
): Promise<T[]> {
  const answer = await client.query({
    query,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0, ...settings },
  });
  return answer.json<T>();
}

async function createTables(client: ClickHouseClient): Promise<void> {
  const tables = [...huntingTables().keys(), rawTable];
  const rows = await selectRows<{ table: string; names: string[] }>(
    client,
    `SELECT table, groupArray(name) AS names FROM system.columns
      WHERE database = currentDatabase() AND table IN ${literalList(tables)} GROUP BY table`,
  );
  const known = new Map(rows.map(({ table, names }) => [table, new Set(names)]));
  const statements = tables.flatMap((table) => {
    const there = known.get(table);
    if (there === undefined) return [createStatement(table)];
    const missing = [...columnsOfTable(table)].filter(([name]) => !there.has(name));
    if (missing.length === 0) return [];
    const added = missing.map(([name, type]) => `ADD COLUMN IF NOT EXISTS ${identifier(name)} ${type}`);
    return [`ALTER TABLE ${identifier(table)} ${added.join(', ')}`];
  });
  const lane = async () => {
    for (let next = statements.pop(); next !== undefined; next = statements.pop())
      await client.command({ query: next });
  };
  await Promise.all(Array.from({ length: createdAtOnce }, lane));
}
