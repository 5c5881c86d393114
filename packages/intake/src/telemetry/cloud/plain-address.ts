import { text } from '../../field/value.ts';
import { address } from '../row/address.ts';

/** An address that may stand in brackets and carry a port: "[2001:db8::1]:443", "203.0.113.7:51234". */
export function plainAddress(value: unknown): string | undefined {
  const written = text(value);
  if (written === null) return undefined;
  const bracketed = /^\[([^\]]{2,64})\]/.exec(written);
  return address(bracketed?.[1] ?? written.replace(/^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/, '$1'));
}
