import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** What the first-run checklist asks of the database: has this account a password, anybody a token, the tenant alerts. */
export async function firstRunFacts(
  db: Db,
  tenantId: string,
  accountId: number,
): Promise<{ hasPassword: boolean; hasToken: boolean; hasAlerts: boolean }> {
  const { rows } = await sql<{ hasPassword: boolean; hasToken: boolean; hasAlerts: boolean }>`
    select
      exists (select from account where id = ${accountId} and password_hash is not null) as "hasPassword",
      exists (
        select from api_token t join account a on a.id = t.account_id
        where a.tenant_id = ${tenantId} and t.revoked_at is null
      ) as "hasToken",
      exists (select from alert where tenant_id = ${tenantId}) as "hasAlerts"`.execute(db);
  return rows[0] ?? { hasPassword: false, hasToken: false, hasAlerts: false };
}

/** Whether the tenant has an alert that its provider knows by one of these ids. */
export async function hasProviderAlert(
  db: Db,
  tenantId: string,
  providerAlertIds: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from alert where tenant_id = ${tenantId} and provider_alert_id = any(${providerAlertIds}::text[])
    ) as found`.execute(db);
  return rows[0]?.found ?? false;
}
