import {
  type AccountKind,
  type BuiltInRole,
  devicelessId,
  type Grant,
  type Role,
  type SourceLimit,
} from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';

/** What an account may see and do beside its role. `groups` null = sees everything. */
export type AccountAccess = {
  groups: number[] | null;
  /** The sources the account's own role is for; null = all. */
  roleSources: SourceLimit | null;
  assigned: (({ builtIn: BuiltInRole } | { grants: Grant[] }) & { sources: SourceLimit | null })[];
};

const memberships = sql`select m.user_group_id from user_group_member m where m.account_id = account.id`;
const own = sql`(x.account_id = account.id or x.user_group_id in (${memberships}))`;

/** The device groups of `account`, directly or through its user groups, as numbers; null when it has no assignment. */
export const groupsOfAccount: RawBuilder<number[] | null> = sql`(
  select array_agg(distinct x.device_group_id) || case
    when (select t.scoped_see_deviceless from tenant t where t.id = account.tenant_id) then array[${sql.lit(devicelessId)}]
    else '{}' end
  from device_group_access x where x.tenant_id = account.tenant_id and ${own} having count(*) > 0)`;

const limit = (of: 'x' | 'account') => sql`case when ${sql.ref(`${of}.source_mode`)} <> 'all' then
  json_build_object('mode', ${sql.ref(`${of}.source_mode`)}, 'sources', ${sql.ref(`${of}.sources`)}) end`;

/** The sources that the own role of `account` is for. */
export const roleSourcesOfAccount: RawBuilder<SourceLimit | null> = sql`(${limit('account')})`;

/** The roles assigned to `account`, directly or through its user groups. */
export const rolesOfAccount: RawBuilder<AccountAccess['assigned']> = sql`(
  select coalesce(json_agg(case when x.built_in is null then json_build_object('grants', r.grants, 'sources', ${limit('x')})
    else json_build_object('builtIn', x.built_in, 'sources', ${limit('x')}) end), '[]')
  from role_assignment x left join custom_role r on r.id = x.custom_role_id and r.tenant_id = account.tenant_id
  where x.tenant_id = account.tenant_id and ${own})`;

/** What an account of the tenant may see and do, with its role; null when there is none. */
export async function accountAccess(
  db: Db,
  tenantId: string,
  id: number,
): Promise<(AccountAccess & { userName: string; disabled: boolean; role: Role; kind: AccountKind }) | null> {
  const { rows } = await sql<AccountAccess & { userName: string; disabled: boolean; role: Role; kind: AccountKind }>`
    select kind, user_name as "userName", disabled, role, ${groupsOfAccount} as groups, ${rolesOfAccount} as assigned,
      ${roleSourcesOfAccount} as "roleSources"
    from account where tenant_id = ${tenantId} and id = ${id}`.execute(db);
  return rows[0] ?? null;
}
