import type { LocalOffObstacle, SignInPolicy, SignInPolicyChange } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';
import { lockAssignments } from '../scope/assignees.ts';
import { readLocalSignIn } from './local-sign-in.ts';
import { SsoError } from './sso-error.ts';
import { isBreakGlass, isFullAdministrator, isOpenWay } from './usable-administrator.ts';

/** What a right password is worth: a sign-in, one in an emergency, which is told, or none. */
export type LocalSignIn = 'allowed' | 'breakGlass' | 'refused';

/** Whether an account may sign in without a provider. Ask it after the password was right. */
export async function localSignInAllowed(db: Db, tenantId: string, accountId: number): Promise<LocalSignIn> {
  if (await readLocalSignIn(db, tenantId)) return 'allowed';
  const { rows } = await sql`
    select from account a where a.tenant_id = ${tenantId} and a.id = ${accountId} and ${isBreakGlass}`.execute(db);
  return rows.length > 0 ? 'breakGlass' : 'refused';
}

/** Who may sign in with a password, what stands in the way of turning it off, and who could get in without. */
export async function readSignInPolicy(db: Db, tenantId: string): Promise<SignInPolicy> {
  const breakGlass = await sql<SignInPolicy['breakGlass'][number]>`
    select a.id as "accountId", a.user_name as "userName", a.display_name as "displayName", a.break_glass as marked
    from account a where a.tenant_id = ${tenantId} and a.role = 'administrator' and not a.disabled
      and a.password_hash is not null order by lower(a.user_name)`.execute(db);
  const couldGetIn = await sql<SignInPolicy['couldGetIn'][number]>`
    select a.id as "accountId", a.user_name as "userName", a.display_name as "displayName", p.name as by
    from account a join account_identity i on i.account_id = a.id join sign_in_provider p on ${isOpenWay}
    where a.tenant_id = ${tenantId} and ${isFullAdministrator}
    union all
    select a.id, a.user_name, a.display_name, 'password (break-glass)' from account a
    where a.tenant_id = ${tenantId} and ${isBreakGlass} order by 2, 4`.execute(db);
  return {
    localSignIn: await readLocalSignIn(db, tenantId),
    obstacles: await obstaclesOf(db, tenantId),
    breakGlass: breakGlass.rows,
    couldGetIn: couldGetIn.rows,
  };
}

/**
 * Turns sign-in by password on or off, and sets which accounts are break-glass to exactly these.
 *
 * @throws SsoError `localOffNotSafe` with what stands in the way; `notFitForBreakGlass` for an account that is no enabled
 * administrator with a password. The database refuses to take away the last usable one while sign-in by password is off.
 */
export async function changeSignInPolicy(
  db: Db,
  tenantId: string,
  { localSignIn, breakGlassAccountIds }: SignInPolicyChange,
): Promise<SignInPolicy> {
  return inTransaction(db, async (trx) => {
    await lockAssignments(trx, tenantId);
    const before = await readSignInPolicy(trx, tenantId);
    if (breakGlassAccountIds !== undefined) await markBreakGlass(trx, tenantId, before, breakGlassAccountIds);
    if (localSignIn === false) {
      const obstacles = await obstaclesOf(trx, tenantId);
      if (obstacles.length > 0) {
        throw new SsoError('localOffNotSafe', obstacles.map((each) => obstacleWords[each]).join(' '));
      }
    }
    if (localSignIn !== undefined) {
      await trx
        .insertInto('sign_in_policy')
        .values({ tenant_id: tenantId, local_sign_in: localSignIn })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ local_sign_in: localSignIn }))
        .execute();
    }
    const after = await readSignInPolicy(trx, tenantId);
    noteChange(trx, { target: { kind: 'signInPolicy', id: tenantId }, before: told(before), after: told(after) });
    return after;
  });
}

const obstacleWords: Record<LocalOffObstacle, string> = {
  noProvenProvider:
    'No provider is proven: an administrator who sees everything must have signed in through an enabled one since it was last changed.',
  noBreakGlassAccount: 'No break-glass account: mark an administrator with a password first.',
};

async function obstaclesOf(db: Db, tenantId: string): Promise<LocalOffObstacle[]> {
  const { rows } = await sql<{ proven: boolean; glass: boolean }>`
    select
      exists (select from account a join account_identity i on i.account_id = a.id
        join sign_in_provider p on ${isOpenWay}
        where a.tenant_id = ${tenantId} and ${isFullAdministrator} and i.last_sign_in_at > p.changed_at) as proven,
      exists (select from account a where a.tenant_id = ${tenantId} and ${isBreakGlass}) as glass`.execute(db);
  const { proven = false, glass = false } = rows[0] ?? {};
  return [...(proven ? [] : ['noProvenProvider' as const]), ...(glass ? [] : ['noBreakGlassAccount' as const])];
}

async function markBreakGlass(
  trx: Db,
  tenantId: string,
  { breakGlass }: SignInPolicy,
  ids: readonly number[],
): Promise<void> {
  const unfit = ids.find((id) => !breakGlass.some(({ accountId }) => accountId === id));
  if (unfit !== undefined) {
    throw new SsoError('notFitForBreakGlass', `Account ${unfit} is no enabled administrator with a password.`);
  }
  await sql`update account set break_glass = id = any(${ids}::int[])
    where tenant_id = ${tenantId} and break_glass <> (id = any(${ids}::int[]))`.execute(trx);
}

function told({ localSignIn, breakGlass }: SignInPolicy) {
  return { localSignIn, breakGlass: breakGlass.filter(({ marked }) => marked).map(({ userName }) => userName) };
}
