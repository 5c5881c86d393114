import type { CorrelationChoices, CorrelationVersion } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { noteChange } from '../../audit/audited.ts';
import { inTransaction } from '../../command/in-transaction.ts';
import type { Db } from '../../database.ts';
import type { SettingsChanger } from '../general-settings.ts';
import { SettingsConflict } from '../settings-conflict.ts';

const asShipped: CorrelationVersion = {
  version: 0,
  choices: { numbers: {}, restrictToDeviceGroups: false, exceptions: [] },
  comment: '',
  changedBy: null,
  changedDateTime: null,
  inForceDateTime: null,
  inForceAfterAlert: null,
};

/** What a tenant chose of correlation last; version 0 when nobody chose anything. */
export async function readCorrelationSettings(db: Db, tenantId: string): Promise<CorrelationVersion> {
  const [newest] = await read(db, tenantId, sql`order by version desc limit 1`);
  return newest ?? asShipped;
}

/** The version of what a tenant chose last; 0 when nobody chose anything. */
export async function newestCorrelationVersion(db: Db, tenantId: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) as version from correlation_settings where tenant_id = ${tenantId}`.execute(db);
  return rows[0]?.version ?? 0;
}

/** The versions of a tenant's choices, the newest first, at most `limit`. */
export function listCorrelationVersions(db: Db, tenantId: string, limit = 50): Promise<CorrelationVersion[]> {
  return read(db, tenantId, sql`order by version desc limit ${limit}`);
}

/**
 * Keeps new choices, made from those before, as the next version. The tenant's writer takes them up before its next batch.
 * @throws SettingsConflict when somebody made a version after `version`.
 */
export function changeCorrelationSettings(
  db: Db,
  { tenantId, by, now }: SettingsChanger,
  { version, comment }: { version: number; comment: string },
  choose: (before: CorrelationChoices) => CorrelationChoices,
): Promise<CorrelationVersion> {
  return inTransaction(db, async (trx) => {
    // The first version has no row to wait for each other on.
    await sql`select pg_advisory_xact_lock(7412633, hashtext(${tenantId}))`.execute(trx);
    const { changedBy, changedDateTime, ...before } = await readCorrelationSettings(trx, tenantId);
    if (before.version !== version) throw new SettingsConflict(changedBy ?? 'system', changedDateTime ?? '');
    const choices = choose(before.choices);
    await sql`
      insert into correlation_settings (tenant_id, version, choices, comment, changed_by, changed_at)
      values (${tenantId}, ${version + 1}, ${JSON.stringify(choices)}::jsonb, ${comment}, ${by}, ${now.toISOString()})`.execute(
      trx,
    );
    noteChange(trx, {
      target: { kind: 'setting', id: 'correlation' },
      before: { version, ...before.choices },
      after: { version: version + 1, comment, ...choices },
    });
    return readCorrelationSettings(trx, tenantId);
  });
}

/** Notes that the tenant's writer decides with a version from here on. Later ones of the same version change nothing. */
export async function noteInForce(db: Db, tenantId: string, version: number, now: Date): Promise<void> {
  await sql`
    update correlation_settings set in_force_at = ${now.toISOString()},
      after_seq = (select coalesce(max(seq), 0) from alert where tenant_id = ${tenantId})
    where tenant_id = ${tenantId} and version = ${version} and in_force_at is null`.execute(db);
}

async function read(db: Db, tenantId: string, which: RawBuilder<unknown>): Promise<CorrelationVersion[]> {
  const { rows } = await sql<CorrelationVersion>`
    select version, choices, comment, changed_by as "changedBy", changed_at as "changedDateTime",
      in_force_at as "inForceDateTime", after_seq as "inForceAfterAlert"
    from correlation_settings where tenant_id = ${tenantId} ${which}`.execute(db);
  return rows;
}
