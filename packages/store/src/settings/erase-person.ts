import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';

/** Why a person cannot be erased; `by` is what still tells their address. */
export type EraseRefusal = { refused: 'enabled' } | { refused: 'erased' } | { refused: 'named'; by: string[] };

/** Columns that hold a user name as it is. Tables with `tenant_id`, of which only a tenant's rows are looked at. */
const nameColumns: readonly [table: string, column: string][] = [
  ['incident', 'assigned_to'],
  ['incident', 'last_modified_by'],
  ['alert', 'assigned_to'],
  ['comment', 'created_by'],
  ['notification_rule', 'created_by'],
  ['notification_rule', 'updated_by'],
  ['notification_mail_server', 'updated_by'],
  ['notification_webhook', 'updated_by'],
  ['notification_escalation', 'ended_by'],
  ['notification_delivery', 'target'],
  ['on_call_schedule', 'updated_by'],
  ['escalation_policy', 'updated_by'],
  ['notification_digest', 'updated_by'],
  ['custom_role', 'updated_by'],
  ['device_group', 'updated_by'],
  ['source_setting', 'updated_by'],
  ['correlation_settings', 'changed_by'],
  ['deletion', 'started_by'],
];

/** Tables of what an account signs in with, by `account_id`. */
const signInTables = [
  'session',
  'one_time_link',
  'account_identity',
  'authenticator',
  'recovery_code',
  'passkey',
  'pending_sign_in',
];

/**
 * Renames a person whose account is disabled to "Deleted person N" wherever the database names them, and removes what
 * they signed in with. The audit log is not changed: names are part of what its hashes are over. Returns the new name;
 * null when there is no such person; otherwise why not: a rule, schedule or policy still tells their address.
 */
export function erasePerson(
  db: Db,
  { tenantId, now }: { tenantId: string; now: Date },
  accountId: number,
  reason: string,
): Promise<string | EraseRefusal | null> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ name: string; disabled: boolean; erased: boolean }>`
      select user_name as name, disabled, erased_at is not null as erased from account
      where tenant_id = ${tenantId} and id = ${accountId} and kind = 'person' for update`.execute(trx);
    const [person] = rows;
    if (person === undefined) return null;
    if (person.erased) return { refused: 'erased' as const };
    if (!person.disabled) return { refused: 'enabled' as const };
    const by = await whoTells(trx, tenantId, person.name);
    if (by.length > 0) return { refused: 'named' as const, by };
    const renamed = `Deleted person ${accountId}`;
    await sql`
      update account set user_name = ${renamed}, display_name = ${renamed}, password_hash = null,
        erased_at = ${now.toISOString()}
      where id = ${accountId}`.execute(trx);
    for (const table of signInTables)
      await sql`delete from ${sql.table(table)} where account_id = ${accountId}`.execute(trx);
    await sql`update api_token set revoked_at = ${now.toISOString()} where account_id = ${accountId} and revoked_at is null`.execute(
      trx,
    );
    await sql`delete from notification_digest where tenant_id = ${tenantId} and account_id = ${accountId}`.execute(trx);
    await renameIn(trx, tenantId, person.name, renamed);
    noteChange(trx, { target: { kind: 'account', id: String(accountId) }, after: { erased: renamed, reason } });
    return renamed;
  });
}

/** What would still send to an address: it is taken out there by hand, since something must stay in its place. */
async function whoTells(trx: Db, tenantId: string, name: string): Promise<string[]> {
  const quoted = JSON.stringify(name.toLowerCase());
  const { rows } = await sql<{ by: string }>`
    select 'rule ' || name as by from notification_rule
      where tenant_id = ${tenantId} and strpos(lower(recipients::text), ${quoted}) > 0
    union all select 'on-call schedule ' || name from on_call_schedule
      where tenant_id = ${tenantId} and strpos(lower(definition::text), ${quoted}) > 0
    union all select 'escalation policy ' || name from escalation_policy
      where tenant_id = ${tenantId} and strpos(lower(steps::text), ${quoted}) > 0
    order by 1`.execute(trx);
  return rows.map(({ by }) => by);
}

async function renameIn(trx: Db, tenantId: string, from: string, to: string): Promise<void> {
  // Correlation knows owners: it reads again whose these incidents are.
  await sql`
    update incident set standing_version = standing_version + 1
    where tenant_id = ${tenantId} and lower(assigned_to) = lower(${from})`.execute(trx);
  for (const [table, column] of nameColumns) {
    await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${to}
      where tenant_id = ${tenantId} and lower(${sql.ref(column)}) = lower(${from})`.execute(trx);
  }
  await sql`update tenant set settings_updated_by = ${to} where id = ${tenantId} and lower(settings_updated_by) = lower(${from})`.execute(
    trx,
  );
  await sql`
    update comment_version v set by = ${to} from comment c
    where c.id = v.comment_id and c.tenant_id = ${tenantId} and lower(v.by) = lower(${from})`.execute(trx);
  await sql`
    update api_token t set created_by = ${to} from account a
    where a.id = t.account_id and a.tenant_id = ${tenantId} and lower(t.created_by) = lower(${from})`.execute(trx);
  await sql`
    update notification_delivery set said = jsonb_set(said, '{by}', to_jsonb(${to}::text))
    where tenant_id = ${tenantId} and lower(said ->> 'by') = lower(${from})`.execute(trx);
  await sql`
    update correlation_settings set choices = jsonb_set(choices, '{exceptions}', (
      select jsonb_agg(case when lower(e ->> 'createdBy') = lower(${from})
        then jsonb_set(e, '{createdBy}', to_jsonb(${to}::text)) else e end order by n)
      from jsonb_array_elements(choices -> 'exceptions') with ordinality as each (e, n)))
    where tenant_id = ${tenantId} and strpos(lower(choices::text), ${JSON.stringify(from.toLowerCase())}) > 0
      and jsonb_array_length(choices -> 'exceptions') > 0`.execute(trx);
  await sql`select set_config('throughline.erase_person', ${tenantId}, true)`.execute(trx);
  const owner = (column: 'before' | 'after') => sql`
    case when lower(${sql.ref(column)} ->> 'assignedTo') = lower(${from})
      then jsonb_set(${sql.ref(column)}, '{assignedTo}', to_jsonb(${to}::text)) else ${sql.ref(column)} end`;
  await sql`
    update activity set before = ${owner('before')}, after = ${owner('after')},
      actor_name = case when actor_kind <> 'system' and lower(actor_name) = lower(${from}) then ${to} else actor_name end,
      summary = replace(summary, ${from}, ${to})
    where tenant_id = ${tenantId} and (lower(actor_name) = lower(${from}) or lower(before ->> 'assignedTo') = lower(${from})
      or lower(after ->> 'assignedTo') = lower(${from}))`.execute(trx);
  await sql`select set_config('throughline.erase_person', '', true)`.execute(trx);
}
