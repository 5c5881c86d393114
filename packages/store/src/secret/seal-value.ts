import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of a key. */
export const keyBytes = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed value is bound to: in any other place it does not open. */
export type SealPlace = { tenantId: string; owner: string; destination: string; keyId: string };

/** Seals a text with AES-256-GCM (NIST SP 800-38D): a random nonce, the tag, the ciphertext. */
export function sealValue(key: Buffer, place: SealPlace, value: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeBytes(place));
  const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

/** Opens what {@link sealValue} made; undefined when key, place or any byte is another. */
export function openValue(key: Buffer, place: SealPlace, sealed: Buffer): string | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(placeBytes(place))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const opened = [decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch {
    return undefined;
  }
}

// JSON keeps the parts apart whatever characters they have.
function placeBytes({ tenantId, owner, destination, keyId }: SealPlace): Buffer {
  return Buffer.from(JSON.stringify([1, tenantId, owner, destination, keyId]));
}
