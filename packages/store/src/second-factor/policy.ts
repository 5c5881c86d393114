import type { SecondFactorSettings } from '@throughline/model';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';

/** Who must have a second factor in a tenant; nobody until somebody says so. */
export async function readSecondFactorSettings(db: Db, tenantId: string): Promise<SecondFactorSettings> {
  const row = await db
    .selectFrom('tenant')
    .select('second_factor_policy as policy')
    .where('id', '=', tenantId)
    .executeTakeFirst();
  return { policy: row?.policy ?? 'optional' };
}

/** Writes it; it holds from the next request on. */
export async function writeSecondFactorSettings(
  db: Db,
  tenantId: string,
  settings: SecondFactorSettings,
): Promise<SecondFactorSettings> {
  return db.transaction().execute(async (trx) => {
    const before = await readSecondFactorSettings(trx, tenantId);
    await trx.updateTable('tenant').set({ second_factor_policy: settings.policy }).where('id', '=', tenantId).execute();
    noteChange(trx, { target: { kind: 'setting', id: 'secondFactor' }, before, after: settings });
    return settings;
  });
}
