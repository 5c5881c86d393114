import type { ClickHouseClient } from '@clickhouse/client';
import { selectRows } from './hunting-store.ts';
import { stringLiteral } from './sql-literal.ts';

/** How much a running query has read; undefined once it runs no more. */
export async function huntProgress(
  client: ClickHouseClient,
  queryId: string,
): Promise<{ rowsRead: number; bytesRead: number } | undefined> {
  const [read] = await selectRows<{ rowsRead: number; bytesRead: number }>(
    client,
    `SELECT read_rows AS rowsRead, read_bytes AS bytesRead FROM system.processes WHERE query_id = ${stringLiteral(queryId)}`,
  );
  return read;
}
