import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordSet } from '../pipeline/record-set.ts';
import { type HuntingStore, selectRows } from './hunting-store.ts';
import { dropPartition, listPartitions, type Partition } from './partitions.ts';
import { identifier, stringLiteral } from './sql-literal.ts';
import { rawTable } from './table-definition.ts';
import type { TelemetryRetention } from './telemetry-retention.ts';

/** Why a partition goes: it is older than its table is kept, or all together is larger than allowed. */
export type RemovalReason = 'age' | 'size';

const dayMs = 86_400_000;

/**
 * Chooses what retention removes now. By age: days of arrival that ended longer ago than their table is kept. Then, while
 * all together is larger than allowed, the oldest day of all tables; today's never.
 */
export function outOfRetention(
  partitions: readonly Partition[],
  { days, bytes, tables }: Pick<TelemetryRetention, 'days' | 'bytes' | 'tables'>,
  now: Date,
): { partition: Partition; why: RemovalReason }[] {
  const daysOf = new Map(tables.map(({ table, days: own }) => [table, own]));
  const old = partitions.filter(
    ({ table, day }) => Date.parse(day) + dayMs * (1 + (daysOf.get(table) ?? days)) <= now.getTime(),
  );
  const chosen = old.map((partition) => ({ partition, why: 'age' as RemovalReason }));
  const gone = new Set(old);
  const left = partitions.filter((partition) => !gone.has(partition));
  let size = left.reduce((sum, partition) => sum + partition.bytes, 0);
  const today = now.toISOString().slice(0, 10);
  const byDay = [...Map.groupBy(left, ({ day }) => day)].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [day, all] of byDay) {
    if (bytes === null || size <= bytes || day >= today) break;
    for (const partition of all) {
      chosen.push({ partition, why: 'size' });
      size -= partition.bytes;
    }
  }
  return chosen;
}

/**
 * Deletes what the retention of a tenant no longer keeps, for good, and notes it; records that went are counted as deleted
 * in the ledger. After a crash it goes on where it was. Returns what was removed.
 */
export async function applyRetention(
  db: Db,
  store: HuntingStore,
  tenantId: string,
  retention: TelemetryRetention,
  now: Date,
): Promise<{ partition: Partition; why: RemovalReason }[]> {
  const chosen = outOfRetention(await listPartitions(store.client, tenantId), retention, now);
  for (const { partition, why } of chosen) {
    const counts = partition.table === rawTable ? await recordsBySource(store, tenantId, partition.day) : [];
    await noteRemoval(db, tenantId, partition, why, counts, now);
    await dropPartition(store.client, tenantId, partition);
  }
  return chosen;
}

async function recordsBySource({ client }: HuntingStore, tenantId: string, day: string) {
  return selectRows<{ source: string; count: number }>(
    client,
    `SELECT _source AS source, count() AS count FROM ${identifier(rawTable)}
      WHERE _tenant = ${stringLiteral(tenantId)} AND toYYYYMMDD(_ingested) = ${Number(day.replaceAll('-', ''))}
      GROUP BY source ORDER BY source`,
  );
}

/** Noted before it is dropped, once: whoever drops it again after a crash counts nothing twice. */
async function noteRemoval(
  db: Db,
  tenantId: string,
  { table, day, rows, bytes }: Partition,
  why: RemovalReason,
  counts: readonly { source: string; count: number }[],
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const noted = await sql`
      insert into telemetry_removal (tenant_id, table_name, day, rows, bytes, why, at)
      values (${tenantId}, ${table}, ${day}, ${rows}, ${bytes}, ${why}, ${now.toISOString()})
      on conflict do nothing`.execute(trx);
    if ((noted.numAffectedRows ?? 0n) === 0n || counts.length === 0) return;
    await sql`
      update ledger l set deleted = l.deleted + t.count
      from json_to_recordset(${recordSet(counts)}::json) as t (source text, count bigint)
      where l.tenant_id = ${tenantId} and l.source = t.source`.execute(trx);
  });
}
