import { type Account, type ApiToken, longestServiceTokenDays, type Role, type TokenScope } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { announce } from '../command/announce.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { checkAssignees, lockAssignments } from '../scope/assignees.ts';
import { ScopeError } from '../scope/scope-error.ts';
import { AccessError } from './access-error.ts';
import { createAccount, noSuchAccount } from './accounts.ts';
import { apiTokenOf, insertToken, noSuchToken } from './api-tokens.ts';

const DAY_MS = 24 * 3_600_000;

/** A program's account: what it may do by role and user groups, what it sees by device groups. */
export type NewServiceAccount = {
  userName: string;
  displayName: string;
  role: Role;
  userGroupIds: readonly number[];
  /** None = everything. */
  deviceGroupIds: readonly number[];
};

/**
 * Adds a service account, with its groups from the first moment on.
 *
 * @throws AccessError `userNameTaken`; ScopeError `noSuchGroup`.
 */
export async function createServiceAccount(db: Db, tenantId: string, wanted: NewServiceAccount): Promise<Account> {
  const { userGroupIds, deviceGroupIds, ...account } = wanted;
  return inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    await checkAssignees(trx, tenantId, { userGroupIds });
    const made = await createAccount(trx, tenantId, { ...account, kind: 'service' });
    await sql`insert into user_group_member (user_group_id, account_id)
      select distinct g, ${made.id}::int from unnest(${userGroupIds}::int[]) g`.execute(trx);
    const { numAffectedRows = 0n } = await sql`
      insert into device_group_access (tenant_id, device_group_id, account_id)
      select tenant_id, id, ${made.id}::int from device_group
      where tenant_id = ${tenantId} and id = any(${deviceGroupIds}::int[])`.execute(trx);
    if (Number(numAffectedRows) !== new Set(deviceGroupIds).size) {
      throw new ScopeError('noSuchGroup', 'One of the device groups is not there any more.');
    }
    noteChange(trx, { target: { kind: 'account', id: String(made.id) }, after: { kind: 'service', ...wanted } });
    return made;
  });
}

/**
 * Removes a service account with its tokens. What it did stays in the logs, under its name.
 *
 * @throws AccessError `noSuchAccount`, also for the account of a person.
 */
export async function deleteServiceAccount(db: Db, tenantId: string, id: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const { user_name } = await requireService(trx, tenantId, id);
    await sql`delete from token_address where token_id in (select t.id from api_token t where t.account_id = ${id})`.execute(
      trx,
    );
    for (const table of ['api_token', 'user_group_member', 'device_group_access', 'role_assignment'] as const) {
      await trx.deleteFrom(table).where('account_id', '=', id).execute();
    }
    await trx.deleteFrom('account').where('id', '=', id).execute();
    noteChange(trx, { target: { kind: 'account', id: String(id) }, before: { kind: 'service', userName: user_name } });
    await announce(trx, tenantId, [{ type: 'reset' }]);
  });
}

/** When a token shall end: after days or at an instant, ISO 8601; one of them. */
export type TokenLife = { expiresInDays?: number | undefined; expiresDateTime?: string | undefined };

/**
 * Makes a token of a service account. `token` is shown once; only its hash is stored.
 *
 * @throws AccessError `noSuchAccount`; `serviceAccount` when it is disabled; `tokenEndNotAllowed` for an end that is past or
 * beyond two years.
 */
export async function createServiceToken(
  db: Db,
  tenantId: string,
  accountId: number,
  { name, scopes, by, ...life }: TokenLife & { name: string; scopes: readonly TokenScope[]; by: string },
  now: Date,
): Promise<ApiToken & { token: string }> {
  const expiresAt = endOf(life, now);
  return inTransaction(db, async (trx) => {
    const { disabled } = await requireService(trx, tenantId, accountId);
    if (disabled) throw new AccessError('serviceAccount', 'This service account is disabled: enable it first.');
    const made = await insertToken(trx, { accountId, name, scopes, expiresAt, createdBy: by }, now);
    noteChange(trx, { target: targetOf(made.id), after: { account: accountId, name, scopes, expiresAt } });
    return made;
  });
}

/**
 * Makes a token's successor, of the same name and scopes; the old one ends in so many hours, if not earlier.
 *
 * @throws AccessError `noSuchToken` unless it is a valid token of a service account that is not disabled;
 * `tokenEndNotAllowed`.
 */
export async function replaceServiceToken(
  db: Db,
  tenantId: string,
  tokenId: number,
  { endsInHours, by, ...life }: TokenLife & { endsInHours: number; by: string },
  now: Date,
): Promise<{ made: ApiToken & { token: string }; old: ApiToken }> {
  const expiresAt = endOf(life, now);
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ account_id: number; name: string; scopes: TokenScope[] }>`
      select t.account_id, t.name, t.scopes from api_token t join account a on a.id = t.account_id
      where t.id = ${tokenId} and a.tenant_id = ${tenantId} and a.kind = 'service' and not a.disabled
        and t.revoked_at is null and t.expires_at > ${now}
      for update of t, a`.execute(trx);
    const [row] = rows;
    if (row === undefined) throw noSuchToken();
    const { account_id: accountId, name, scopes } = row;
    const made = await insertToken(trx, { accountId, name, scopes, expiresAt, createdBy: by }, now);
    const ends = new Date(now.getTime() + endsInHours * 3_600_000);
    const old = await trx
      .updateTable('api_token')
      .set({ expires_at: sql`least(expires_at, ${ends})` })
      .where('id', '=', tokenId)
      .returningAll()
      .executeTakeFirstOrThrow();
    const after = { account: accountId, replaces: tokenId, oldEnds: old.expires_at, name, scopes, expiresAt };
    noteChange(trx, { target: targetOf(made.id), after });
    return { made, old: apiTokenOf(old, now) };
  });
}

function targetOf(id: number) {
  return { kind: 'token', id: String(id) };
}

async function requireService(trx: Db, tenantId: string, id: number) {
  const account = await trx
    .selectFrom('account')
    .select(['user_name', 'disabled'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('kind', '=', 'service')
    .forUpdate()
    .executeTakeFirst();
  if (account === undefined) throw noSuchAccount();
  return account;
}

function endOf({ expiresInDays, expiresDateTime }: TokenLife, now: Date): Date {
  const end =
    expiresDateTime === undefined ? now.getTime() + (expiresInDays ?? 0) * DAY_MS : Date.parse(expiresDateTime);
  if (!(end > now.getTime() && end <= now.getTime() + longestServiceTokenDays * DAY_MS)) {
    throw new AccessError('tokenEndNotAllowed', 'A token of a service account ends after now and within two years.');
  }
  return new Date(end);
}
