import type { Db } from '../database.ts';

/** Whether everybody with a password may sign in with it; so it is until somebody turns it off. */
export async function readLocalSignIn(db: Db, tenantId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sign_in_policy')
    .select('local_sign_in')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return row?.local_sign_in ?? true;
}
