import type { Db } from '../database.ts';

/** Ids of all tenants. */
export async function listTenants(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('tenant').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}
