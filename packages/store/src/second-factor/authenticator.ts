import { AccessError } from '../access/access-error.ts';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import type { SecretKeys } from '../secret/secret-keys.ts';
import { openSecret, type SecretPlace, sealSecretIn, wipeSecret } from '../secret/secrets.ts';
import { dropCodesWithoutFactor } from './recovery-codes.ts';

/** Whose factors they are. */
export type FactorOwner = { tenantId: string; accountId: number };

/**
 * Keeps the key of a new authenticator app, sealed. It counts once a code was right; until then a newer key takes its
 * place. `secret` is base32.
 *
 * @throws AccessError `authenticatorPresent` when there is a confirmed one; SecretError.
 */
export async function startAuthenticator(
  db: Db,
  keys: SecretKeys,
  owner: FactorOwner,
  secret: string,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('authenticator')
      .values({ account_id: owner.accountId, created_at: now })
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet({ created_at: now }).where('authenticator.confirmed_at', 'is', null),
      )
      .returning('account_id')
      .executeTakeFirst();
    if (row === undefined) {
      throw new AccessError('authenticatorPresent', 'This account has an authenticator app. Remove it first.');
    }
    await sealSecretIn(trx, keys, placeOf(owner), secret, now);
    noteChange(trx, { target: targetOf(owner), after: { authenticator: 'started' } });
  });
}

/**
 * The key of the account's authenticator, base32; undefined when there is none of that state.
 *
 * @throws SecretError when the key cannot be opened.
 */
export async function authenticatorSecret(
  db: Db,
  keys: SecretKeys,
  owner: FactorOwner,
  state: 'confirmed' | 'started',
): Promise<string | undefined> {
  const row = await db
    .selectFrom('authenticator')
    .select('confirmed_at')
    .where('account_id', '=', owner.accountId)
    .executeTakeFirst();
  if (row === undefined || (row.confirmed_at === null) !== (state === 'started')) return undefined;
  return openSecret(db, keys, placeOf(owner));
}

/**
 * Takes the time step of a right code. False when a code of that step or a later one was taken before (RFC 6238, 5.2: a
 * code is accepted once); of two requests with the same code one gets it.
 */
export async function takeStep(db: Db, { accountId }: FactorOwner, step: number, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('authenticator')
    .set({ last_step: step, last_used_at: now })
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .returning('account_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The first right code: the authenticator counts from now on. False when another request was quicker. */
export async function confirmAuthenticator(db: Db, owner: FactorOwner, step: number, now: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('authenticator')
      .set({ confirmed_at: now, last_step: step })
      .where('account_id', '=', owner.accountId)
      .where('confirmed_at', 'is', null)
      .returning('account_id')
      .executeTakeFirst();
    if (row !== undefined) noteChange(trx, { target: targetOf(owner), after: { authenticator: 'confirmed' } });
    return row !== undefined;
  });
}

/** Removes the authenticator with its key. Throws AccessError `noSecondFactor` when there is none. */
export async function removeAuthenticator(db: Db, owner: FactorOwner): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .deleteFrom('authenticator')
      .where('account_id', '=', owner.accountId)
      .returning('account_id')
      .executeTakeFirst();
    if (row === undefined) throw new AccessError('noSecondFactor', 'This account has no authenticator app.');
    await wipeSecret(trx, owner.tenantId, placeOf(owner).owner);
    await dropCodesWithoutFactor(trx, owner.accountId);
    noteChange(trx, { target: targetOf(owner), after: { authenticator: 'removed' } });
  });
}

/** What the audit log calls the account of a factor. */
export function targetOf({ accountId }: FactorOwner) {
  return { kind: 'account', id: String(accountId) };
}

// The key goes nowhere: it is only compared with here.
function placeOf({ tenantId, accountId }: FactorOwner): SecretPlace {
  return { tenantId, owner: `authenticator/${accountId}`, destination: 'sign-in' };
}
