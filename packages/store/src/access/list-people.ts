import type { Account } from '@throughline/model';
import { type Selectable, sql } from 'kysely';
import type { AccountTable } from '../database/access-tables.ts';
import type { Db } from '../database.ts';
import { type AccountAccess, groupsOfAccount, roleSourcesOfAccount, rolesOfAccount } from '../scope/account-access.ts';
import { accountOf } from './accounts.ts';

type Named = { id: number; name: string };

/** An account with its groups, what it may do, and how it comes in. */
export type ListedPerson = Account &
  Pick<AccountAccess, 'assigned'> & {
    userGroups: Named[];
    /** null = it sees everything. */
    deviceGroups: Named[] | null;
    /** Its ways in. */
    hasPassword: boolean;
    hasProvider: boolean;
    hasPasskey: boolean;
    hasAuthenticator: boolean;
    /** Tokens that are valid now, and those of them that end before `soon`. */
    tokens: number;
    tokensExpiringSoon: number;
  };

type Row = Selectable<AccountTable> &
  AccountAccess & {
    user_groups: Named[];
    tokens: number;
    expiring: number;
    provider: boolean;
    passkey: boolean;
    authenticator: boolean;
  };

/** All accounts of a tenant, by user name. Tokens that end between `now` and `soon` are counted as expiring soon. */
export async function listPeople(db: Db, tenantId: string, now: Date, soon: Date): Promise<ListedPerson[]> {
  const { rows } = await sql<Row>`
    select account.*, ${groupsOfAccount} as groups, ${rolesOfAccount} as assigned, ${roleSourcesOfAccount} as "roleSources",
      (select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) order by lower(g.name)), '[]')
        from user_group g join user_group_member m on m.user_group_id = g.id
        where m.account_id = account.id and g.tenant_id = account.tenant_id) as user_groups,
      exists (select from account_identity w where w.account_id = account.id) as provider,
      exists (select from passkey w where w.account_id = account.id) as passkey,
      exists (select from authenticator w where w.account_id = account.id and w.confirmed_at is not null) as authenticator,
      coalesce(t.tokens, 0)::int as tokens, coalesce(t.expiring, 0)::int as expiring
    from account left join (
      select account_id, count(*) as tokens, count(*) filter (where expires_at <= ${soon}) as expiring from api_token
      where revoked_at is null and (expires_at is null or expires_at > ${now}) group by account_id
    ) t on t.account_id = account.id
    where tenant_id = ${tenantId} order by lower(user_name)`.execute(db);
  const groups = await db
    .selectFrom('device_group')
    .select(['id', 'name'])
    .where('tenant_id', '=', tenantId)
    .orderBy(sql`rank nulls last`)
    .execute();
  return rows.map((row) => ({
    ...accountOf(row),
    assigned: row.assigned,
    userGroups: row.user_groups,
    deviceGroups: row.groups === null ? null : groups.filter(({ id }) => row.groups?.includes(id)),
    hasPassword: row.password_hash !== null,
    hasProvider: row.provider,
    hasPasskey: row.passkey,
    hasAuthenticator: row.authenticator,
    tokens: row.disabled ? 0 : row.tokens,
    tokensExpiringSoon: row.disabled ? 0 : row.expiring,
  }));
}
