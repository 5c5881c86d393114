import type { Db } from '../database.ts';

/** Ids of all tenants. */
export async function listTenants(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('tenant').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}

/** How many accepted batches wait to be correlated, over all tenants. */
export async function countWaitingBatches(db: Db): Promise<number> {
  const { waiting } = await db
    .selectFrom('intake_batch')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow();
  return waiting;
}
