import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Db } from '../database.ts';
import type { SecretKeys } from '../secret/secret-keys.ts';
import { openSecret, sealSecretIn } from '../secret/secrets.ts';
import { canonicalJson } from './canonical-json.ts';

/** What a checkpoint says. */
export type Checkpoint = { seq: number; hash: Buffer; at: string; removed: boolean };

const placeOf = (tenantId: string) => ({ tenantId, owner: 'audit.checkpoints', destination: 'checkpoints' });

/** The key that seals a tenant's checkpoints; undefined before the first one. Throws SecretError. */
export async function checkpointKey(db: Db, keys: SecretKeys, tenantId: string): Promise<string | undefined> {
  return openSecret(db, keys, placeOf(tenantId));
}

/** The same, made when there is none, in the transaction that holds the chain's lock. */
export async function ensureCheckpointKey(trx: Db, keys: SecretKeys, tenantId: string, now: Date): Promise<string> {
  const known = await checkpointKey(trx, keys, tenantId);
  if (known !== undefined) return known;
  const key = randomBytes(32).toString('base64');
  await sealSecretIn(trx, keys, placeOf(tenantId), key, now);
  return key;
}

/** HMAC-SHA256 over all a checkpoint says: nobody without the key can make one that fits a forged chain. */
export function checkpointSeal(key: string, tenantId: string, { seq, hash, at, removed }: Checkpoint): Buffer {
  const text = canonicalJson([1, tenantId, seq, hash.toString('hex'), at, removed]);
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest();
}

/** Whether a checkpoint has the seal that belongs to it. */
export function isSealed(key: string, tenantId: string, checkpoint: Checkpoint & { seal: Buffer }): boolean {
  const expected = checkpointSeal(key, tenantId, checkpoint);
  return checkpoint.seal.length === expected.length && timingSafeEqual(checkpoint.seal, expected);
}
