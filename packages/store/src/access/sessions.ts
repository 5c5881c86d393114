import type { Role, SecondFactor, SecondFactorPolicy, SessionMethod } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { type AccountAccess, groupsOfAccount, roleSourcesOfAccount, rolesOfAccount } from '../scope/account-access.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secret.ts';

/** A session ends after this long without a request, ms. */
export const sessionIdleMs = 24 * 3_600_000;
/** A session ends this long after its sign-in, whatever happens, ms. */
export const sessionLongestMs = 30 * 24 * 3_600_000;
// Expiry and last use move in steps, so that not every request writes.
const SEEN_STEP_MS = 5 * 60_000;
const USER_AGENT_LENGTH = 300;

/** A session as its owner gets it: `secret` goes into the cookie and is stored nowhere. */
export type NewSession = { secret: string; csrfToken: string; expiresAt: Date };

/** How a session began, and with which second factor. */
export type SessionBeginning = { method: SessionMethod; secondFactor?: SecondFactor | undefined };

/** From where a session is used: network address and the browser's own words about itself. */
export type SessionPlace = { address: string; userAgent: string };

/** Whose a valid session is. */
export type SessionOwner = AccountAccess & {
  accountId: number;
  userName: string;
  displayName: string;
  role: Role;
  tenantId: string;
  hasPassword: boolean;
  csrfToken: string;
  sessionId: number;
  method: SessionMethod;
  /** When its owner last showed who they are, ISO. */
  provedDateTime: string;
  hasSecondFactor: boolean;
  secondFactorPolicy: SecondFactorPolicy;
  /** It began with a break-glass account, while sign-in by password is off. */
  breakGlass: boolean;
};

/** Opens a session for an account and notes the sign-in. Ends the session `replaces` names, when given. */
export async function openSession(
  db: Db,
  accountId: number,
  now: Date,
  replaces?: string,
  { method, secondFactor }: SessionBeginning = { method: 'password' },
  place?: SessionPlace,
): Promise<NewSession> {
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
        method,
        second_factor: secondFactor ?? null,
        proved_at: now,
        last_seen_at: now,
        address: place?.address ?? null,
        user_agent: place?.userAgent.slice(0, USER_AGENT_LENGTH) ?? '',
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

const hasSecondFactor = sql<boolean>`(
  exists (select from authenticator f where f.account_id = account.id and f.confirmed_at is not null)
  or exists (select from passkey f where f.account_id = account.id))`;

const isBreakGlass = sql<boolean>`(account.break_glass and session.method in ('password', 'passkey')
  and exists (select from sign_in_policy p where p.tenant_id = account.tenant_id and not p.local_sign_in))`;

/**
 * The owner of a session that is neither over nor of a disabled account; undefined otherwise. Slides its expiry and notes
 * from where it is used, at most once in five minutes.
 */
export async function findSession(
  db: Db,
  secret: string,
  now: Date,
  place?: SessionPlace,
): Promise<SessionOwner | undefined> {
  if (!looksLikeSecret(secret)) return undefined;
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .innerJoin('tenant', 'tenant.id', 'account.tenant_id')
    .select(['account.id', 'user_name', 'display_name', 'role', 'tenant_id', 'password_hash'])
    .select(['csrf_token', 'session.created_at as opened_at', 'session.id as session_id'])
    .select(['method', 'proved_at', 'last_seen_at', 'second_factor_policy', hasSecondFactor.as('has_second_factor')])
    .select(isBreakGlass.as('break_glass_session'))
    .select([groupsOfAccount.as('groups'), rolesOfAccount.as('assigned'), roleSourcesOfAccount.as('roleSources')])
    .where('token_hash', '=', hashSecret(secret))
    .where('expires_at', '>', now.toISOString())
    .where('disabled', '=', false)
    .where('account.kind', '=', 'person')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await noteUse(db, secret, row, now, place);
  return {
    accountId: row.id,
    userName: row.user_name,
    displayName: row.display_name,
    role: row.role,
    tenantId: row.tenant_id,
    groups: row.groups,
    roleSources: row.roleSources,
    assigned: row.assigned,
    hasPassword: row.password_hash !== null,
    csrfToken: row.csrf_token,
    sessionId: row.session_id,
    method: row.method,
    provedDateTime: row.proved_at,
    hasSecondFactor: row.has_second_factor,
    secondFactorPolicy: row.second_factor_policy,
    breakGlass: row.break_glass_session,
  };
}

/** Notes that the owner of a session has just shown who they are. */
export async function noteProof(db: Db, secret: string, now: Date): Promise<void> {
  await db.updateTable('session').set({ proved_at: now }).where('token_hash', '=', hashSecret(secret)).execute();
}

/** Ends one session; nothing happens when there is none. */
export async function closeSession(db: Db, secret: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', hashSecret(secret)).execute();
}

async function noteUse(
  db: Db,
  secret: string,
  row: { opened_at: string; last_seen_at: string },
  now: Date,
  place: SessionPlace | undefined,
): Promise<void> {
  if (now.getTime() - Date.parse(row.last_seen_at) < SEEN_STEP_MS) return;
  const latest = Date.parse(row.opened_at) + sessionLongestMs;
  const expiry = new Date(Math.min(now.getTime() + sessionIdleMs, latest));
  const from =
    place === undefined ? {} : { address: place.address, user_agent: place.userAgent.slice(0, USER_AGENT_LENGTH) };
  await db
    .updateTable('session')
    .set({ expires_at: expiry, last_seen_at: now, ...from })
    .where('token_hash', '=', hashSecret(secret))
    .execute();
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
