import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { identifier } from './sql-literal.ts';

// One insert is one block and so one part: all of its rows are there, or none.
const oneBlock = {
  input_format_parallel_parsing: 0,
  max_insert_block_size: 100_000_000,
  min_insert_block_size_rows: 100_000_000,
  min_insert_block_size_bytes: 4_000_000_000,
  max_partitions_per_insert_block: 0,
} as const;

/**
 * Inserts lines of JSONEachRow that all are of one tenant and one day of arrival; on disk when this resolves. An insert
 * with a token that was seen before (the last 10,000 of a partition) changes nothing.
 */
export async function insertLines(
  client: ClickHouseClient,
  table: string,
  lines: readonly string[],
  { token, queryId }: { token: string; queryId: string },
): Promise<void> {
  const answer = await client.exec({
    query: `INSERT INTO ${identifier(table)} FORMAT JSONEachRow`,
    values: Readable.from([Buffer.from(lines.join('\n'))], { objectMode: false }),
    query_id: queryId,
    clickhouse_settings: { ...oneBlock, insert_deduplicate: 1, insert_deduplication_token: token } as never,
  });
  for await (const _ of answer.stream) {
    // The socket is free again once the answer is read.
  }
}
