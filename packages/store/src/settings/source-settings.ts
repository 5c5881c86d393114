import type { SourceSettings, SourceSettingsChange } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import type { SettingsChanger } from './general-settings.ts';
import { SettingsConflict, sameInstant } from './settings-conflict.ts';

/** Every source that ever sent or was spoken about, in alphabetical order. */
export function listSourceSettings(db: Db, tenantId: string): Promise<SourceSettings[]> {
  return read(db, tenantId, sql`true`);
}

/**
 * Changes the given fields of a source. Returns null when nothing is known of a source of that name.
 * @throws SettingsConflict when somebody changed it after `updatedDateTime`.
 */
export function changeSourceSettings(
  db: Db,
  { tenantId, by, now }: SettingsChanger,
  source: string,
  { updatedDateTime, ...change }: SourceSettingsChange,
): Promise<SourceSettings | null> {
  return inTransaction(db, async (trx) => {
    // Two first changes of one source have no row to wait for each other on.
    await sql`select pg_advisory_xact_lock(7412627, hashtext(${`${tenantId}/${source}`}))`.execute(trx);
    const only = sql`source = ${source}`;
    const [known] = await read(trx, tenantId, only);
    if (known === undefined) return null;
    if (!sameInstant(known.updatedDateTime, updatedDateTime)) {
      throw new SettingsConflict(known.updatedBy ?? 'system', known.updatedDateTime ?? now.toISOString());
    }
    const before = settingOf(known);
    const after = { ...before, ...change };
    await sql`
      insert into source_setting as s (tenant_id, source, display_name, note, expected_minutes, enabled, updated_at, updated_by)
      values (${tenantId}, ${source}, ${after.displayName}, ${after.note}, ${after.expectedMinutes}, ${after.enabled},
        ${now.toISOString()}, ${by})
      on conflict (tenant_id, source) do update set display_name = excluded.display_name, note = excluded.note,
        expected_minutes = excluded.expected_minutes, enabled = excluded.enabled, updated_by = excluded.updated_by,
        updated_at = greatest(excluded.updated_at, s.updated_at + interval '1 ms')`.execute(trx);
    noteChange(trx, { target: { kind: 'source', id: source }, before, after });
    const [saved] = await read(trx, tenantId, only);
    return saved ?? null;
  });
}

/** The sources of a tenant that are disabled. */
export async function disabledSources(db: Db, tenantId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ source: string }>`
    select source from source_setting where tenant_id = ${tenantId} and not enabled`.execute(db);
  return new Set(rows.map(({ source }) => source));
}

/** Counts a request that was refused because its source is disabled. */
export async function countRefusedSource(db: Db, tenantId: string, source: string, now: Date): Promise<void> {
  await sql`
    update source_setting set refused = refused + 1, last_refused_at = ${now.toISOString()}
    where tenant_id = ${tenantId} and source = ${source}`.execute(db);
}

function settingOf({ displayName, note, expectedMinutes, enabled }: SourceSettings) {
  return { displayName, note, expectedMinutes, enabled };
}

async function read(db: Db, tenantId: string, only: RawBuilder<unknown>): Promise<SourceSettings[]> {
  const { rows } = await sql<SourceSettings>`
    select source, coalesce(s.display_name, '') as "displayName", coalesce(s.note, '') as note,
      s.expected_minutes as "expectedMinutes", coalesce(s.enabled, true) as enabled,
      coalesce(l.received, 0) as received, coalesce(l.stored, 0) as stored, coalesce(l.duplicate, 0) as duplicate,
      coalesce(l.rejected, 0) as rejected, coalesce(l.deleted, 0) as deleted, l.last_received_at as "lastReceivedDateTime",
      coalesce(s.refused, 0) as refused, s.last_refused_at as "lastRefusedDateTime",
      s.updated_at as "updatedDateTime", s.updated_by as "updatedBy"
    from (select * from ledger where tenant_id = ${tenantId}) l
    full join (select * from source_setting where tenant_id = ${tenantId}) s using (source)
    where ${only} order by source`.execute(db);
  return rows;
}
