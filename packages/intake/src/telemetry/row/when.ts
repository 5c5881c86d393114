import { instant } from '../../field/instant.ts';

/** An event's time: ms since 1970 UTC, and ISO 8601 in UTC with the source's decimals, seven at most. */
export type When = { ms: number; iso: string };

const fine = /^(?:199\d|20\d\d)-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{4,9}Z$/;

/**
 * The first of `values` that is there.
 * @throws {Refused} `missingField` when none is, `invalidField` when it is no date, `dateOutOfRange`; all name `field`
 */
export function when(field: string, now: Date, ...values: unknown[]): When {
  const iso = instant(field, now, ...values);
  const written = values.find((value) => value !== null && value !== undefined && value !== '' && value !== '-');
  const ms = Date.parse(iso);
  return typeof written === 'string' && fine.test(written)
    ? { ms, iso: `${written.slice(0, 27).replace('Z', '')}Z` }
    : { ms, iso };
}
