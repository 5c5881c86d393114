import { devicelessId } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';
import { type Condition, seesAlert, type Viewer } from './viewer.ts';

/** What stands for "names no device" among device groups. */
export const devicelessName = 'No device';

/**
 * The condition that a viewer sees `incident i` in one of these device groups: an alert that they see concerns it. Groups
 * that are not the viewer's are in none.
 */
export function inDeviceGroups(viewer: Viewer, ids: readonly number[]): Condition {
  const { groups } = viewer;
  const seen = groups === null ? ids : ids.filter((id) => groups.includes(id));
  if (viewer.sources === null) return sql<boolean>`i.device_groups && ${seen}::integer[]`;
  return sql<boolean>`i.id in (
    select a.incident_id from alert a where ${seesAlert(viewer)} and a.device_groups && ${seen}::integer[])`;
}

/** The viewer's device groups among those of `incident i`, as JSON `[{ id, name }]` by rank. */
export function groupsOfIncident(viewer: Viewer): RawBuilder<{ id: number; name: string }[]> {
  const { groups, sources, tenantId } = viewer;
  const own = groups === null ? sql`` : sql`and g.id = any(${groups}::integer[])`;
  const concerned =
    sources === null
      ? sql`g.id = any(i.device_groups)`
      : sql`g.id in (select unnest(x.device_groups) from alert x
          where ${seesAlert(viewer, 'x')} and x.incident_id = coalesce(i.redirect_to, i.id))`;
  return sql`(
    select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) order by g.rank nulls last), '[]')
    from device_group g where g.tenant_id = ${tenantId} ${own} and ${concerned})`;
}

/** How many of the incidents under `condition` the viewer sees in each device group, as a query of facet, value, count. */
export function countGroups(viewer: Viewer, condition: Condition): RawBuilder<unknown> {
  const { groups, sources } = viewer;
  const own = groups === null ? sql`true` : sql`d = any(${groups}::integer[])`;
  if (sources === null) {
    return sql`(select 'deviceGroup'::text as facet, d::text as value, count(*) as count
      from incident i cross join unnest(i.device_groups) d where ${condition} and ${own} group by 2)`;
  }
  return sql`(select 'deviceGroup'::text as facet, d::text as value, count(distinct a.incident_id) as count
    from alert a cross join unnest(a.device_groups) d
    where ${seesAlert(viewer)} and ${own} and a.incident_id in (select i.id from incident i where ${condition})
    group by 2)`;
}

/** The names of device groups that the viewer sees, by number; one that is gone or another's has none. */
export async function groupNames(db: Db, viewer: Viewer, ids: readonly number[]): Promise<Map<number, string>> {
  const { groups, tenantId } = viewer;
  const seen = groups === null ? ids : ids.filter((id) => groups.includes(id));
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from device_group where tenant_id = ${tenantId} and id = any(${seen}::integer[])`.execute(db);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  if (seen.includes(devicelessId)) names.set(devicelessId, devicelessName);
  return names;
}
