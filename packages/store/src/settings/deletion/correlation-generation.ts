import { sql } from 'kysely';
import type { Db } from '../../database.ts';

const lockSpace = 7_412_628;

/** Correlation remembers what was deleted meanwhile: its state is to be rebuilt. */
export class DeletedMeanwhile extends Error {
  override readonly name = 'DeletedMeanwhile';
}

/** How often data that correlation remembers was deleted. */
export async function correlationGeneration(db: Db, tenantId: string): Promise<number> {
  const { rows } = await sql<{ generation: number }>`
    select generation from correlation_generation where tenant_id = ${tenantId}`.execute(db);
  return rows[0]?.generation ?? 0;
}

/**
 * Keeps deletion away until the transaction ends.
 * @throws DeletedMeanwhile when something was deleted since `generation`, or one of the alerts (ids) is gone.
 */
export async function holdGeneration(
  trx: Db,
  tenantId: string,
  generation: number,
  alertIds: readonly string[],
): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lockSpace}, hashtext(${tenantId}))`.execute(trx);
  if ((await correlationGeneration(trx, tenantId)) !== generation) {
    throw new DeletedMeanwhile('data was deleted, which correlation now forgets');
  }
  const wanted = [...new Set(alertIds)];
  if (wanted.length === 0) return;
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from alert where tenant_id = ${tenantId} and id = any(${wanted}::text[])`.execute(trx);
  if (rows[0]?.n !== wanted.length) throw new DeletedMeanwhile('an alert was deleted while its source updated it');
}

/** Keeps correlation from committing until the transaction ends. */
export async function lockGeneration(trx: Db, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockSpace}, hashtext(${tenantId}))`.execute(trx);
}

/** Makes correlation rebuild what it remembers before it commits again. */
export async function raiseGeneration(trx: Db, tenantId: string): Promise<void> {
  await sql`
    insert into correlation_generation as g (tenant_id, generation) values (${tenantId}, 1)
    on conflict (tenant_id) do update set generation = g.generation + 1`.execute(trx);
}
