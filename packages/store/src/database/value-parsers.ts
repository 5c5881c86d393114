import pg from 'pg';

type Parse = (text: string) => unknown;

const int8Array = 1016;

/**
 * How column values become JavaScript values where pg's own choice does not fit: `bigint` and `numeric` are numbers
 * (all of ours stay below 2^53), `timestamptz` is ISO 8601 UTC text with milliseconds. Text rather than `Date`, because
 * every reader hands the instant on as JSON and moving characters costs a quarter of parsing and formatting a `Date`.
 */
const parsers: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.TIMESTAMPTZ, isoInstant],
  [int8Array, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number))],
]);

/** PostgreSQL's "2026-01-31 09:02:11.1+00" (session in UTC) as "2026-01-31T09:02:11.100Z"; `infinity` stays as it is. */
export function isoInstant(text: string): string {
  if (!text.endsWith('+00')) return text;
  const end = text.length - 3;
  const dot = text.indexOf('.');
  const millis =
    dot < 0
      ? '000'
      : text
          .slice(dot + 1, end)
          .slice(0, 3)
          .padEnd(3, '0');
  const space = text.indexOf(' ');
  return `${text.slice(0, space)}T${text.slice(space + 1, dot < 0 ? end : dot)}.${millis}Z`;
}

/** The `types` option of a pg client. */
export const valueParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? (pg.types.getTypeParser(oid, format as 'text') as Parse);
  },
};
