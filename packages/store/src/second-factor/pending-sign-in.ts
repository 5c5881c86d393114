import type { SessionMethod } from '@throughline/model';
import { hashSecret, looksLikeSecret, newSecret } from '../access/secret.ts';
import type { Db } from '../database.ts';

/** After the first factor the second is waited for this long, ms. */
export const pendingSignInMs = 5 * 60_000;

/** Whose sign-in waits, and how it began. */
export type PendingSignIn = {
  accountId: number;
  tenantId: string;
  userName: string;
  method: SessionMethod;
};

/** Keeps a sign-in whose first factor was right; `secret` is for the browser's cookie. */
export async function openPendingSignIn(
  db: Db,
  accountId: number,
  method: SessionMethod,
  now: Date,
): Promise<{ secret: string; expiresAt: Date }> {
  const pending = { secret: newSecret(), expiresAt: new Date(now.getTime() + pendingSignInMs) };
  await db.deleteFrom('pending_sign_in').where('expires_at', '<', now.toISOString()).execute();
  await db
    .insertInto('pending_sign_in')
    .values({ token_hash: hashSecret(pending.secret), account_id: accountId, method, expires_at: pending.expiresAt })
    .execute();
  return pending;
}

/** The sign-in that a browser waits in; undefined when it is unknown, used, too old, or its account disabled. */
export async function findPendingSignIn(db: Db, secret: string, now: Date): Promise<PendingSignIn | undefined> {
  if (!looksLikeSecret(secret)) return undefined;
  const row = await db
    .selectFrom('pending_sign_in')
    .innerJoin('account', 'account.id', 'pending_sign_in.account_id')
    .select(['account.id', 'tenant_id', 'user_name', 'method'])
    .where('token_hash', '=', hashSecret(secret))
    .where('expires_at', '>', now.toISOString())
    .where('disabled', '=', false)
    .executeTakeFirst();
  return row && { accountId: row.id, tenantId: row.tenant_id, userName: row.user_name, method: row.method };
}

/** Uses a pending sign-in up; false when another request did. */
export async function closePendingSignIn(db: Db, secret: string): Promise<boolean> {
  const row = await db
    .deleteFrom('pending_sign_in')
    .where('token_hash', '=', hashSecret(secret))
    .returning('account_id')
    .executeTakeFirst();
  return row !== undefined;
}
