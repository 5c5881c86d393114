import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** Cost of a new hash: `memory` in KiB. Above OWASP's minimum for argon2id (19 MiB, 2 passes, 1 lane). */
export const passwordCost = { memory: 32_768, passes: 3, parallelism: 1 } as const;

// What unknown names are verified against, so that they answer as slowly as known ones.
let decoy: Promise<string> | undefined;

/** Hashes a password with argon2id into a PHC string, about 100 ms and 32 MiB. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive('argon2id', parameters(password, salt, passwordCost, 32));
  const { memory, passes, parallelism } = passwordCost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

/**
 * Whether `password` is the one behind the PHC string. For `null` (no such account, or none set) it does the same work
 * and answers false: the time taken says nothing about which names exist.
 */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const { cost, salt, hash } = parsePhc(phc ?? (await decoy));
  const derived = await derive('argon2id', parameters(password, salt, cost, hash.length));
  return timingSafeEqual(derived, hash) && phc !== null;
}

type Cost = { memory: number; passes: number; parallelism: number };

function parameters(password: string, nonce: Buffer, cost: Cost, tagLength: number): Argon2Parameters {
  // Normalised, so that a password typed on another keyboard or system is the same (NIST SP 800-63B, 3.1.1.2).
  return { message: password.normalize('NFKC'), nonce, tagLength, ...cost };
}

function parsePhc(phc: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(phc);
  if (match === null) throw new Error('A stored password hash is no argon2id PHC string.');
  const [, memory, passes, parallelism, salt = '', hash = ''] = match;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
