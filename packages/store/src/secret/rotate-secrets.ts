import type { Db } from '../database.ts';
import { type KeyRing, keyOf, newKey } from './key-ring.ts';
import { lockKeys } from './lock-keys.ts';
import { openValue, sealValue } from './seal-value.ts';
import { SecretError } from './secret-error.ts';
import type { SecretKeys } from './secret-keys.ts';

/** What a rotation did. */
export type Rotation = {
  /** Secrets of all tenants that were sealed again. */
  resealed: number;
  keyId: string;
  /** Whether it went on with a rotation that was interrupted. */
  resumed: boolean;
};

/**
 * Gives every secret a new key and forgets the old one. Keys from a file: the new key is added to the file, all secrets
 * are sealed with it in one transaction, the old key is dropped. Interrupted at any point everything still opens, and the
 * next rotation goes on from there. Keys from outside: everything is sealed with the first of them.
 *
 * @throws SecretError when a secret cannot be opened; then nothing was sealed and no key dropped.
 */
export async function rotateSecrets(db: Db, keys: SecretKeys): Promise<Rotation> {
  const done = await db.transaction().execute(async (trx) => {
    await lockKeys(trx, 'alone');
    const before = (await keys.read()) ?? [];
    const resumed = !keys.fixed && before.length > 1;
    const ring = keys.fixed || resumed ? before : [newKey(), ...before];
    if (ring !== before) await keys.write(ring);
    return { resealed: await resealAll(trx, ring, keys), keyId: ring[0]?.id ?? '', resumed };
  });
  if (!keys.fixed) await dropOldKeys(db, keys);
  return done;
}

async function resealAll(trx: Db, ring: KeyRing, keys: SecretKeys): Promise<number> {
  const [current] = ring;
  if (current === undefined) throw new SecretError('keyMissing', `There is no key in ${keys.source}.`);
  const rows = await trx.selectFrom('secret').selectAll().where('key_id', '<>', current.id).forUpdate().execute();
  for (const { tenant_id: tenantId, owner, destination, key_id: keyId, sealed } of rows) {
    const key = keyOf(ring, keyId);
    const place = { tenantId, owner, destination };
    const value = key && openValue(key, { ...place, keyId }, sealed);
    if (value === undefined) {
      const why = key === undefined ? `its key ${keyId} is not in ${keys.source}` : 'it was changed in the database';
      throw new SecretError('unreadable', `The secret of ${owner} does not open: ${why}. Wipe it first.`);
    }
    await trx
      .updateTable('secret')
      .set({ key_id: current.id, sealed: sealValue(current.key, { ...place, keyId: current.id }, value) })
      .where('tenant_id', '=', tenantId)
      .where('owner', '=', owner)
      .execute();
  }
  return rows.length;
}

// Under the lock again: another rotation may have begun meanwhile.
async function dropOldKeys(db: Db, keys: SecretKeys): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockKeys(trx, 'alone');
    const ring = (await keys.read()) ?? [];
    const rows = await trx.selectFrom('secret').select('key_id').distinct().execute();
    const needed = ring.filter(({ id }, place) => place === 0 || rows.some(({ key_id }) => key_id === id));
    if (needed.length < ring.length) await keys.write(needed);
  });
}
