import type { SourceLimit } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';

/**
 * For whom something is read or changed. Every query and change takes one, and the conditions here are the only place
 * where a tenant or a scope becomes SQL. `groups` are the device groups the viewer sees (−1: alerts that name no
 * device), `sources` the service sources; null = all of them. One alert must be within both. "me" among assignees is
 * `userName`.
 */
export type Viewer = {
  tenantId: string;
  userName: string;
  groups: readonly number[] | null;
  sources: SourceLimit | null;
};

export type Condition = RawBuilder<boolean>;

/** Who sees everything of a tenant: the system's own reader. */
export function everything(tenantId: string): Viewer {
  return { tenantId, userName: '', groups: null, sources: null };
}

/** Whether nothing of the tenant is hidden from the viewer. */
export function seesEverything({ groups, sources }: Viewer): boolean {
  return groups === null && sources === null;
}

/**
 * The condition that the viewer sees `incident i`: one of its alerts concerns a device group of the viewer and is of a
 * source of theirs. A merged incident follows its survivor.
 */
export function seesIncident(viewer: Viewer, name = 'i'): Condition {
  const within = withinGroups(viewer, name);
  if (viewer.sources === null) return within;
  const holder = sql`coalesce(${sql.ref(`${name}.redirect_to`)}, ${sql.ref(`${name}.id`)})`;
  return sql<boolean>`(${within} and exists (
    select from alert own where ${seesAlert(viewer, 'own')} and own.incident_id = ${holder}))`;
}

/** The condition that the viewer sees `alert a`: it names a device of the viewer's groups and is of their sources. */
export function seesAlert(viewer: Viewer, name = 'a'): Condition {
  const within = withinGroups(viewer, name);
  const { sources } = viewer;
  if (sources === null) return within;
  const source = sql.ref(`${name}.service_source`);
  const named = sql<boolean>`${source} = any(${sources.sources}::text[])`;
  return sources.mode === 'selected'
    ? sql<boolean>`(${within} and ${named})`
    : sql<boolean>`(${within} and not ${named})`;
}

/** The condition that an alert that the viewer sees names `entity e`, and that it is no device outside of their groups. */
export function seesEntity(viewer: Viewer): Condition {
  return sql<boolean>`(${mayNameEntity(viewer)} and exists (
    select from alert_entity ae join alert a on a.seq = ae.alert_seq where ae.entity_n = e.n and ${seesAlert(viewer)}))`;
}

/** The condition that `entity e` is no device outside of the viewer's groups. Says nothing about who names it. */
export function mayNameEntity({ groups }: Viewer): Condition {
  return groups === null
    ? sql<boolean>`true`
    : sql<boolean>`(e.device_group is null or e.device_group = any(${groups}::integer[]))`;
}

/** Whether a viewer sees what concerns these device groups, whatever its source. */
export function seesGroups(viewer: Pick<Viewer, 'groups'>, groups: readonly number[]): boolean {
  return viewer.groups === null || viewer.groups.some((group) => groups.includes(group));
}

function withinGroups({ tenantId, groups }: Viewer, name: string): Condition {
  const own = sql<boolean>`${sql.ref(`${name}.tenant_id`)} = ${tenantId}`;
  return groups === null ? own : sql<boolean>`(${own} and ${sql.ref(`${name}.device_groups`)} && ${groups}::integer[])`;
}
