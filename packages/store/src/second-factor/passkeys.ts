import { randomBytes } from 'node:crypto';
import type { Passkey } from '@throughline/model';
import type { Selectable } from 'kysely';
import { AccessError } from '../access/access-error.ts';
import { noteChange } from '../audit/audited.ts';
import type { PasskeyTable } from '../database/second-factor-tables.ts';
import type { Db } from '../database.ts';
import { dropCodesWithoutFactor } from './recovery-codes.ts';

/** The most passkeys that an account has. */
export const mostPasskeys = 20;

/** A passkey as verification needs it. `id` is the credential's, base64url; `counter` the last one seen. */
export type StoredPasskey = {
  passkeyId: number;
  accountId: number;
  id: string;
  publicKey: Buffer;
  rpId: string;
  userHandle: string;
  counter: number;
  transports: string[];
};

/** What a browser made. */
export type NewPasskey = Omit<StoredPasskey, 'passkeyId' | 'accountId'> & { name: string };

/** The passkeys of an account, oldest first. */
export async function listPasskeys(db: Db, accountId: number): Promise<(Passkey & { stored: StoredPasskey })[]> {
  const rows = await db.selectFrom('passkey').selectAll().where('account_id', '=', accountId).orderBy('id').execute();
  return rows.map((row) => ({ ...passkeyOf(row), stored: storedOf(row) }));
}

/**
 * The handle under which authenticators keep an account (WebAuthn level 3, 5.4.3): random, so that it says nothing, and
 * that of its passkeys when it has some.
 */
export async function userHandleOf(db: Db, accountId: number): Promise<string> {
  const row = await db
    .selectFrom('passkey')
    .select('user_handle')
    .where('account_id', '=', accountId)
    .orderBy('id')
    .executeTakeFirst();
  return row?.user_handle ?? randomBytes(32).toString('base64url');
}

/** Adds a passkey. Throws AccessError `passkeyKnown`, `tooManyPasskeys`. */
export async function addPasskey(db: Db, accountId: number, passkey: NewPasskey, now: Date): Promise<Passkey> {
  return db.transaction().execute(async (trx) => {
    await trx.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute();
    const present = await trx.selectFrom('passkey').select('id').where('account_id', '=', accountId).execute();
    if (present.length >= mostPasskeys) {
      throw new AccessError('tooManyPasskeys', `An account has at most ${mostPasskeys} passkeys. Remove one first.`);
    }
    const row = await trx
      .insertInto('passkey')
      .values({
        account_id: accountId,
        credential_id: passkey.id,
        public_key: passkey.publicKey,
        user_handle: passkey.userHandle,
        rp_id: passkey.rpId,
        counter: passkey.counter,
        transports: passkey.transports,
        name: passkey.name,
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw new AccessError('passkeyKnown', 'This passkey is set up already.');
    noteChange(trx, { target: { kind: 'passkey', id: String(row.id) }, after: { name: row.name } });
    return passkeyOf(row);
  });
}

/** The passkey behind a credential's id, base64url; undefined when it is unknown or its account disabled. */
export async function findPasskey(db: Db, credentialId: string): Promise<StoredPasskey | undefined> {
  const row = await db
    .selectFrom('passkey')
    .innerJoin('account', 'account.id', 'passkey.account_id')
    .selectAll('passkey')
    .where('credential_id', '=', credentialId)
    .where('disabled', '=', false)
    .executeTakeFirst();
  return row && storedOf(row);
}

/**
 * Notes the use of a passkey with its signature counter (WebAuthn level 3, 6.1.1). False when the counter did not grow:
 * then a copy of the passkey may be in use. Authenticators that keep no counter always say 0.
 */
export async function takeCounter(db: Db, passkeyId: number, counter: number, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('passkey')
    .set({ counter, last_used_at: now })
    .where('id', '=', passkeyId)
    .where((eb) => eb.or([eb('counter', '<', counter), eb.and([eb('counter', '=', 0), eb.val(counter === 0)])]))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives a passkey another name. Throws AccessError `noSuchPasskey`. */
export async function renamePasskey(db: Db, accountId: number, id: number, name: string): Promise<Passkey> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('passkey')
      .set({ name })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw noSuchPasskey();
    noteChange(trx, { target: { kind: 'passkey', id: String(id) }, after: { name } });
    return passkeyOf(row);
  });
}

/** Removes a passkey. Throws AccessError `noSuchPasskey`. */
export async function removePasskey(db: Db, accountId: number, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .deleteFrom('passkey')
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .returning('name')
      .executeTakeFirst();
    if (row === undefined) throw noSuchPasskey();
    await dropCodesWithoutFactor(trx, accountId);
    noteChange(trx, { target: { kind: 'passkey', id: String(id) }, before: { name: row.name } });
  });
}

function noSuchPasskey(): AccessError {
  return new AccessError('noSuchPasskey', 'There is no such passkey.');
}

function passkeyOf(row: Selectable<PasskeyTable>): Passkey {
  return {
    id: row.id,
    name: row.name,
    host: row.rp_id,
    createdDateTime: row.created_at,
    lastUsedDateTime: row.last_used_at,
  };
}

function storedOf(row: Selectable<PasskeyTable>): StoredPasskey {
  return {
    passkeyId: row.id,
    accountId: row.account_id,
    id: row.credential_id,
    publicKey: row.public_key,
    rpId: row.rp_id,
    userHandle: row.user_handle,
    counter: row.counter,
    transports: row.transports,
  };
}

/** Name and tenant of the account behind a passkey. Throws when there is none. */
export async function readAccountOf(db: Db, accountId: number): Promise<{ userName: string; tenantId: string }> {
  return db
    .selectFrom('account')
    .select(['user_name as userName', 'tenant_id as tenantId'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
}
