import { createHash, randomBytes } from 'node:crypto';
import { keyBytes } from './seal-value.ts';
import { SecretError } from './secret-error.ts';

/** Keys by id. New values are sealed with the first; the others open what they sealed until a rotation is through. */
export type KeyRing = readonly SecretKey[];
export type SecretKey = { id: string; key: Buffer };

/** A new random key. */
export function newKey(): SecretKey {
  return secretKey(randomBytes(keyBytes));
}

/**
 * Reads keys from text: 32 bytes each in base64 or base64url, the current one first, between spaces, commas or line
 * ends. Lines that begin with `#` are skipped.
 *
 * @throws SecretError `keyMalformed`, naming `source`.
 */
export function readKeyRing(text: string, source: string): KeyRing {
  const words = text
    .replace(/^\s*#.*$/gm, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const keys = words.map((word) => Buffer.from(word, 'base64'));
  // A repeated byte is what people type who mean to change it later.
  const bad = keys.some((key) => key.length !== keyBytes || new Set(key).size < 8);
  if (keys.length === 0 || bad || !words.every((word) => /^[A-Za-z0-9+/_-]{43}=?$/.test(word))) {
    throw new SecretError(
      'keyMalformed',
      `${source} must hold 32 random bytes in base64, as \`openssl rand -base64 32\` prints them.`,
    );
  }
  return keys.map(secretKey);
}

/** The text that {@link readKeyRing} reads. */
export function writeKeyRing(ring: KeyRing): string {
  const lines = ring.map(({ key }) => key.toString('base64'));
  return ['# Opens the secrets in the database. Keep a copy with every backup, in another place.', ...lines, ''].join(
    '\n',
  );
}

/** The ring's key of that id. */
export function keyOf(ring: KeyRing, id: string): Buffer | undefined {
  return ring.find((one) => one.id === id)?.key;
}

function secretKey(key: Buffer): SecretKey {
  const id = createHash('sha256').update('throughline secret key').update(key).digest('hex').slice(0, 12);
  return { id, key };
}
