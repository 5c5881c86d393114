import { defaultTenant } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { AccessError } from './access-error.ts';
import { noSuchAccount } from './accounts.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { hashSecret } from './secret.ts';
import { giveTryBack, type ThrottleLimits, takeTry } from './sign-in-throttle.ts';

/** What a sign-in with name and password came to. */
export type SignInResult =
  | { kind: 'signedIn'; accountId: number }
  | { kind: 'refused' }
  | { kind: 'throttled'; retryAfterMs: number };

/**
 * Checks a name and a password, throttled per name and per address. Unknown names, disabled accounts and accounts
 * without a password are refused like a wrong password, after the same work.
 */
export async function signIn(
  db: Db,
  attempt: { userName: string; password: string; address: string },
  now: Date,
  limits?: ThrottleLimits,
): Promise<SignInResult> {
  const allowed = await takeTry(db, attempt, now, limits);
  if (!allowed.allowed) return { kind: 'throttled', retryAfterMs: allowed.retryAfterMs };
  const account = await db
    .selectFrom('account')
    .select(['id', 'password_hash', 'disabled'])
    .where('tenant_id', '=', defaultTenant)
    .where(sql`lower(user_name)`, '=', attempt.userName.toLowerCase())
    .executeTakeFirst();
  const usable = account !== undefined && !account.disabled ? account.password_hash : null;
  if (!(await verifyPassword(attempt.password, usable)) || account === undefined) return { kind: 'refused' };
  await giveTryBack(db, attempt, now);
  return { kind: 'signedIn', accountId: account.id };
}

/**
 * Whether a password is that of an account, throttled like a sign-in; false also when it has none.
 *
 * @throws AccessError `tooManyTries`.
 */
export async function isOwnPassword(
  db: Db,
  accountId: number,
  { password, address }: { password: string; address: string },
  now: Date,
): Promise<boolean> {
  const account = await db
    .selectFrom('account')
    .select(['user_name', 'password_hash'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  const attempt = { userName: account?.user_name ?? '', address };
  const allowed = await takeTry(db, attempt, now);
  if (!allowed.allowed) throw tooManyTries(allowed.retryAfterMs);
  if (!(await verifyPassword(password, account?.password_hash ?? null))) return false;
  await giveTryBack(db, attempt, now);
  return true;
}

/**
 * Sets an account's password and ends its other sessions. An account that has one must give it, throttled like a
 * sign-in, so that a borrowed browser cannot guess.
 *
 * @throws AccessError `wrongPassword`, `tooManyTries`, `noSuchAccount`.
 */
export async function setPassword(
  db: Db,
  accountId: number,
  { current, password, address }: { current?: string | undefined; password: string; address: string },
  now: Date,
  keepSession?: string,
): Promise<void> {
  const account = await db.selectFrom('account').select('password_hash').where('id', '=', accountId).executeTakeFirst();
  if (account === undefined) throw noSuchAccount();
  if (account.password_hash !== null) {
    if (!(await isOwnPassword(db, accountId, { password: current ?? '', address }, now))) {
      throw new AccessError('wrongPassword', 'The current password is not right.');
    }
  }
  const hash = await hashPassword(password);
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('account').set({ password_hash: hash }).where('id', '=', accountId).execute();
    await trx.deleteFrom('one_time_link').where('account_id', '=', accountId).execute();
    await trx.deleteFrom('pending_sign_in').where('account_id', '=', accountId).execute();
    let others = trx.deleteFrom('session').where('account_id', '=', accountId);
    if (keepSession !== undefined) others = others.where('token_hash', '<>', hashSecret(keepSession));
    await others.execute();
    noteChange(trx, { target: { kind: 'account', id: String(accountId) } });
  });
}

/** The refusal of a throttled try. */
export function tooManyTries(retryAfterMs: number): AccessError {
  return new AccessError('tooManyTries', `Too many tries: try again in ${Math.ceil(retryAfterMs / 1000)} seconds.`);
}
