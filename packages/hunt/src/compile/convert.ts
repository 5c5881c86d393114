import type { Scalar } from '../tree/expression.ts';
import { literalSql, textOf } from './literal.ts';
import { isNumber, once, quote, type Sql, typed } from './sql.ts';

/** Ticks of 100 ns from 0001-01-01, where KQL counts from, to 1970-01-01, where ClickHouse does. */
export const EPOCH_TICKS = '621355968000000000';

/** The ticks since 1970 of a datetime. */
export function ticksOf(datetime: string): string {
  return `reinterpretAsInt64(${datetime})`;
}

/** The datetime of ticks since 1970. */
export function fromTicks(ticks: string): string {
  return `reinterpret(${ticks}, 'DateTime64(7, \\'UTC\\')')`;
}

/** Converts a value as `tostring`, `tolong` … and as the operators do where types differ. */
export function convert(value: Sql, to: Scalar): Sql {
  if (value.type === to) return value;
  if (value.constant === null) return literalSql({ type: to, value: null });
  switch (to) {
    case 'string':
      return toText(value);
    case 'guid':
      return toGuid(toText(value));
    case 'dynamic':
      return toDynamic(value);
    case 'int':
    case 'long':
      return toWhole(value, to);
    case 'real':
      return toReal(value);
    case 'decimal':
      return toDecimal(value);
    case 'bool':
      return toBool(value);
    case 'datetime':
      return toDatetime(value);
    case 'timespan':
      return toTimespan(value);
  }
}

/** `tostring`. */
export function toText(value: Sql): Sql {
  if (value.type === 'string') return value;
  const known = value.constant === undefined ? undefined : textOf(value.constant, value.type);
  if (known !== undefined) return typed('string', quote(known), { constant: known });
  const text = (sql: string) => typed('string', value.nonNull === true ? sql : `ifNull(${sql}, '')`);
  switch (value.type) {
    case 'guid':
      return typed('string', value.sql);
    case 'dynamic':
      return typed('string', value.stringText ?? dynamicText(value.sql));
    case 'bool':
      return typed(
        'string',
        once(value.sql, (first, again) => `multiIf(isNull(${first}), '', ${again}, 'true', 'false')`),
      );
    case 'datetime':
      return text(`concat(replaceOne(toString(${value.sql}), ' ', 'T'), 'Z')`);
    case 'timespan':
      return text(timespanSql(value.sql));
    case 'real':
      return text(realText(value.sql));
    default:
      return text(`toString(${value.sql})`);
  }
}

// 3.0 shows as 3.0, not as 3.
function realText(sql: string): string {
  return once(
    `toString(${sql})`,
    (first, again) =>
      `multiIf(match(${first}, '^-?[0-9]+$'), concat(${again}, '.0'), ${again} = 'nan', 'NaN', ${again} = 'inf', 'Infinity', ${again} = '-inf', '-Infinity', ${again})`,
  );
}

/** The text of a dynamic: a string without its quotes, null as nothing, all else as JSON. */
export function dynamicText(sql: string): string {
  return once(
    sql,
    (first, again) =>
      `multiIf(startsWith(${first}, '"'), JSONExtractString(${again}), ${again} = 'null', '', ${again})`,
  );
}

/** `[-][d.]hh:mm:ss[.fffffff]` of ticks. */
export function timespanSql(ticks: string): string {
  return once(`toInt64(${ticks})`, (first, again) => {
    const size = `abs(${again})`;
    const two = (divisor: string, modulus: number) =>
      `leftPad(toString(intDiv(${size}, ${divisor}) % ${modulus}), 2, '0')`;
    return `concat(if(${first} < 0, '-', ''), if(${size} >= 864000000000, concat(toString(intDiv(${size}, 864000000000)), '.'), ''), ${two('36000000000', 24)}, ':', ${two('600000000', 60)}, ':', ${two('10000000', 60)}, if(${size} % 10000000 = 0, '', concat('.', leftPad(toString(${size} % 10000000), 7, '0'))))`;
  });
}

function toGuid(text: Sql): Sql {
  const plain = `replaceAll(replaceRegexpAll(${text.sql}, '[{}() ]', ''), '-', '')`;
  return typed(
    'guid',
    `ifNull(toString(toUUIDOrNull(replaceRegexpOne(${plain}, '^(.{8})(.{4})(.{4})(.{4})(.{12})$', '\\\\1-\\\\2-\\\\3-\\\\4-\\\\5'))), '')`,
  );
}

/** Any value as JSON text; the empty string where it is null. */
export function toDynamic(value: Sql): Sql {
  if (value.type === 'dynamic') return value;
  const text = jsonOf(value);
  return typed(
    'dynamic',
    value.nonNull === true ? text : once(text, (first, again) => `if(${first} = 'null', '', ${again})`),
  );
}

/** Any value as an element of JSON text: never empty, `null` where it is null. */
export function jsonOf(value: Sql): string {
  const orNull = (sql: string) => (value.nonNull === true ? sql : `ifNull(${sql}, 'null')`);
  switch (value.type) {
    case 'dynamic':
      return once(value.sql, (first, again) => `if(empty(${first}), 'null', ${again})`);
    case 'string':
      return `toJSONString(${value.sql})`;
    case 'guid':
      return once(value.sql, (first, again) => `if(empty(${first}), 'null', toJSONString(${again}))`);
    case 'bool':
      return once(value.sql, (first, again) => `multiIf(isNull(${first}), 'null', ${again}, 'true', 'false')`);
    case 'real':
      return orNull(
        once(
          value.sql,
          (first, again) => `if(isFinite(${first}), ${realText(again)}, concat('"', ${realText(again)}, '"'))`,
        ),
      );
    case 'datetime':
    case 'timespan':
      return once(toText(value).sql, (first, again) => `if(empty(${first}), 'null', concat('"', ${again}, '"'))`);
    default:
      return orNull(`toString(${value.sql})`);
  }
}

function toWhole(value: Sql, to: 'int' | 'long'): Sql {
  const name = to === 'int' ? 'Int32' : 'Int64';
  const keep = value.nonNull === true ? { nonNull: true } : {};
  switch (value.type) {
    case 'int':
    case 'long':
      if (to === 'long')
        return typed(to, `toInt64(${value.sql})`, {
          ...keep,
          ...(value.constant === undefined ? {} : { constant: value.constant }),
        });
      return typed(
        to,
        `accurateCastOrNull(${value.sql}, '${name}')`,
        value.constant === undefined ? {} : { constant: value.constant },
      );
    case 'real':
    case 'decimal':
      return typed(
        to,
        once(
          `toFloat64(${value.sql})`,
          (first, again) =>
            `if(isFinite(${first}) AND abs(${again}) < 9.3e18, accurateCastOrNull(toInt64(trunc(${again})), '${name}'), NULL)`,
        ),
      );
    case 'bool':
      return typed(to, `to${name}(${value.sql})`, keep);
    case 'timespan':
      return typed(to, value.sql, keep);
    case 'datetime':
      return typed(to, `(${ticksOf(value.sql)} + ${EPOCH_TICKS})`, keep);
    default:
      return typed(to, wholeOfText(toText(value).sql, name));
  }
}

function wholeOfText(text: string, name: string): string {
  return once(
    `trimBoth(${text})`,
    (first, again) =>
      `if(startsWith(lower(${first}), '0x'), accurateCastOrNull(reinterpretAsInt64(reverse(unhex(leftPad(substring(${again}, 3), 16, '0')))), '${name}'), multiIf(lower(${again}) = 'true', 1, lower(${again}) = 'false', 0, to${name}OrNull(${again})))`,
  );
}

function toReal(value: Sql): Sql {
  const keep = value.nonNull === true ? { nonNull: true } : {};
  switch (value.type) {
    case 'int':
    case 'long':
    case 'decimal':
    case 'bool':
    case 'timespan':
      return typed('real', `toFloat64(${value.sql})`, keep);
    case 'datetime':
      return typed('real', `toFloat64(${ticksOf(value.sql)} + ${EPOCH_TICKS})`, keep);
    default:
      return typed(
        'real',
        once(
          `trimBoth(${toText(value).sql})`,
          (first, again) =>
            `if(startsWith(lower(${first}), '0x'), toFloat64(${wholeOfText(again, 'Int64')}), toFloat64OrNull(${again}))`,
        ),
      );
  }
}

function toDecimal(value: Sql): Sql {
  if (isNumber(value.type)) return typed('decimal', `toDecimal128OrNull(toString(${value.sql}), 12)`);
  return typed('decimal', `toDecimal128OrNull(${toText(value).sql}, 12)`);
}

function toBool(value: Sql): Sql {
  if (isNumber(value.type)) return typed('bool', `(${value.sql} != 0)`);
  return typed(
    'bool',
    once(
      `lower(trimBoth(${toText(value).sql}))`,
      (first, again) =>
        `multiIf(${first} = 'true', true, ${again} = 'false', false, toInt64OrNull(${again}) IS NOT NULL, toInt64OrNull(${again}) != 0, NULL)`,
    ),
  );
}

function toDatetime(value: Sql): Sql {
  if (isNumber(value.type) || value.type === 'timespan') {
    return typed('datetime', fromTicks(`(toInt64(${value.sql}) - ${EPOCH_TICKS})`));
  }
  return typed('datetime', datetimeOfText(toText(value).sql));
}

// A date alone, or with a time; the engine's best effort would also take bare numbers for Unix times.
function datetimeOfText(text: string): string {
  return once(
    `trimBoth(${text})`,
    (first, again) =>
      `if(match(${first}, '^[0-9]{1,3}$|^[0-9]{5,}$'), NULL, parseDateTime64BestEffortUSOrNull(${again}, 7, 'UTC'))`,
  );
}

function toTimespan(value: Sql): Sql {
  if (isNumber(value.type)) return typed('timespan', `toInt64(${value.sql})`);
  if (value.type === 'datetime') return typed('timespan', ticksOf(value.sql));
  return typed('timespan', timespanOfText(toText(value).sql));
}

function timespanOfText(text: string): string {
  const pattern = quote('^\\s*(-?)(?:(\\d+)\\.)?(\\d+):(\\d+)(?::(\\d+)(?:\\.(\\d{1,7}))?)?\\s*$');
  const measured = quote('^\\s*(-?\\d+(?:\\.\\d+)?)\\s*(d|h|m|s|ms|microsecond|tick)s?\\s*$');
  const units =
    "transform(_u[2], ['d','h','m','s','ms','microsecond','tick'], [864000000000, 36000000000, 600000000, 10000000, 10000, 10, 1], 0)";
  return once(text, (first, again) =>
    once(`extractGroups(${first}, ${pattern})`, (groups, g) => {
      const part = (at: number) => `toInt64OrZero(${g}[${at}])`;
      const clock = `if(${g}[1] = '-', -1, 1) * ((((${part(2)} * 24 + ${part(3)}) * 60 + ${part(4)}) * 60 + ${part(5)}) * 10000000 + toInt64OrZero(rightPad(${g}[6], 7, '0')))`;
      const other = once(
        `extractGroups(${again}, ${measured})`,
        (m, again2) =>
          `multiIf(notEmpty(${m}), toInt64(toFloat64OrZero(${again2}[1]) * ${units.replaceAll('_u', again2)}), match(${again}, '^\\\\s*-?\\\\d+\\\\s*$'), toInt64OrNull(trimBoth(${again})) * 864000000000, NULL)`,
      );
      return `if(notEmpty(${groups}), ${clock}, ${other})`;
    }),
  );
}
