import type { DeviceFacts, DeviceRule } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** A ranked group with its rule. */
export type GroupRule = { id: number; rank: number; rule: DeviceRule };

/** Says the one group of a device; access's `groupOf` fits. */
export type PlaceDevice = (groups: readonly GroupRule[], facts: DeviceFacts) => number;

const lockSpace = 7_412_605;

/**
 * Keeps the rules as they are until the transaction ends; those who write devices share, who changes rules is alone.
 * First of all locks: a writer that waits here holds nothing.
 */
export async function lockRules(trx: Db, tenantId: string, how: 'share' | 'alone'): Promise<void> {
  const lock = sql.raw(how === 'share' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`select ${lock}(${lockSpace}::int, hashtext(${tenantId}))`.execute(trx);
}

/** The ranked groups of a tenant, first rank first. */
export async function groupRules(db: Db, tenantId: string): Promise<GroupRule[]> {
  const { rows } = await sql<GroupRule>`
    select id, rank, rule from device_group where tenant_id = ${tenantId} and rank is not null order by rank`.execute(
    db,
  );
  return rows;
}
