import { huntingTables } from '@throughline/model/hunting';
import { type RawBuilder, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import type { SettingsChanger } from '../settings/general-settings.ts';
import { SettingsConflict, sameInstant } from '../settings/settings-conflict.ts';
import { rawTable } from './table-definition.ts';

/** For how long and how much telemetry a tenant keeps. */
export type TelemetryRetention = {
  /** Tables without a number of their own, from when rows came in. */
  days: number;
  /** All tables together, as stored; null = no limit. */
  bytes: number | null;
  tables: { table: string; days: number }[];
  updatedDateTime: string;
  updatedBy: string;
};

/** What is changed; `tables` replaces the whole list. `updatedDateTime`: see {@link SettingsConflict}. */
export type TelemetryRetentionChange = {
  days?: number | undefined;
  bytes?: number | null | undefined;
  tables?: readonly { table: string; days: number }[] | undefined;
  updatedDateTime: string;
};

/** For how long and how much a tenant keeps. */
export function readTelemetryRetention(db: Db, tenantId: string): Promise<TelemetryRetention> {
  return read(db, tenantId, sql``);
}

/** Whether retention can be set for a table of that name; the raw records have one of their own. */
export function keepsTable(table: string): boolean {
  return table === rawTable || huntingTables().has(table);
}

/**
 * Changes what is given; what is too old or too much then goes with the next round.
 * @throws SettingsConflict when somebody changed a setting of the organisation after `updatedDateTime`.
 */
export function changeTelemetryRetention(
  db: Db,
  { tenantId, by, now }: SettingsChanger,
  { updatedDateTime, ...change }: TelemetryRetentionChange,
): Promise<TelemetryRetention> {
  return inTransaction(db, async (trx) => {
    const { updatedDateTime: at, updatedBy, ...before } = await read(trx, tenantId, sql`for update`);
    if (!sameInstant(at, updatedDateTime)) throw new SettingsConflict(updatedBy, at);
    const after = {
      ...before,
      ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
    };
    await sql`
      update tenant set telemetry_days = ${after.days}, telemetry_bytes = ${after.bytes}, settings_updated_by = ${by},
        settings_updated_at = greatest(${now.toISOString()}::timestamptz, settings_updated_at + interval '1 ms')
      where id = ${tenantId}`.execute(trx);
    if (change.tables !== undefined) {
      await trx.deleteFrom('telemetry_retention').where('tenant_id', '=', tenantId).execute();
      const rows = change.tables.map(({ table, days }) => ({ tenant_id: tenantId, table_name: table, days }));
      if (rows.length > 0) await trx.insertInto('telemetry_retention').values(rows).execute();
    }
    noteChange(trx, { target: { kind: 'setting', id: 'telemetry-retention' }, before, after });
    return read(trx, tenantId, sql``);
  });
}

async function read(db: Db, tenantId: string, lock: RawBuilder<unknown>): Promise<TelemetryRetention> {
  const { rows } = await sql<Omit<TelemetryRetention, 'tables'>>`
    select telemetry_days as days, telemetry_bytes as bytes, settings_updated_at as "updatedDateTime",
      settings_updated_by as "updatedBy"
    from tenant where id = ${tenantId} ${lock}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error(`There is no tenant "${tenantId}".`);
  const tables = await db
    .selectFrom('telemetry_retention')
    .select(['table_name as table', 'days'])
    .where('tenant_id', '=', tenantId)
    .orderBy('table_name')
    .execute();
  return { days: row.days, bytes: row.bytes, tables, updatedDateTime: row.updatedDateTime, updatedBy: row.updatedBy };
}
