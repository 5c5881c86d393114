import { createHash } from 'node:crypto';

/** Identifiers made from names, so that every load of the demo gives every alert, person and file the same ones. */

function hex(algorithm: 'sha256' | 'sha1' | 'md5', name: string): string {
  return createHash(algorithm).update(`alder and finch: ${name}`).digest('hex');
}

/** A GUID. */
export function guid(name: string): string {
  const digits = hex('sha1', name);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** A whole number of at most `digits` decimal digits (15 or fewer), never starting with 0. */
export function serial(name: string, digits: number): number {
  const low = 10 ** (digits - 1);
  return low + (Number.parseInt(hex('sha1', name).slice(0, 13), 16) % (9 * low));
}

/** 40 hexadecimal digits, as Defender names a device. */
export function deviceId(name: string): string {
  return hex('sha1', `device ${name}`);
}

/** The three usual hashes of a file that does not exist. */
export function hashes(name: string): { sha256: string; sha1: string; md5: string } {
  return { sha256: hex('sha256', name), sha1: hex('sha1', name), md5: hex('md5', name) };
}
