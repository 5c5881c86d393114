import { type RawBuilder, sql } from 'kysely';

/**
 * For whom something is read or changed. Every query and change takes one, and the conditions here are the only place
 * where a tenant or a scope becomes SQL. `groups` are the device groups the viewer sees (−1: alerts that name no
 * device); null = everything. "me" among assignees is `userName`.
 */
export type Viewer = { tenantId: string; userName: string; groups: readonly number[] | null };

export type Condition = RawBuilder<boolean>;

/** Who sees everything of a tenant: the system's own reader. */
export function everything(tenantId: string): Viewer {
  return { tenantId, userName: '', groups: null };
}

/** The condition that the viewer sees `incident i`: one of its alerts concerns a device group of the viewer. */
export function seesIncident(viewer: Viewer, name = 'i'): Condition {
  return within(viewer, name);
}

/** The condition that the viewer sees `alert a`: it names a device of the viewer's groups. */
export function seesAlert(viewer: Viewer, name = 'a'): Condition {
  return within(viewer, name);
}

/** The condition that `entity e` is no device outside of the viewer's groups. Says nothing about who names it. */
export function mayNameEntity({ groups }: Viewer): Condition {
  return groups === null
    ? sql<boolean>`true`
    : sql<boolean>`(e.device_group is null or e.device_group = any(${groups}::integer[]))`;
}

/** Whether a viewer sees what concerns these device groups; the same answer as {@link seesAlert}. */
export function seesGroups(viewer: Pick<Viewer, 'groups'>, groups: readonly number[]): boolean {
  return viewer.groups === null || viewer.groups.some((group) => groups.includes(group));
}

function within({ tenantId, groups }: Viewer, name: string): Condition {
  const own = sql<boolean>`${sql.ref(`${name}.tenant_id`)} = ${tenantId}`;
  return groups === null ? own : sql<boolean>`(${own} and ${sql.ref(`${name}.device_groups`)} && ${groups}::integer[])`;
}
