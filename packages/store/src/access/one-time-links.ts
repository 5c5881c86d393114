import type { Db } from '../database.ts';
import { AccessError } from './access-error.ts';
import { noSuchAccount } from './accounts.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secret.ts';

/** A one-time link is good for this long, ms. */
export const oneTimeLinkMs = 15 * 60_000;

/** Makes a one-time link for an account that is not disabled; `secret` is shown once. Throws AccessError `noSuchAccount`, `serviceAccount`. */
export async function createOneTimeLink(
  db: Db,
  tenantId: string,
  accountId: number,
  now: Date,
  { local = false }: { local?: boolean } = {},
): Promise<{ secret: string; expiresAt: Date }> {
  const account = await db
    .selectFrom('account')
    .select('kind')
    .where('id', '=', accountId)
    .where('tenant_id', '=', tenantId)
    .where('disabled', '=', false)
    .executeTakeFirst();
  if (account === undefined) throw noSuchAccount();
  if (account.kind === 'service')
    throw new AccessError('serviceAccount', 'A service account has tokens; it cannot sign in.');
  const link = { secret: newSecret(), expiresAt: new Date(now.getTime() + oneTimeLinkMs) };
  await db.deleteFrom('one_time_link').where('expires_at', '<', now.toISOString()).execute();
  await db
    .insertInto('one_time_link')
    .values({ token_hash: hashSecret(link.secret), account_id: accountId, expires_at: link.expiresAt, local })
    .execute();
  return link;
}

/** Uses a link up: the account it signs in, or undefined when it is unknown, used, too old or the account disabled. */
export async function redeemOneTimeLink(
  db: Db,
  secret: string,
  now: Date,
): Promise<{ accountId: number; local: boolean } | undefined> {
  if (!looksLikeSecret(secret)) return undefined;
  // One statement: of two requests with the same link only one gets the row.
  const row = await db
    .updateTable('one_time_link')
    .from('account')
    .set({ used_at: now })
    .whereRef('account.id', '=', 'one_time_link.account_id')
    .where('account.disabled', '=', false)
    .where('account.kind', '=', 'person')
    .where('token_hash', '=', hashSecret(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .returning(['one_time_link.account_id', 'one_time_link.local'])
    .executeTakeFirst();
  return row && { accountId: row.account_id, local: row.local };
}
