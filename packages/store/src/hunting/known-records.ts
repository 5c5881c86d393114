import type { ClickHouseClient } from '@clickhouse/client';
import { selectRows } from './hunting-store.ts';
import { identifier, literalList, stringLiteral } from './sql-literal.ts';
import { rawTable } from './table-definition.ts';

const longestQuery = 16 * 1024 * 1024;

/** Which batch brought each of the keys that are stored already. Exact, over all that is kept. */
export async function knownRecords(
  client: ClickHouseClient,
  tenantId: string,
  keys: ReadonlySet<string>,
): Promise<Map<string, number>> {
  if (keys.size === 0) return new Map();
  const rows = await selectRows<{ _record: string; _batch: number }>(
    client,
    `SELECT _record, _batch FROM ${identifier(rawTable)}
      WHERE _tenant = ${stringLiteral(tenantId)} AND _record IN ${literalList([...keys].sort())}`,
    { max_query_size: longestQuery, max_threads: 1 },
  );
  return new Map(rows.map(({ _record, _batch }) => [_record, _batch]));
}

/** How many rows of each batch each of the tables holds: `table batch` → rows. */
export async function rowsOfBatches(
  client: ClickHouseClient,
  tenantId: string,
  tables: readonly string[],
  batches: readonly { id: number; receivedAt: string }[],
): Promise<Map<string, number>> {
  if (tables.length === 0 || batches.length === 0) return new Map();
  const times = batches.map(({ receivedAt }) => Date.parse(receivedAt));
  const moment = (ms: number) => `toDateTime64(${Math.floor(ms / 1000)}, 3, 'UTC')`;
  const where = `_tenant = ${stringLiteral(tenantId)} AND _batch IN (${batches.map(({ id }) => Number(id)).join(', ')})
    AND _ingested >= ${moment(Math.min(...times))} AND _ingested <= ${moment(Math.max(...times) + 1000)}`;
  const selects = tables.map(
    (table) =>
      `SELECT ${stringLiteral(table)} AS name, _batch, count() AS n FROM ${identifier(table)} WHERE ${where} GROUP BY _batch`,
  );
  const rows = await selectRows<{ name: string; _batch: number; n: number }>(client, selects.join(' UNION ALL '));
  return new Map(rows.map(({ name, _batch, n }) => [`${name} ${_batch}`, n]));
}
