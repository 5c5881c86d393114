import { groupAssignee, type UserGroup } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { checkAssignees, lockAssignments, requireUnscopedAdministrator } from './assignees.ts';
import { ScopeError, withFreeName } from './scope-error.ts';

/** The user groups of a tenant, by name, with their members. */
export async function listUserGroups(db: Db, tenantId: string, id?: number): Promise<UserGroup[]> {
  const { rows } = await sql<UserGroup>`
    select g.id, g.name, array(select m.account_id from user_group_member m where m.user_group_id = g.id order by 1) as "accountIds"
    from user_group g where g.tenant_id = ${tenantId} ${id === undefined ? sql`` : sql`and g.id = ${id}`}
    order by lower(g.name)`.execute(db);
  return rows;
}

/** Adds a user group. Throws ScopeError `nameTaken` or `noSuchAccount`. */
export async function createUserGroup(
  db: Db,
  tenantId: string,
  { name, accountIds }: { name: string; accountIds: readonly number[] },
): Promise<UserGroup> {
  return inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const { id } = await withFreeName(name, () =>
      trx.insertInto('user_group').values({ tenant_id: tenantId, name }).returning('id').executeTakeFirstOrThrow(),
    );
    await setMembers(trx, tenantId, id, accountIds);
    noteChange(trx, { target: targetOf(id), after: { name, accountIds } });
    return requireUserGroup(trx, tenantId, id);
  });
}

/** Renames a user group or gives it other members. Throws ScopeError. */
export async function changeUserGroup(
  db: Db,
  tenantId: string,
  id: number,
  { name, accountIds }: { name?: string | undefined; accountIds?: readonly number[] | undefined },
): Promise<UserGroup> {
  return inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const before = await requireUserGroup(trx, tenantId, id);
    if (name !== undefined) {
      await withFreeName(name, () => trx.updateTable('user_group').set({ name }).where('id', '=', id).execute());
      if (name !== before.name) await renameAssignee(trx, tenantId, before.name, name);
    }
    if (accountIds !== undefined) {
      await setMembers(trx, tenantId, id, accountIds);
      await announce(trx, tenantId, [{ type: 'reset' }]);
    }
    noteChange(trx, { target: targetOf(id), before: { ...before }, after: { name, accountIds } });
    return requireUserGroup(trx, tenantId, id);
  });
}

/**
 * Puts an account into exactly these user groups.
 *
 * @throws ScopeError `noSuchAccount`, `noSuchGroup`; `lastUnscopedAdministrator` when nobody is left who sees everything
 * and manages access.
 */
export async function setUserGroupsOf(
  db: Db,
  tenantId: string,
  accountId: number,
  userGroupIds: readonly number[],
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    await checkAssignees(trx, tenantId, { accountIds: [accountId], userGroupIds });
    const before = await userGroupsOf(trx, tenantId, accountId);
    await sql`delete from user_group_member where account_id = ${accountId}`.execute(trx);
    await sql`insert into user_group_member (user_group_id, account_id)
      select distinct g, ${accountId}::int from unnest(${userGroupIds}::int[]) g`.execute(trx);
    if (userGroupIds.length > 0) await requireUnscopedAdministrator(trx, tenantId);
    noteChange(trx, {
      target: { kind: 'account', id: String(accountId) },
      before: { userGroupIds: before },
      after: { userGroupIds },
    });
    await announce(trx, tenantId, [{ type: 'reset' }]);
  });
}

/** The numbers of the user groups that an account of the tenant is in. */
export async function userGroupsOf(db: Db, tenantId: string, accountId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select g.id from user_group g join user_group_member m on m.user_group_id = g.id
    where g.tenant_id = ${tenantId} and m.account_id = ${accountId} order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Removes a user group. Work that was given to it keeps its name, so that nothing is lost.
 *
 * @throws ScopeError `noSuchGroup`; `groupAssigned` while device groups are assigned to it, since its members would see
 * everything afterwards.
 */
export async function deleteUserGroup(db: Db, tenantId: string, id: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const before = await requireUserGroup(trx, tenantId, id);
    const { rows } = await sql`select from device_group_access where user_group_id = ${id} limit 1`.execute(trx);
    if (rows.length > 0) {
      throw new ScopeError(
        'groupAssigned',
        'Take its device groups from it first: members who are left without any see everything.',
      );
    }
    noteChange(trx, { target: targetOf(id), before: { ...before } });
    await sql`delete from user_group where tenant_id = ${tenantId} and id = ${id}`.execute(trx);
    await announce(trx, tenantId, [{ type: 'reset' }]);
  });
}

/** Work that is given to a group stays the group's under its new name. */
async function renameAssignee(trx: Db, tenantId: string, before: string, name: string): Promise<void> {
  const [was, is] = [groupAssignee(before), groupAssignee(name)];
  await sql`update incident set assigned_to = ${is}, standing_version = standing_version + 1
    where tenant_id = ${tenantId} and assigned_to = ${was}`.execute(trx);
  await sql`update alert set assigned_to = ${is} where tenant_id = ${tenantId} and assigned_to = ${was}`.execute(trx);
  await announce(trx, tenantId, [{ type: 'reset' }]);
}

function targetOf(id: number) {
  return { kind: 'userGroup', id: String(id) };
}

async function requireUserGroup(db: Db, tenantId: string, id: number): Promise<UserGroup> {
  const [group] = await listUserGroups(db, tenantId, id);
  if (group === undefined) throw new ScopeError('noSuchGroup', `There is no user group ${id}.`);
  return group;
}

async function setMembers(trx: Db, tenantId: string, id: number, accountIds: readonly number[]): Promise<void> {
  await checkAssignees(trx, tenantId, { accountIds });
  await sql`delete from user_group_member where user_group_id = ${id}`.execute(trx);
  await sql`insert into user_group_member (user_group_id, account_id)
    select distinct ${id}::int, a from unnest(${accountIds}::int[]) a`.execute(trx);
  if (accountIds.length > 0) await requireUnscopedAdministrator(trx, tenantId);
}
