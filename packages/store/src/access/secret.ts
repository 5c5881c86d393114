import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A new random secret of 256 bits, base64url behind `prefix`. Shown once to its owner; only its hash is stored. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * What is stored of a secret: its SHA-256. A slow hash would add nothing, since nobody guesses 256 random bits, and
 * would make every request slow.
 */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether a text has the form of a secret that `newSecret(prefix)` made: cheap, before the database is asked. */
export function looksLikeSecret(text: string, prefix = ''): boolean {
  return text.length === prefix.length + 43 && text.startsWith(prefix);
}
