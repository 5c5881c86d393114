import { isFields } from './value.ts';

const suspicious = /\\u(?:0000|[dD][89a-fA-F])/;

/** True when JSON text may hold a NUL or a lone surrogate, which jsonb columns refuse. Cheap; may be wrong in the safe direction. */
export function mayHoldUnstorable(json: string): boolean {
  return json.includes('\\u') && suspicious.test(json);
}

/** `text` with NUL and lone surrogates replaced by U+FFFD. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\u0000') ? whole.replaceAll('\u0000', '\uFFFD') : whole;
}

/** `value` with every text and key made {@link storable}. Nesting must be bounded before. */
export function storableDeep(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(storableDeep);
  if (!isFields(value)) return value;
  // fromEntries defines own properties, so a "__proto__" key stays data.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storableDeep(item)]));
}

/** True when `value` nests deeper than `levels`. Recursion is bounded by `levels`. */
export function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => deeperThan(item, levels - 1));
  for (const key of Object.keys(value))
    if (deeperThan((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}

/** True when JSON text closes more than `levels` objects and arrays, and so may nest deeper than that. */
export function mayNestDeeper(json: string, levels: number): boolean {
  if (json.length <= levels * 2) return false;
  let left = levels;
  for (const close of ['}', ']']) {
    for (let i = json.indexOf(close); i >= 0; i = json.indexOf(close, i + 1)) if (--left < 0) return true;
  }
  return false;
}
