import { type ApiToken, type Role, type TokenScope, tokenExpiresSoonMs } from '@throughline/model';
import type { Selectable } from 'kysely';
import type { ApiTokenTable } from '../database/access-tables.ts';
import type { Db } from '../database.ts';
import { type AccountAccess, groupsOfAccount, roleSourcesOfAccount, rolesOfAccount } from '../scope/account-access.ts';
import { AccessError } from './access-error.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secret.ts';

/** Every API token starts with this: secret scanners and people recognise it. */
export const tokenPrefix = 'tl_';
const DAY_MS = 24 * 3_600_000;
const LAST_USED_STEP_MS = 60_000;

/** Whose a valid token is, with the owner's role now. */
export type TokenOwner = AccountAccess & {
  tokenId: number;
  accountId: number;
  userName: string;
  role: Role;
  tenantId: string;
  tokenName: string;
  scopes: TokenScope[];
};

/**
 * Makes a token for a person's account. `token` is shown once; only its hash is stored.
 *
 * @throws AccessError `serviceAccount`: those have tokens of their own kind.
 */
export async function createApiToken(
  db: Db,
  accountId: number,
  { name, scopes, expiresInDays }: { name: string; scopes: readonly TokenScope[]; expiresInDays: number | null },
  now: Date,
): Promise<ApiToken & { token: string }> {
  const owner = await db.selectFrom('account').select('kind').where('id', '=', accountId).executeTakeFirst();
  if (owner?.kind === 'service') {
    throw new AccessError('serviceAccount', 'The tokens of a service account are made under Settings, People.');
  }
  const expiresAt = expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY_MS);
  return insertToken(db, { accountId, name, scopes, expiresAt, createdBy: null }, now);
}

/** What a token is made of, as stored. */
export type NewToken = {
  accountId: number;
  name: string;
  scopes: readonly TokenScope[];
  expiresAt: Date | null;
  /** Who made it, where that is not the owner. */
  createdBy: string | null;
};

/** Stores a new token and returns it with its secret. For the files beside this one, which check first. */
export async function insertToken(
  db: Db,
  { accountId, name, scopes, expiresAt, createdBy }: NewToken,
  now: Date,
): Promise<ApiToken & { token: string }> {
  const token = newSecret(tokenPrefix);
  const row = await db
    .insertInto('api_token')
    .values({
      account_id: accountId,
      name,
      token_hash: hashSecret(token),
      scopes: [...new Set(scopes)],
      created_at: now,
      expires_at: expiresAt,
      created_by: createdBy,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...apiTokenOf(row, now), token };
}

/** The tokens of an account that were not revoked, newest first; expired ones among them. */
export async function listApiTokens(db: Db, accountId: number, now = new Date()): Promise<ApiToken[]> {
  const rows = await db
    .selectFrom('api_token')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => apiTokenOf(row, now));
}

/** Ends a token for good. Throws AccessError `noSuchToken` when the account has no such token. */
export async function revokeApiToken(db: Db, accountId: number, id: number, now: Date): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('api_token')
    .set({ revoked_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw noSuchToken();
}

/** The owner of a token that is valid now; undefined otherwise. Notes its use at most once a minute. */
export async function findApiToken(db: Db, token: string, now: Date): Promise<TokenOwner | undefined> {
  if (!looksLikeSecret(token, tokenPrefix)) return undefined;
  const row = await db
    .selectFrom('api_token')
    .innerJoin('account', 'account.id', 'api_token.account_id')
    .select(['api_token.id', 'name', 'scopes', 'last_used_at', 'account_id', 'user_name', 'role', 'tenant_id'])
    .select([groupsOfAccount.as('groups'), rolesOfAccount.as('assigned'), roleSourcesOfAccount.as('roleSources')])
    .where('token_hash', '=', hashSecret(token))
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now.toISOString())]))
    .where('disabled', '=', false)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.last_used_at === null || now.getTime() - Date.parse(row.last_used_at) > LAST_USED_STEP_MS) {
    await db.updateTable('api_token').set({ last_used_at: now }).where('id', '=', row.id).execute();
  }
  return {
    tokenId: row.id,
    accountId: row.account_id,
    userName: row.user_name,
    role: row.role,
    tenantId: row.tenant_id,
    groups: row.groups,
    roleSources: row.roleSources,
    assigned: row.assigned,
    tokenName: row.name,
    scopes: row.scopes,
  };
}

/** The one answer for a token that is not there or not of this tenant. */
export function noSuchToken(): AccessError {
  return new AccessError('noSuchToken', 'There is no such token.');
}

/** A token's row as the API shows it at an instant. */
export function apiTokenOf(row: Selectable<ApiTokenTable>, now: Date): ApiToken {
  const left = row.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(row.expires_at) - now.getTime();
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdDateTime: row.created_at,
    expiresDateTime: row.expires_at,
    lastUsedDateTime: row.last_used_at,
    expiringSoon: left > 0 && left <= tokenExpiresSoonMs,
  };
}
