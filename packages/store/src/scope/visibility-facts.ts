import { devicelessId, type Role } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { type AccountAccess, accountAccess } from './account-access.ts';

/** A device group by number and name. */
export type NamedGroup = { id: number; name: string };

/** What decides whether an account sees an incident. `incident` is null when the tenant has none of that id. */
export type VisibilityFacts = {
  account: AccountAccess & { userName: string; disabled: boolean; role: Role; scope: NamedGroup[] | null };
  incident: { groups: NamedGroup[]; alerts: { groups: number[]; source: string }[] } | null;
};

/** Reads what decides whether an account sees an incident; null when the tenant has no such account. */
export async function visibilityFacts(
  db: Db,
  tenantId: string,
  accountId: number,
  incidentId: number,
): Promise<VisibilityFacts | null> {
  const account = await accountAccess(db, tenantId, accountId);
  if (account === null) return null;
  // A merged incident follows its survivor, which holds the alerts.
  const found = await sql<{ groups: number[]; alerts: { groups: number[]; source: string }[] }>`
    select i.device_groups as groups, (
      select coalesce(json_agg(distinct jsonb_build_object('groups', a.device_groups, 'source', a.service_source)), '[]')
      from alert a where a.tenant_id = ${tenantId} and a.incident_id = coalesce(i.redirect_to, i.id)) as alerts
    from incident i where i.tenant_id = ${tenantId} and i.id = ${incidentId}::bigint`.execute(db);
  const names = await sql<NamedGroup>`
    select id, name from device_group where tenant_id = ${tenantId} order by rank nulls last`.execute(db);
  const named = (groups: readonly number[]) => [
    ...names.rows.filter(({ id }) => groups.includes(id)),
    ...(groups.includes(devicelessId) ? [{ id: devicelessId, name: 'No device' }] : []),
  ];
  const incident = found.rows[0];
  return {
    account: { ...account, scope: account.groups && named(account.groups) },
    incident: incident === undefined ? null : { groups: named(incident.groups), alerts: incident.alerts },
  };
}
