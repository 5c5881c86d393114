import {
  type DeviceGroup,
  type DeviceGroupChange,
  type DeviceGroupCreate,
  mostDeviceGroups,
  ungroupedId,
} from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { dropGroupFromRules } from '../notify/group-deleted.ts';
import { checkAssignees, lockAssignments, requireUnscopedAdministrator, type SomeAssignees } from './assignees.ts';
import { regroupAll } from './group-devices.ts';
import { lockRules, type PlaceDevice } from './group-rules.ts';
import { refreshGroups } from './refresh-groups.ts';
import { ScopeError, withFreeName } from './scope-error.ts';

/** Who changes groups, when, and how devices find theirs. */
export type GroupChanger = { tenantId: string; by: string; now: Date; place: PlaceDevice };

/** The device groups of a tenant by rank, the ungrouped last, each with its number of devices and whom it is assigned to. */
export async function listDeviceGroups(db: Db, tenantId: string, id?: number): Promise<DeviceGroup[]> {
  const { rows } = await sql<DeviceGroup>`
    select g.id, g.rank, g.name, g.description, g.remediation, g.rule, g.updated_at as "updatedDateTime",
      g.updated_by as "updatedBy",
      (select count(*) from entity e where e.tenant_id = g.tenant_id and e.device_group = g.id and e.redirect_to is null) as devices,
      array(select x.account_id from device_group_access x where x.tenant_id = g.tenant_id and x.device_group_id = g.id
        and x.account_id is not null order by 1) as "accountIds",
      array(select x.user_group_id from device_group_access x where x.tenant_id = g.tenant_id and x.device_group_id = g.id
        and x.user_group_id is not null order by 1) as "userGroupIds"
    from device_group g where g.tenant_id = ${tenantId} ${id === undefined ? sql`` : sql`and g.id = ${id}`}
    order by g.rank nulls last`.execute(db);
  return rows;
}

/**
 * Adds a group at its rank, those below move down, and puts every device where it now belongs.
 *
 * @throws ScopeError `nameTaken`, `tooManyGroups`, or for an assignee that is not there.
 */
export async function createDeviceGroup(db: Db, who: GroupChanger, group: DeviceGroupCreate): Promise<DeviceGroup> {
  const { tenantId, by, now } = who;
  return changeGroups(db, who, group, async (trx) => {
    const ranked = await rankedIds(trx, tenantId);
    if (ranked.length >= mostDeviceGroups) {
      throw new ScopeError(
        'tooManyGroups',
        `There are ${ranked.length} device groups, which is the most there can be.`,
      );
    }
    const { rows } = await withFreeName(group.name, () =>
      sql<{ id: number }>`
        insert into device_group (tenant_id, id, rank, name, description, remediation, rule, created_at, updated_at, updated_by)
        values (${tenantId}, nextval('device_group_id'), ${ranked.length + 1}, ${group.name}, ${group.description},
          ${group.remediation}, ${JSON.stringify(group.rule)}::jsonb, ${now}, ${now}, ${by})
        returning id`.execute(trx),
    );
    const id = rows[0]?.id ?? 0;
    await setRank(trx, tenantId, id, group.rank);
    return { id, regroup: true };
  });
}

/**
 * Changes the given fields of a group; a new rank moves those between. A new rule or rank puts every device where it now
 * belongs.
 *
 * @throws ScopeError `noSuchGroup`, `nameTaken`, `ungroupedStays` for rule or rank of the ungrouped.
 */
export async function changeDeviceGroup(
  db: Db,
  who: GroupChanger,
  id: number,
  change: DeviceGroupChange,
): Promise<DeviceGroup> {
  const { tenantId, by, now } = who;
  return changeGroups(db, who, change, async (trx) => {
    await requireGroup(trx, tenantId, id);
    if (id === ungroupedId && (change.rule !== undefined || change.rank !== undefined || change.name !== undefined)) {
      throw new ScopeError('ungroupedStays', 'The ungrouped devices have no rule, come last and keep their name.');
    }
    const { name, description, remediation, rule, rank } = change;
    await withFreeName(name, () =>
      trx
        .updateTable('device_group')
        .set({
          ...(name === undefined ? {} : { name }),
          ...(description === undefined ? {} : { description }),
          ...(remediation === undefined ? {} : { remediation }),
          ...(rule === undefined ? {} : { rule: JSON.stringify(rule) }),
          updated_at: now,
          updated_by: by,
        })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute(),
    );
    await setRank(trx, tenantId, id, rank);
    return { id, regroup: rule !== undefined || rank !== undefined };
  });
}

/**
 * Removes a group; its devices go where the others' rules put them.
 *
 * @throws ScopeError `noSuchGroup`, `ungroupedStays`; `groupAssigned` while it is somebody's, since who is left without
 * assignment sees everything.
 */
export async function deleteDeviceGroup(db: Db, who: GroupChanger, id: number): Promise<void> {
  const { tenantId } = who;
  await changeGroups(db, who, {}, async (trx) => {
    const group = await requireGroup(trx, tenantId, id);
    if (id === ungroupedId) throw new ScopeError('ungroupedStays', 'The ungrouped devices cannot be deleted.');
    if (group.accountIds.length + group.userGroupIds.length > 0) {
      throw new ScopeError(
        'groupAssigned',
        'Take this group from everybody first: who is left without device groups sees everything.',
      );
    }
    await sql`delete from device_group where tenant_id = ${tenantId} and id = ${id}`.execute(trx);
    await dropGroupFromRules(trx, tenantId, id);
    await setRank(trx, tenantId, id, undefined);
    return { id: ungroupedId, regroup: true, removed: group };
  });
}

async function changeGroups(
  db: Db,
  { tenantId, place }: GroupChanger,
  assignees: SomeAssignees,
  change: (trx: Db) => Promise<{ id: number; regroup: boolean; removed?: DeviceGroup }>,
): Promise<DeviceGroup> {
  return inTransaction(db, async (trx) => {
    await lockRules(trx, tenantId, 'alone');
    await lockAssignments(trx, tenantId);
    await checkAssignees(trx, tenantId, assignees);
    const { id, regroup, removed = null } = await change(trx);
    await assign(trx, tenantId, id, assignees);
    if (regroup) await refreshGroups(trx, tenantId, { devices: await regroupAll(trx, tenantId, place) });
    const group = await requireGroup(trx, tenantId, id);
    noteChange(trx, noteOf(group, removed, assignees));
    // What anybody sees may be other now: whoever listens reads again.
    await announce(trx, tenantId, [{ type: 'reset' }]);
    return group;
  });
}

function noteOf(group: DeviceGroup, removed: DeviceGroup | null, change: object) {
  return removed === null
    ? { target: { kind: 'deviceGroup', id: String(group.id) }, after: { name: group.name, ...change } }
    : { target: { kind: 'deviceGroup', id: String(removed.id) }, before: { name: removed.name, rule: removed.rule } };
}

async function requireGroup(db: Db, tenantId: string, id: number): Promise<DeviceGroup> {
  const [group] = await listDeviceGroups(db, tenantId, id);
  if (group === undefined) throw new ScopeError('noSuchGroup', `There is no device group ${id}.`);
  return group;
}

async function assign(trx: Db, tenantId: string, id: number, { accountIds, userGroupIds }: SomeAssignees) {
  if (accountIds !== undefined) {
    await sql`delete from device_group_access where tenant_id = ${tenantId} and device_group_id = ${id}
      and account_id is not null`.execute(trx);
    await sql`insert into device_group_access (tenant_id, device_group_id, account_id)
      select distinct ${tenantId}, ${id}::int, a from unnest(${accountIds}::int[]) a`.execute(trx);
  }
  if (userGroupIds !== undefined) {
    await sql`delete from device_group_access where tenant_id = ${tenantId} and device_group_id = ${id}
      and user_group_id is not null`.execute(trx);
    await sql`insert into device_group_access (tenant_id, device_group_id, user_group_id)
      select distinct ${tenantId}, ${id}::int, g from unnest(${userGroupIds}::int[]) g`.execute(trx);
  }
  // Taking a group from somebody shows them more, never less.
  if (accountIds?.length || userGroupIds?.length) await requireUnscopedAdministrator(trx, tenantId);
}

async function rankedIds(trx: Db, tenantId: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from device_group where tenant_id = ${tenantId} and rank is not null order by rank`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Puts a group at a rank, when one is given, and numbers all of them 1, 2, 3 … */
async function setRank(trx: Db, tenantId: string, id: number, rank: number | undefined): Promise<void> {
  const order = await rankedIds(trx, tenantId);
  if (rank !== undefined && order.includes(id)) {
    order.splice(order.indexOf(id), 1);
    order.splice(rank - 1, 0, id);
  }
  await sql`
    update device_group g set rank = t.rank
    from unnest(${order}::int[]) with ordinality t (id, rank)
    where g.tenant_id = ${tenantId} and g.id = t.id and g.rank <> t.rank`.execute(trx);
}
