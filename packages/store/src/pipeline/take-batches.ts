import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { decodeBatch, type PendingAlert } from '../intake/batch-codec.ts';
import { handoverOf } from '../intake/handover.ts';

/** An accepted batch whose alerts wait to be correlated. */
export type WaitingBatch = { id: number; receivedAt: string; alerts: PendingAlert[] };

/** Bounds of what is taken at once, though always one batch. `maxBytes` counts as stored, compressed. */
export type TakeLimits = { except?: readonly number[]; maxAlerts: number; maxBatches: number; maxBytes: number };

/**
 * The oldest waiting batches of a tenant, in order of id, save those in `except`: at least one when any waits, more as
 * far as the limits allow. They stay in the log until they are committed. What this process
 * appended through `db` moments ago comes from memory.
 */
export async function takeBatches(
  db: Db,
  tenantId: string,
  { except = [], maxAlerts, maxBatches, maxBytes }: TakeLimits,
): Promise<WaitingBatch[]> {
  const handover = handoverOf(db);
  const { rows } = await sql<{ id: number; received_at: string; alerts: Buffer | null }>`
    with waiting as (
      select id, received_at, sum(accepted) over (order by id) as upto, sum(size) over (order by id) as bytes,
        row_number() over (order by id) as nth
      from (
        select id, received_at, accepted, octet_length(alerts) as size from intake_batch
        where tenant_id = ${tenantId} and done_at is null and id <> all(${except}::bigint[])
        order by id limit ${maxBatches}
      ) as oldest
    )
    select w.id, w.received_at, case when not w.id = any(${handover.ids()}::bigint[]) then b.alerts end as alerts
    from waiting w join intake_batch b using (id)
    where w.nth = 1 or (w.upto <= ${maxAlerts} and w.bytes <= ${maxBytes})
    order by w.id`.execute(db);
  return Promise.all(
    rows.map(async ({ id, received_at, alerts }) => ({
      id,
      receivedAt: received_at,
      alerts: alerts ? await decodeBatch(alerts) : (handover.take(id) ?? (await readBack(db, id))),
    })),
  );
}

/** A batch that was handed over and is no longer in memory. */
async function readBack(db: Db, id: number): Promise<PendingAlert[]> {
  const row = await db.selectFrom('intake_batch').select('alerts').where('id', '=', id).executeTakeFirst();
  return row?.alerts ? decodeBatch(row.alerts) : [];
}
