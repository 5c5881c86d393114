import type { Role } from '@throughline/model';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { type AccountAccess, groupsOfAccount, rolesOfAccount } from '../scope/account-access.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secret.ts';

/** A session ends after this long without a request, ms. */
export const sessionIdleMs = 24 * 3_600_000;
/** A session ends this long after its sign-in, whatever happens, ms. */
export const sessionLongestMs = 30 * 24 * 3_600_000;
// The expiry slides in steps, so that not every request writes.
const SLIDE_STEP_MS = 5 * 60_000;

/** A session as its owner gets it: `secret` goes into the cookie and is stored nowhere. */
export type NewSession = { secret: string; csrfToken: string; expiresAt: Date };

/** Whose a valid session is. */
export type SessionOwner = AccountAccess & {
  accountId: number;
  userName: string;
  displayName: string;
  role: Role;
  tenantId: string;
  hasPassword: boolean;
  csrfToken: string;
};

/** Opens a session for an account and notes the sign-in. Ends the session `replaces` names, when given. */
export async function openSession(db: Db, accountId: number, now: Date, replaces?: string): Promise<NewSession> {
  const session = { secret: newSecret(), csrfToken: newSecret(), expiresAt: after(now, sessionIdleMs) };
  await db.transaction().execute(async (trx) => {
    if (replaces !== undefined)
      await trx.deleteFrom('session').where('token_hash', '=', hashSecret(replaces)).execute();
    await trx.deleteFrom('session').where('expires_at', '<', now.toISOString()).execute();
    await trx
      .insertInto('session')
      .values({
        token_hash: hashSecret(session.secret),
        account_id: accountId,
        csrf_token: session.csrfToken,
        created_at: now,
        expires_at: session.expiresAt,
      })
      .execute();
    const owner = await trx
      .updateTable('account')
      .set({ last_sign_in_at: now })
      .where('id', '=', accountId)
      .returning('user_name')
      .executeTakeFirst();
    const id = String(accountId);
    const actor = { kind: 'person' as const, name: owner?.user_name ?? '', id };
    noteChange(trx, { actor, target: { kind: 'account', id } });
  });
  return session;
}

/** The owner of a session that is neither over nor of a disabled account; undefined otherwise. Slides its expiry. */
export async function findSession(db: Db, secret: string, now: Date): Promise<SessionOwner | undefined> {
  if (!looksLikeSecret(secret)) return undefined;
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select(['account.id', 'user_name', 'display_name', 'role', 'tenant_id', 'password_hash'])
    .select(['csrf_token', 'session.created_at as opened_at', 'expires_at'])
    .select([groupsOfAccount.as('groups'), rolesOfAccount.as('assigned')])
    .where('token_hash', '=', hashSecret(secret))
    .where('expires_at', '>', now.toISOString())
    .where('disabled', '=', false)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await slide(db, secret, row, now);
  return {
    accountId: row.id,
    userName: row.user_name,
    displayName: row.display_name,
    role: row.role,
    tenantId: row.tenant_id,
    groups: row.groups,
    assigned: row.assigned,
    hasPassword: row.password_hash !== null,
    csrfToken: row.csrf_token,
  };
}

/** Ends one session; nothing happens when there is none. */
export async function closeSession(db: Db, secret: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', hashSecret(secret)).execute();
}

async function slide(db: Db, secret: string, row: { opened_at: string; expires_at: string }, now: Date): Promise<void> {
  const latest = Date.parse(row.opened_at) + sessionLongestMs;
  const expiry = new Date(Math.min(now.getTime() + sessionIdleMs, latest));
  if (expiry.getTime() - Date.parse(row.expires_at) < SLIDE_STEP_MS) return;
  await db.updateTable('session').set({ expires_at: expiry }).where('token_hash', '=', hashSecret(secret)).execute();
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
