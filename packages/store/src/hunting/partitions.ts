import type { ClickHouseClient } from '@clickhouse/client';
import { selectRows } from './hunting-store.ts';
import { identifier, stringLiteral } from './sql-literal.ts';

/** What came in for one tenant on one day into one table. `day` is YYYY-MM-DD, UTC; `bytes` as stored, compressed. */
export type Partition = { table: string; day: string; rows: number; bytes: number };

/** The partitions of a tenant, the oldest day first. */
export async function listPartitions(client: ClickHouseClient, tenantId: string): Promise<Partition[]> {
  const rows = await selectRows<{ table: string; day: string; rows: number; bytes: number }>(
    client,
    `SELECT table, toString(extract(partition, ',(\\\\d{8})\\\\)$')) AS day, sum(rows) AS rows, sum(bytes_on_disk) AS bytes
      FROM system.parts
      WHERE active AND database = currentDatabase() AND startsWith(partition, ${stringLiteral(`(${stringLiteral(tenantId)},`)})
      GROUP BY table, day HAVING rows > 0 ORDER BY day, table`,
  );
  return rows.map(({ day, ...row }) => ({ ...row, day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` }));
}

/** Deletes a partition for good. */
export async function dropPartition(
  client: ClickHouseClient,
  tenantId: string,
  { table, day }: Pick<Partition, 'table' | 'day'>,
): Promise<void> {
  const value = `(${stringLiteral(tenantId)}, ${Number(day.replaceAll('-', ''))})`;
  await client.command({ query: `ALTER TABLE ${identifier(table)} DROP PARTITION ${value}` });
}
