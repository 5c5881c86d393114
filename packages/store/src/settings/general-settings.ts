import type { GeneralSettings, GeneralSettingsChange } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { SettingsConflict, sameInstant } from './settings-conflict.ts';

/** Who changes a setting, and when. */
export type SettingsChanger = { tenantId: string; by: string; now: Date };

/** The name and time zone of an organisation. Throws when there is no such tenant. */
export function readGeneralSettings(db: Db, tenantId: string): Promise<GeneralSettings> {
  return read(db, tenantId, sql``);
}

/**
 * Changes the given fields.
 * @throws SettingsConflict when somebody changed them after `updatedDateTime`.
 */
export function changeGeneralSettings(
  db: Db,
  { tenantId, by, now }: SettingsChanger,
  { updatedDateTime, ...change }: GeneralSettingsChange,
): Promise<GeneralSettings> {
  return inTransaction(db, async (trx) => {
    const { updatedDateTime: at, updatedBy, ...before } = await read(trx, tenantId, sql`for update`);
    if (!sameInstant(at, updatedDateTime)) throw new SettingsConflict(updatedBy, at);
    const after = {
      organizationName: change.organizationName ?? before.organizationName,
      timeZone: change.timeZone === undefined ? before.timeZone : change.timeZone,
    };
    await sql`
      update tenant set name = ${after.organizationName}, time_zone = ${after.timeZone}, settings_updated_by = ${by},
        settings_updated_at = greatest(${now.toISOString()}::timestamptz, settings_updated_at + interval '1 ms')
      where id = ${tenantId}`.execute(trx);
    noteChange(trx, { target: { kind: 'setting', id: 'general' }, before, after });
    return read(trx, tenantId, sql``);
  });
}

async function read(db: Db, tenantId: string, lock: RawBuilder<unknown>): Promise<GeneralSettings> {
  const { rows } = await sql<GeneralSettings>`
    select name as "organizationName", time_zone as "timeZone", settings_updated_at as "updatedDateTime",
      settings_updated_by as "updatedBy"
    from tenant where id = ${tenantId} ${lock}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error(`There is no tenant "${tenantId}".`);
  return row;
}
