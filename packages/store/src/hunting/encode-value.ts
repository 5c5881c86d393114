import type { ColumnType } from '@throughline/model/hunting';

const instant = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z?$/;
const wholeNumber = /^-?\d{1,18}$/;
const int32 = 2 ** 31;

/**
 * A value as the JSON text ClickHouse takes for a column of that type; undefined for nothing, and for what is no value of
 * the type: a strange value never costs the row.
 */
export function encodeValue(value: unknown, type: ColumnType): string | undefined {
  if (value === null || value === undefined) return undefined;
  switch (type) {
    case 'string':
    case 'guid':
      return encodeText(typeof value === 'string' ? value : wordsOf(value));
    case 'dynamic':
      return encodeText(JSON.stringify(value) ?? '');
    case 'bool':
      return encodeBool(value);
    case 'int':
      return encodeWhole(value, int32);
    case 'long':
      return encodeWhole(value, Number.POSITIVE_INFINITY);
    case 'real': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? String(number) : undefined;
    }
    case 'datetime': {
      const text = encodeInstant(value);
      return text === undefined ? undefined : `"${text}"`;
    }
  }
}

/** An instant as `YYYY-MM-DD hh:mm:ss.fffffff`, UTC, from ISO 8601 text or ms; undefined when it is none or beyond 1900–2299. */
export function encodeInstant(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const parts = instant.exec(value);
    if (parts !== null) {
      const [, day = '', time = '', fraction] = parts;
      const year = Number(day.slice(0, 4));
      if (year < 1900 || year > 2299 || Number.isNaN(Date.parse(`${day}T${time}Z`))) return undefined;
      return fraction === undefined ? `${day} ${time}` : `${day} ${time}.${fraction.slice(0, 7)}`;
    }
  }
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms) || Math.abs(ms) > 8.64e15) return undefined;
  const text = new Date(ms).toISOString();
  return instant.test(text) ? encodeInstant(text) : undefined;
}

/** Text as a JSON string that is valid UTF-8. */
export function encodeText(text: string): string {
  return JSON.stringify(text.isWellFormed() ? text : text.toWellFormed());
}

function wordsOf(value: unknown): string {
  return typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value);
}

function encodeBool(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value);
  if (value === 1 || value === 0) return String(value === 1);
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return word === 'true' || word === 'false' ? word : undefined;
}

function encodeWhole(value: unknown, limit: number): string | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= -limit && value < limit ? String(value) : undefined;
  }
  if (typeof value === 'bigint') return encodeWhole(String(value), limit);
  if (typeof value !== 'string') return undefined;
  const digits = value.trim();
  if (wholeNumber.test(digits)) {
    const number = Number(digits);
    return number >= -limit && number < limit ? String(BigInt(digits)) : undefined;
  }
  if (limit !== Number.POSITIVE_INFINITY || !/^-?\d{19}$/.test(digits)) return undefined;
  return BigInt.asIntN(64, BigInt(digits)) === BigInt(digits) ? digits : undefined;
}
