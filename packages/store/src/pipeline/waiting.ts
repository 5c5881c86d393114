import type { Db } from '../database.ts';

/** Ids of all tenants. */
export async function listTenants(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('tenant').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}

/** True while an accepted batch of any tenant waits to be correlated. */
export async function hasWaitingBatches(db: Db): Promise<boolean> {
  const row = await db.selectFrom('intake_batch').select('id').where('done_at', 'is', null).limit(1).executeTakeFirst();
  return row !== undefined;
}
