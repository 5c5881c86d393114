/** A JSON object from outside: nothing is known of its fields. */
export type Fields = Record<string, unknown>;

const none: Fields = Object.freeze({});

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : none;
}

/** The array, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Non-empty text without surrounding space; a number or boolean in its spelling; otherwise `null`. */
export function text(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value.trim() || null;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** The first of `values` that is text. */
export function firstText(...values: unknown[]): string | null {
  for (const value of values) {
    const found = text(value);
    if (found !== null) return found;
  }
  return null;
}

/** All texts in a list, or in a single value, without repeats. */
export function texts(value: unknown): string[] {
  if (!Array.isArray(value)) {
    const only = text(value);
    return only === null ? [] : [only];
  }
  const found = new Set<string>();
  for (const item of value) {
    const one = text(item);
    if (one !== null) found.add(one);
  }
  return [...found];
}

/** A finite number, also from decimal or 0x text; otherwise `null`. */
export function number(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*(-?\d+(\.\d+)?|0x[0-9a-f]+)\s*$/i.test(value)) return null;
  return Number(value);
}

/** The value under `keys`, one level each, or `undefined`. */
export function at(value: unknown, ...keys: string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (!isFields(found)) return undefined;
    found = found[key];
  }
  return found;
}

/** `value`, cut to `length` UTF-16 units and never inside a surrogate pair. */
export function cut(value: string, length: number): string {
  return value.length <= length ? value : `${value.slice(0, length - 1).toWellFormed()}…`;
}
