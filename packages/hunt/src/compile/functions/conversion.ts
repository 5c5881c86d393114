import type { Scalar } from '../../tree/expression.ts';
import { convert, fromTicks, toDynamic } from '../convert.ts';
import { once, quote, type Sql, typed } from '../sql.ts';
import { argument, argumentAs, type FunctionTable, type ScalarFunction } from './function.ts';

const to =
  (type: Scalar): ScalarFunction =>
  (input) =>
    convert(argument(input, 0), type);

/** `parse_json`: JSON as itself; any other text as a string. */
export const parseJson: ScalarFunction = (input) => {
  const value = argument(input, 0);
  if (value.type !== 'string') return toDynamic(value);
  if (typeof value.constant === 'string') return constantJson(value.constant);
  const sql = once(
    value.sql,
    (first, again) => `multiIf(empty(${first}), '', isValidJSON(${again}), ${again}, toJSONString(${again}))`,
  );
  return typed('dynamic', sql, { text: value.sql });
};

function constantJson(text: string): Sql {
  try {
    JSON.parse(text);
    return typed('dynamic', quote(text), { text: quote(text) });
  } catch {
    return typed('dynamic', text === '' ? "''" : quote(JSON.stringify(text)));
  }
}

const unix =
  (scale: string): ScalarFunction =>
  (input) =>
    typed('datetime', fromTicks(`toInt64(round(${argumentAs(input, 0, 'real').sql} * ${scale}))`));

/** Conversions between types. */
export const CONVERSION: FunctionTable = {
  tostring: to('string'),
  toint: to('int'),
  tolong: to('long'),
  todouble: to('real'),
  toreal: to('real'),
  todecimal: to('decimal'),
  tobool: to('bool'),
  toboolean: to('bool'),
  todatetime: to('datetime'),
  totimespan: to('timespan'),
  toguid: to('guid'),
  todynamic: parseJson,
  parse_json: parseJson,
  parsejson: parseJson,
  toobject: parseJson,
  dynamic_to_json: (input) =>
    typed(
      'string',
      once(argumentAs(input, 0, 'dynamic').sql, (first) => first),
    ),
  tohex: (input) => {
    const width = input.args[1];
    const text = once(
      argumentAs(input, 0, 'long').sql,
      (first, again) => `if(${first} = 0, '0', lower(trimLeft(hex(reinterpretAsUInt64(${again})), '0')))`,
    );
    return typed(
      'string',
      width === undefined
        ? `ifNull(${text}, '')`
        : `ifNull(leftPad(${text}, toUInt64(${convert(width, 'long').sql}), '0'), '')`,
    );
  },
  unixtime_seconds_todatetime: unix('10000000'),
  unixtime_milliseconds_todatetime: unix('10000'),
  unixtime_microseconds_todatetime: unix('10'),
  unixtime_nanoseconds_todatetime: (input) =>
    typed('datetime', fromTicks(`intDiv(${argumentAs(input, 0, 'long').sql}, 100)`)),
  make_timespan: (input) => {
    const part = (at: number) => argumentAs(input, at, 'real').sql;
    const parts = input.args.map((_, at) => part(at));
    const [days, hours, minutes, seconds] =
      parts.length >= 4 ? parts : parts.length === 3 ? ['0', ...parts] : ['0', ...parts, '0'];
    return typed(
      'timespan',
      `toInt64(round((((${days} * 24 + ${hours}) * 60 + ${minutes}) * 60 + ${seconds}) * 10000000))`,
    );
  },
};
