import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** What may have to change its device groups: alerts that name these devices, these alerts, these incidents. */
export type Unsettled = { devices?: readonly number[]; alerts?: readonly number[]; incidents?: readonly number[] };

/**
 * Brings the device groups of alerts up to date with the devices they name, then those of incidents with their alerts;
 * merged incidents follow their survivor. Locks incidents before alerts, as everything else does.
 */
export async function refreshGroups(
  trx: Db,
  tenantId: string,
  { devices = [], alerts = [], incidents = [] }: Unsettled,
): Promise<void> {
  if (devices.length + alerts.length + incidents.length === 0) return;
  const touched = sql`(
    select a.seq from alert a where a.seq = any(${alerts}::bigint[])
    union
    select ae.alert_seq from alert_entity ae where ae.entity_n = any(${devices}::bigint[]))`;
  const { rows } = await sql<{ id: number }>`
    select id from incident where tenant_id = ${tenantId} and (id = any(${incidents}::int[]) or id in (
      select a.incident_id from alert a where a.tenant_id = ${tenantId} and a.seq in ${touched}))
    order by id for update`.execute(trx);
  const ids = rows.map(({ id }) => id);
  await sql`
    update alert a set device_groups = g.groups
    from (
      select t.seq, coalesce(array_agg(distinct e.device_group) filter (where e.device_group is not null), '{-1}') as groups
      from ${touched} t left join alert_entity ae on ae.alert_seq = t.seq left join entity e on e.n = ae.entity_n
      group by t.seq
    ) g
    where a.seq = g.seq and a.tenant_id = ${tenantId} and a.device_groups <> g.groups`.execute(trx);
  await sql`
    update incident i set device_groups = g.groups
    from (
      select a.incident_id, array_agg(distinct d order by d) as groups
      from alert a cross join unnest(a.device_groups) d
      where a.tenant_id = ${tenantId} and a.incident_id = any(${ids}::int[])
      group by 1
    ) g
    where i.tenant_id = ${tenantId} and i.id = g.incident_id and i.device_groups <> g.groups`.execute(trx);
  await sql`
    update incident i set device_groups = s.device_groups
    from incident s
    where i.tenant_id = ${tenantId} and i.redirect_to = any(${ids}::int[]) and s.tenant_id = ${tenantId}
      and s.id = i.redirect_to and i.device_groups <> s.device_groups`.execute(trx);
}
