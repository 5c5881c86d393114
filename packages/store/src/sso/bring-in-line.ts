import { type BuiltInRole, type MappingGift, type Role, type RoleKey, roles } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { roleColumns } from './mappings.ts';
import { hasOtherUsableAdministrator } from './usable-administrator.ts';

/**
 * What a sign-in changed about an account, for the audit log: changed fields only. With `sight` its groups changed: open
 * pages are to read again.
 */
export type Alignment = { before: Record<string, unknown>; after: Record<string, unknown>; sight: boolean };

/**
 * Brings role, further roles and memberships that came from an identity in line with what its claims give now; what was
 * given by hand is left alone. The last usable administrator keeps role and sight, and `after.kept` says so. With
 * `keepScope` groups of people with device groups stay: who lost those would see everything.
 *
 * The caller holds `lockAssignments`.
 */
export async function bringInLine(
  trx: Db,
  tenantId: string,
  { identityId, accountId }: { identityId: number; accountId: number },
  gifts: readonly MappingGift[],
  { keepScope = false }: { keepScope?: boolean } = {},
): Promise<Alignment> {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const { role, role_base, role_given } = await readRoles(trx, identityId);
  const isLast = role === 'administrator' && !(await hasOtherUsableAdministrator(trx, tenantId, accountId));
  const kept: string[] = [];

  const base = role_given !== null && role === role_given ? role_base : role;
  const mapped = highest([base, ...gifts.flatMap((gift) => (gift.kind === 'role' ? [gift.role] : []))]);
  const keepsRole = isLast && mapped !== 'administrator';
  const next = keepsRole ? role : mapped;
  if (keepsRole) kept.push('role');
  if (next !== role) {
    await trx.updateTable('account').set({ role: next }).where('id', '=', accountId).execute();
    before.role = role;
    after.role = next;
  }
  await trx
    .updateTable('account_identity')
    .set({ role_base: base, role_given: next === base ? null : next })
    .where('id', '=', identityId)
    .execute();

  const wantedGroups = gifts.flatMap((gift) => (gift.kind === 'userGroup' ? [gift.id] : []));
  const groups = await alignMemberships(trx, { identityId, accountId }, wantedGroups, { keepScope, isLast });
  if (groups.withheld.length > 0) kept.push('sight');
  const sight = groups.added.length + groups.removed.length > 0;
  if (sight) {
    before.userGroups = groups.removed;
    after.userGroups = groups.added;
  }

  const wantedRoles = gifts.flatMap((gift) => (gift.kind === 'assignment' ? [gift.key] : []));
  const assigned = await alignAssignments(trx, tenantId, { identityId, accountId }, wantedRoles);
  if (assigned.added.length + assigned.removed.length > 0) {
    before.roles = assigned.removed;
    after.roles = assigned.added;
  }
  if (kept.length > 0) Object.assign(after, { kept, because: 'lastAdministrator' });
  return { before, after, sight };
}

/** Takes back what a provider's claims gave, to everybody or to one identity; scope stays. Returns whether groups changed. */
export async function withdrawAll(
  trx: Db,
  tenantId: string,
  { providerId, identityId }: { providerId?: number; identityId?: number },
): Promise<boolean> {
  let sight = false;
  let query = trx.selectFrom('account_identity').select(['id', 'account_id']).where('tenant_id', '=', tenantId);
  if (providerId !== undefined) query = query.where('provider_id', '=', providerId);
  if (identityId !== undefined) query = query.where('id', '=', identityId);
  for (const { id, account_id } of await query.orderBy('id').execute()) {
    const done = await bringInLine(trx, tenantId, { identityId: id, accountId: account_id }, [], { keepScope: true });
    sight ||= done.sight;
  }
  return sight;
}

type Ids = { identityId: number; accountId: number };
type Roles = { role: Role; role_base: Role; role_given: Role | null };

async function readRoles(trx: Db, identityId: number): Promise<Roles> {
  return trx
    .selectFrom('account_identity')
    .innerJoin('account', 'account.id', 'account_identity.account_id')
    .select(['role', 'role_base', 'role_given'])
    .where('account_identity.id', '=', identityId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

function highest(list: readonly Role[]): Role {
  return roles[Math.max(...list.map((role) => roles.indexOf(role)))] ?? 'reader';
}

async function alignMemberships(
  trx: Db,
  { identityId, accountId }: Ids,
  wanted: readonly number[],
  { keepScope, isLast }: { keepScope: boolean; isLast: boolean },
): Promise<{ added: number[]; removed: number[]; withheld: number[] }> {
  const scoping = sql`exists (select from device_group_access d where d.user_group_id = g.id)`;
  const lacking = await sql<{ id: number; scopes: boolean }>`
    select g.id, ${scoping} as scopes from user_group g where g.id = any(${wanted}::int[])
      and not exists (select from user_group_member m where m.user_group_id = g.id and m.account_id = ${accountId})
    order by g.id`.execute(trx);
  const withheld = lacking.rows.filter(({ scopes }) => isLast && scopes).map(({ id }) => id);
  const adding = lacking.rows.map(({ id }) => id).filter((id) => !withheld.includes(id));
  await sql`insert into user_group_member (user_group_id, account_id)
    select g, ${accountId}::int from unnest(${adding}::int[]) g`.execute(trx);
  await sql`insert into identity_membership (identity_id, user_group_id)
    select ${identityId}::int, g from unnest(${adding}::int[]) g on conflict do nothing`.execute(trx);

  const dropped = await sql<{ id: number }>`
    delete from identity_membership h using user_group g where g.id = h.user_group_id and h.identity_id = ${identityId}
      and not h.user_group_id = any(${wanted}::int[]) and not (${keepScope}::boolean and ${scoping})
    returning h.user_group_id as id`.execute(trx);
  const removed = await sql<{ id: number }>`
    delete from user_group_member m where m.account_id = ${accountId}
      and m.user_group_id = any(${dropped.rows.map(({ id }) => id)}::int[])
      and not exists (select from identity_membership h join account_identity i on i.id = h.identity_id
        where i.account_id = m.account_id and h.user_group_id = m.user_group_id)
    returning m.user_group_id as id`.execute(trx);
  return { added: adding, removed: removed.rows.map(({ id }) => id), withheld };
}

type RoleRow = { built_in: BuiltInRole | null; custom_role_id: number | null };
const keyOf = ({ built_in, custom_role_id }: RoleRow): RoleKey => built_in ?? `custom-${custom_role_id ?? 0}`;

async function alignAssignments(
  trx: Db,
  tenantId: string,
  { identityId, accountId }: Ids,
  wanted: readonly RoleKey[],
): Promise<{ added: RoleKey[]; removed: RoleKey[] }> {
  const added: RoleKey[] = [];
  for (const key of new Set(wanted)) {
    const { built_in, custom_role_id } = roleColumns(key);
    const made = await sql`
      insert into role_assignment (tenant_id, built_in, custom_role_id, account_id)
      values (${tenantId}, ${built_in}, ${custom_role_id}, ${accountId}) on conflict do nothing returning id`.execute(
      trx,
    );
    if (made.rows.length === 0) continue;
    added.push(key);
    await sql`insert into identity_assignment (identity_id, built_in, custom_role_id)
      values (${identityId}, ${built_in}, ${custom_role_id}) on conflict do nothing`.execute(trx);
  }
  const given = await sql<RoleRow>`
    select built_in, custom_role_id from identity_assignment where identity_id = ${identityId}`.execute(trx);
  const removed: RoleKey[] = [];
  for (const row of given.rows.filter((each) => !wanted.includes(keyOf(each)))) {
    const same = sql`built_in is not distinct from ${row.built_in} and custom_role_id is not distinct from ${row.custom_role_id}`;
    await sql`delete from identity_assignment where identity_id = ${identityId} and ${same}`.execute(trx);
    const gone = await sql`
      delete from role_assignment where tenant_id = ${tenantId} and account_id = ${accountId} and ${same}
        and source_mode = 'all'
        and not exists (select from identity_assignment h join account_identity i on i.id = h.identity_id
          where i.account_id = ${accountId} and h.built_in is not distinct from ${row.built_in}
          and h.custom_role_id is not distinct from ${row.custom_role_id})
      returning id`.execute(trx);
    if (gone.rows.length > 0) removed.push(keyOf(row));
  }
  return { added, removed };
}
