import { Refused } from '../outcome.ts';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const iso =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(?:Z+|UTC|GMT|([+-])(\d\d):?(\d\d))?$/i;
const named =
  /^(?:[a-z]{3},? )?([a-z]{3}) {1,2}(\d{1,2})(?: (\d{4}))? (\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (\d{4}))?(?: [a-z]{2,5})?$/i;
const dayFirst = /^(?:[a-z]{3}, )?(\d{1,2})[ -]([a-z]{3})[ -](\d{4}) (\d\d):(\d\d):(\d\d)/i;
const day = 86_400_000;

/** Earliest event time accepted: before it a clock or a field is wrong. */
export const oldestInstant = Date.UTC(1990, 0, 1);
/** How far in the future an event may lie, in ms. */
export const futureAllowance = 366 * day;

/**
 * Milliseconds since 1970 UTC of a date in any of the spellings products use: ISO 8601 (no offset = UTC), "2019/01/12
 * 06:41:44", syslog's "Jan 28 01:28:35" (the latest such moment not after tomorrow), and Unix time in s, ms, µs or ns.
 * `NaN` when it is none.
 */
export function parseInstant(value: unknown, now: Date): number {
  if (typeof value === 'number') return unixTime(value);
  if (typeof value !== 'string' || value.length > 64) return Number.NaN;
  const written = value.trim();
  if (/^-?\d{9,19}(\.\d+)?$/.test(written)) return unixTime(Number(written));
  const match = iso.exec(written);
  if (match) {
    const [, y, mo, d, h = '0', mi = '0', s = '0', fraction = '', sign, oh = '0', om = '0'] = match;
    const offset = (Number(oh) * 60 + Number(om)) * (sign === '-' ? -60_000 : 60_000);
    return calendar(Number(y), Number(mo), Number(d), h, mi, s, fraction) - offset;
  }
  const word = named.exec(written);
  if (word) {
    const [, month = '', d, y1, h = '', mi = '', s = '', fraction = '', y2] = word;
    const mo = months.indexOf(month.toLowerCase()) + 1;
    const year = y1 ?? y2;
    if (year !== undefined) return calendar(Number(year), mo, Number(d), h, mi, s, fraction);
    const guess = calendar(now.getUTCFullYear(), mo, Number(d), h, mi, s, fraction);
    return guess > now.getTime() + day ? calendar(now.getUTCFullYear() - 1, mo, Number(d), h, mi, s, fraction) : guess;
  }
  const first = dayFirst.exec(written);
  if (first) {
    const [, d, month = '', y, h = '', mi = '', s = ''] = first;
    return calendar(Number(y), months.indexOf(month.toLowerCase()) + 1, Number(d), h, mi, s, '');
  }
  return Number.NaN;
}

function unixTime(value: number): number {
  if (!Number.isFinite(value)) return Number.NaN;
  const size = Math.abs(value);
  return Math.trunc(size < 1e11 ? value * 1000 : size < 1e14 ? value : size < 1e17 ? value / 1e3 : value / 1e6);
}

function calendar(y: number, mo: number, d: number, h: string, mi: string, s: string, fraction: string): number {
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || Number(h) > 24 || Number(mi) > 59 || Number(s) > 60) return Number.NaN;
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  return y < 100 ? Number.MIN_SAFE_INTEGER : Date.UTC(y, mo - 1, d, Number(h), Number(mi), Number(s), ms);
}

const plain = /^(199\d|20\d\d)-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * The instant in ISO 8601 UTC with ms, or `null` when `value` is empty.
 * @throws {Refused} `invalidField` when it is no date, `dateOutOfRange` outside 1990 … now + 366 days; both name `field`
 */
export function instantOrNull(field: string, value: unknown, now: Date): string | null {
  if (value === null || value === undefined || value === '' || value === '-') return null;
  const isPlain = typeof value === 'string' && plain.test(value);
  const ms = isPlain ? Date.parse(value) : parseInstant(value, now);
  if (Number.isNaN(ms))
    throw new Refused('invalidField', `${field}: ${JSON.stringify(value)?.slice(0, 60)} is not a date`);
  if (ms < oldestInstant || ms > now.getTime() + futureAllowance) {
    throw new Refused(
      'dateOutOfRange',
      `${field}: ${String(value).slice(0, 60)} is not between 1990 and a year from now`,
    );
  }
  return isPlain ? value : new Date(ms).toISOString();
}

/** The first of `values` that is there, as {@link instantOrNull} reads it. @throws {Refused} `missingField` when none is */
export function instant(field: string, now: Date, ...values: unknown[]): string {
  for (const value of values) {
    const found = instantOrNull(field, value, now);
    if (found !== null) return found;
  }
  throw new Refused('missingField', `${field}: no date`);
}

/** An instant that products fill with year 1 to say "not yet": that is `null` here. */
export function instantIfSet(field: string, value: unknown, now: Date): string | null {
  return typeof value === 'string' && value.startsWith('0001-01-01') ? null : instantOrNull(field, value, now);
}
