import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { type KeyRing, keyOf, newKey } from './key-ring.ts';
import { lockKeys } from './lock-keys.ts';
import { openValue, sealValue } from './seal-value.ts';
import { SecretError } from './secret-error.ts';
import type { SecretKeys } from './secret-keys.ts';

/** What a secret belongs to ("channel/3") and where alone it may go ("https://hooks.example.com"). */
export type SecretPlace = { tenantId: string; owner: string; destination: string };

/** What may be told of a secret. */
export type SecretFacts = { owner: string; destination: string; keyId: string; sealedDateTime: string };

/**
 * The destination of a URL: scheme, host and port, since whoever changes one of them sends the secret to somebody else.
 * Throws TypeError when it is no URL.
 */
export function secretDestination(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/**
 * Seals a secret, in place of the one its owner had. The first secret makes the key.
 *
 * @throws SecretError `keyMissing` when there are secrets but no key, `keyMalformed`, `keyReadable`.
 */
export async function sealSecret(
  db: Db,
  keys: SecretKeys,
  place: SecretPlace,
  value: string,
  now: Date,
): Promise<void> {
  await db.transaction().execute((trx) => sealSecretIn(trx, keys, place, value, now));
}

/** {@link sealSecret} in a transaction that is under way. */
export async function sealSecretIn(
  trx: Db,
  keys: SecretKeys,
  place: SecretPlace,
  value: string,
  now: Date,
): Promise<void> {
  await lockKeys(trx, 'shared');
  const [current] = (await keys.read()) ?? (await firstRing(trx, keys));
  if (current === undefined) throw keyMissing(keys);
  const { tenantId, owner, destination } = place;
  const sealed = sealValue(current.key, { ...place, keyId: current.id }, value);
  const row = { destination, key_id: current.id, sealed, sealed_at: now };
  await trx
    .insertInto('secret')
    .values({ tenant_id: tenantId, owner, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'owner']).doUpdateSet(row))
    .execute();
}

/**
 * Opens a secret for its destination; undefined when its owner has none. Asked for another destination than it was
 * sealed for, it is wiped: who may redirect a secret could read it.
 *
 * @throws SecretError `destinationChanged`, `keyMissing`, `unreadable` when it was changed in the database.
 */
export async function openSecret(db: Db, keys: SecretKeys, place: SecretPlace): Promise<string | undefined> {
  // A rotation that ends between the two reads leaves us with an old value and a new ring: read both again.
  for (const last of [false, true]) {
    const row = await db
      .selectFrom('secret')
      .selectAll()
      .where('tenant_id', '=', place.tenantId)
      .where('owner', '=', place.owner)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (row.destination !== place.destination) {
      await wipe(db, place.tenantId, place.owner, row.destination);
      throw new SecretError(
        'destinationChanged',
        `The secret of ${place.owner} was for ${row.destination}, not for ${place.destination}. It was wiped: enter it again.`,
      );
    }
    const key = keyOf((await keys.read()) ?? [], row.key_id);
    if (key === undefined && !last) continue;
    if (key === undefined) throw keyMissing(keys);
    const value = openValue(key, { ...place, keyId: row.key_id }, row.sealed);
    if (value !== undefined) return value;
    throw new SecretError('unreadable', `The secret of ${place.owner} was changed in the database. Enter it again.`);
  }
  return undefined;
}

/** Removes a secret for good; nothing happens when there is none. */
export async function wipeSecret(db: Db, tenantId: string, owner: string): Promise<void> {
  await wipe(db, tenantId, owner);
}

/** Which secrets a tenant has, by owner; never their values. */
export async function listSecrets(db: Db, tenantId: string): Promise<SecretFacts[]> {
  const rows = await db
    .selectFrom('secret')
    .select(['owner', 'destination', 'key_id', 'sealed_at'])
    .where('tenant_id', '=', tenantId)
    .orderBy('owner')
    .execute();
  return rows.map(({ owner, destination, key_id, sealed_at }) => ({
    owner,
    destination,
    keyId: key_id,
    sealedDateTime: sealed_at,
  }));
}

async function wipe(db: Db, tenantId: string, owner: string, destination?: string): Promise<void> {
  let doomed = db.deleteFrom('secret').where('tenant_id', '=', tenantId).where('owner', '=', owner);
  if (destination !== undefined) doomed = doomed.where('destination', '=', destination);
  await doomed.execute();
}

// A new key beside secrets of a lost one would hide the loss.
async function firstRing(trx: Db, keys: SecretKeys): Promise<KeyRing> {
  const { rows } = await sql`select from secret limit 1`.execute(trx);
  if (rows.length > 0) throw keyMissing(keys);
  return keys.create([newKey()]);
}

function keyMissing({ source }: SecretKeys): SecretError {
  return new SecretError(
    'keyMissing',
    `The key that sealed this secret is not in ${source}. Put it back from a backup.`,
  );
}
