import { number } from '../../field/value.ts';

/** Text of a field; `undefined` when it is empty or a dash, which many products write for "nothing". */
export function known(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' || value === '-' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** As {@link known}, in lower case. */
export function lower(value: unknown): string | undefined {
  return known(value)?.toLowerCase();
}

/** A whole number, also from decimal or 0x text; beyond 2^53 as text of digits. `undefined` when it is none. */
export function whole(value: unknown): number | string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  const found = number(value);
  if (found === null) return undefined;
  return Number.isSafeInteger(found)
    ? found
    : Number.isInteger(found)
      ? BigInt(String(value).trim()).toString()
      : undefined;
}

/** A whole number that fits the type `int` of KQL (32 bits, signed). */
export function int(value: unknown): number | undefined {
  const found = whole(value);
  return typeof found === 'number' && found >= -2_147_483_648 && found <= 2_147_483_647 ? found : undefined;
}

/** A truth value, also from text in any case. */
export function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return value === 1 ? true : value === 0 ? false : undefined;
  const word = value.toLowerCase();
  return word === 'true' || word === '1' ? true : word === 'false' || word === '0' ? false : undefined;
}
