import { addressBytes } from './address-bytes.ts';

/** A network: the first `bits` bits of an address. */
export type Network = { bytes: Uint8Array; bits: number };

/** Reads "10.0.0.0/8", "fd00::/8" or a single address; undefined when it is neither. */
export function readNetwork(text: string): Network | undefined {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text);
  const bytes = addressBytes(match?.[1] ?? '');
  if (bytes === undefined) return undefined;
  const bits = match?.[2] === undefined ? bytes.length * 8 : Number(match[2]);
  return bits <= bytes.length * 8 ? { bytes, bits } : undefined;
}

/** Whether an address is in a network; never across families. */
export function isInNetwork(address: Uint8Array, { bytes, bits }: Network): boolean {
  if (address.length !== bytes.length) return false;
  const whole = bits >> 3;
  for (let index = 0; index < whole; index++) if (address[index] !== bytes[index]) return false;
  const rest = bits & 7;
  if (rest === 0) return true;
  const shift = 8 - rest;
  return (address[whole] ?? 0) >> shift === (bytes[whole] ?? 0) >> shift;
}
