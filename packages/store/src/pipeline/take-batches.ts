import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { decodeBatch, type PendingAlert } from '../intake/batch-codec.ts';
import { handoverOf } from '../intake/handover.ts';
import { chooseBatches, type Waiting } from './choose-batches.ts';

/**
 * An accepted batch whose alerts wait to be correlated. `moment` (ms UTC): its alerts are put in order with those of all
 * batches of the same moment; null = for itself.
 */
export type WaitingBatch = { id: number; receivedAt: string; moment?: number | null; alerts: PendingAlert[] };

/**
 * Bounds of what is taken at once, though always one batch. `maxBytes` counts as stored, compressed. `asOf` is the moment
 * for which batches are held; the database's clock when left out, one for all processes.
 */
export type TakeLimits = {
  except?: readonly number[];
  maxAlerts: number;
  maxBatches: number;
  maxBytes: number;
  asOf?: Date;
};

/**
 * The batches of a tenant whose turn it is, save those in `except`: at least one when any is due, more as far as the
 * limits allow; see {@link chooseBatches}. They stay in the log until they are committed. What this process appended
 * through `db` moments ago comes from memory.
 */
export async function takeBatches(
  db: Db,
  tenantId: string,
  { except = [], asOf, ...limits }: TakeLimits,
): Promise<WaitingBatch[]> {
  const chosen = chooseBatches(await waitingBatches(db, tenantId, limits.maxBatches, except, asOf), limits);
  if (chosen.length === 0) return [];
  const handover = handoverOf(db);
  const moments = new Map(chosen.map(({ id, held, dueAt }) => [id, held ? dueAt : null]));
  const ids = chosen.map(({ id }) => id);
  const { rows } = await sql<{ id: number; received_at: string; alerts: Buffer | null }>`
    select id, received_at, case when not id = any(${handover.ids()}::bigint[]) then alerts end as alerts
    from intake_batch where id = any(${ids}::bigint[]) order by due_at, id`.execute(db);
  return Promise.all(
    rows.map(async ({ id, received_at, alerts }) => ({
      id,
      receivedAt: received_at,
      moment: moments.get(id) ?? null,
      alerts: alerts ? await decodeBatch(alerts) : (handover.take(id) ?? (await readBack(db, id))),
    })),
  );
}

/** The oldest due batches of every lane. Lanes are found by stepping over the index: a long one costs no more. */
async function waitingBatches(
  db: Db,
  tenantId: string,
  most: number,
  except: readonly number[],
  asOf: Date | undefined,
): Promise<Waiting[]> {
  const { rows } = await sql<Omit<Waiting, 'dueAt'> & { due: number }>`
    with recursive lanes as (
      (select lane from intake_batch where tenant_id = ${tenantId} and done_at is null and not telemetry
        order by lane limit 1)
      union all
      select (select b.lane from intake_batch b where b.tenant_id = ${tenantId} and b.done_at is null and not b.telemetry
          and b.lane > l.lane order by b.lane limit 1)
      from lanes l where l.lane is not null
    )
    select b.id, b.lane, (extract(epoch from b.due_at) * 1000)::bigint as due, b.held, b.accepted, b.size
    from lanes l cross join lateral (
      select id, lane, due_at, held, accepted, coalesce(octet_length(alerts), 0) as size from intake_batch
      where tenant_id = ${tenantId} and done_at is null and not telemetry and lane = l.lane and id <> all(${except}::bigint[])
        and due_at <= coalesce(${asOf ?? null}::timestamptz, now())
      order by due_at, id limit ${most + 1}
    ) b
    where l.lane is not null order by b.lane, b.due_at, b.id`.execute(db);
  return rows.map(({ due, ...row }) => ({ ...row, dueAt: Number(due) }));
}

/** A batch that was handed over and is no longer in memory. */
async function readBack(db: Db, id: number): Promise<PendingAlert[]> {
  const row = await db.selectFrom('intake_batch').select('alerts').where('id', '=', id).executeTakeFirst();
  return row?.alerts ? decodeBatch(row.alerts) : [];
}
