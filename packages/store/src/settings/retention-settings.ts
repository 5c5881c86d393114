import type { RetentionChange, RetentionSettings } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import type { SettingsChanger } from './general-settings.ts';
import { SettingsConflict, sameInstant } from './settings-conflict.ts';

type Retention = Omit<RetentionSettings, 'auditDays'>;

/** For how many days a tenant keeps what; null keeps resolved incidents for ever. */
export function readRetention(db: Db, tenantId: string): Promise<Retention> {
  return read(db, tenantId, sql``);
}

/**
 * Changes the given periods; what is too old then goes with the next round of upkeep.
 * @throws SettingsConflict when somebody changed a setting of the organisation after `updatedDateTime`.
 */
export function changeRetention(
  db: Db,
  { tenantId, by, now }: SettingsChanger,
  { updatedDateTime, ...change }: RetentionChange,
): Promise<Retention> {
  return inTransaction(db, async (trx) => {
    const { updatedDateTime: at, updatedBy, ...before } = await read(trx, tenantId, sql`for update`);
    if (!sameInstant(at, updatedDateTime)) throw new SettingsConflict(updatedBy, at);
    const after = { ...before, ...change };
    await sql`
      update tenant set incident_days = ${after.incidentDays}, dead_letter_days = ${after.deadLetterDays},
        intake_days = ${after.intakeDays}, live_days = ${after.liveDays}, message_days = ${after.messageDays},
        settings_updated_by = ${by},
        settings_updated_at = greatest(${now.toISOString()}::timestamptz, settings_updated_at + interval '1 ms')
      where id = ${tenantId}`.execute(trx);
    const target = { kind: 'setting', id: 'retention' };
    noteChange(trx, { target, before, after });
    return read(trx, tenantId, sql``);
  });
}

async function read(db: Db, tenantId: string, lock: RawBuilder<unknown>): Promise<Retention> {
  const { rows } = await sql<Retention>`
    select incident_days as "incidentDays", dead_letter_days as "deadLetterDays", intake_days as "intakeDays",
      live_days as "liveDays", message_days as "messageDays", settings_updated_at as "updatedDateTime",
      settings_updated_by as "updatedBy"
    from tenant where id = ${tenantId} ${lock}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error(`There is no tenant "${tenantId}".`);
  return row;
}
