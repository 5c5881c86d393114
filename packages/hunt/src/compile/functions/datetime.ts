import { unsupported } from '../../hunt-error.ts';
import { convert, EPOCH_TICKS, fromTicks, ticksOf } from '../convert.ts';
import { literalSql } from '../literal.ts';
import { bin } from '../operations/arithmetic.ts';
import { once, quote, type Sql, typed } from '../sql.ts';
import { formatDatetime, formatTimespan } from './datetime-format.ts';
import {
  argument,
  argumentAs,
  type FunctionInput,
  type FunctionTable,
  literalArgument,
  type ScalarFunction,
} from './function.ts';

/** The moment of the query as a literal. */
function nowLiteral(now: Date): Sql {
  return literalSql({ type: 'datetime', value: `${now.toISOString().replace('T', ' ').slice(0, 23)}0000` });
}

const now: ScalarFunction = (input) => {
  const moment = nowLiteral(input.scope.compilation.surroundings.now);
  if (input.args.length === 0) return moment;
  return shifted(input.scope.compilation.surroundings.now, argumentAs(input, 0, 'timespan'), 1n);
};

// A known moment stays a literal, so that the engine can skip what is older.
function shifted(base: Date, by: Sql, sign: 1n | -1n): Sql {
  if (typeof by.constant === 'bigint') {
    const ticks = BigInt(base.getTime()) * 10_000n + sign * by.constant;
    const milliseconds = ticks / 10_000n - (ticks % 10_000n < 0n ? 1n : 0n);
    const rest = ticks - milliseconds * 10_000n;
    const moment = new Date(Number(milliseconds));
    if (!Number.isNaN(moment.getTime()) && moment.getUTCFullYear() >= 1 && moment.getUTCFullYear() <= 9999) {
      const text = moment.toISOString().replace('T', ' ').slice(0, 23);
      return literalSql({ type: 'datetime', value: `${text}${String(rest).padStart(4, '0')}` });
    }
  }
  return typed('datetime', fromTicks(`(${ticksOf(nowLiteral(base).sql)} ${sign === 1n ? '+' : '-'} ${by.sql})`));
}

const MONTHLY: Readonly<Record<string, string>> = { month: 'toStartOfMonth', year: 'toStartOfYear' };
const DAY = '864000000000';

/** The ticks at which the day, week, month or year of `datetime`, moved by a number of them, begins. */
function startTicks(unit: string, datetime: string, offset: string): string {
  switch (unit) {
    case 'day':
      return once(
        ticksOf(datetime),
        (first, again) => `(${first} - positiveModulo(${again}, ${DAY}) + (${offset}) * ${DAY})`,
      );
    case 'week': {
      // Weeks begin on Sunday; the day from which KQL counts was a Monday.
      const from = `${EPOCH_TICKS} + ${DAY}`;
      return once(
        ticksOf(datetime),
        (first, again) => `(${first} - positiveModulo(${again} + ${from}, ${DAY} * 7) + (${offset}) * ${DAY} * 7)`,
      );
    }
    default: {
      const add = unit === 'month' ? 'addMonths' : 'addYears';
      const start = MONTHLY[unit] ?? 'toStartOfMonth';
      return ticksOf(`toDateTime64(${add}(${start}(toDate32(${datetime})), ${offset}), 7, 'UTC')`);
    }
  }
}

const boundary =
  (unit: string, end: boolean): ScalarFunction =>
  (input) => {
    const moment = argumentAs(input, 0, 'datetime').sql;
    const offset = input.args[1] === undefined ? '0' : argumentAs(input, 1, 'long').sql;
    const ticks = startTicks(unit, moment, end ? `${offset} + 1` : offset);
    return typed('datetime', fromTicks(end ? `(${ticks} - 1)` : ticks));
  };

const part =
  (type: 'int' | 'long', write: (datetime: string) => string): ScalarFunction =>
  (input) =>
    typed(type, `to${type === 'int' ? 'Int32' : 'Int64'}(${write(argumentAs(input, 0, 'datetime').sql)})`);

const PARTS: Readonly<Record<string, (datetime: string) => string>> = {
  year: (at) => `toYear(${at})`,
  quarter: (at) => `toQuarter(${at})`,
  month: (at) => `toMonth(${at})`,
  week_of_year: (at) => `toISOWeek(${at})`,
  day: (at) => `toDayOfMonth(${at})`,
  dayofyear: (at) => `toDayOfYear(${at})`,
  hour: (at) => `toHour(${at})`,
  minute: (at) => `toMinute(${at})`,
  second: (at) => `toSecond(${at})`,
  millisecond: (at) => `intDiv(positiveModulo(${ticksOf(at)}, 10000000), 10000)`,
  microsecond: (at) => `intDiv(positiveModulo(${ticksOf(at)}, 10000000), 10)`,
  nanosecond: (at) => `positiveModulo(${ticksOf(at)}, 10000000) * 100`,
};

const TICKS: Readonly<Record<string, string>> = {
  week: '6048000000000',
  day: DAY,
  hour: '36000000000',
  minute: '600000000',
  second: '10000000',
  millisecond: '10000',
  microsecond: '10',
};

function unitOf(input: FunctionInput, at: number): string {
  return (literalArgument(input, at) ?? '')
    .toLowerCase()
    .replace(/s$/, '')
    .replace(/^weekofyear$/, 'week_of_year')
    .replace(/^day_of_year$/, 'dayofyear');
}

// Whole borders crossed, as `datetime_diff` counts.
const difference: ScalarFunction = (input) => {
  const unit = unitOf(input, 0);
  const [late, early] = [argumentAs(input, 1, 'datetime').sql, argumentAs(input, 2, 'datetime').sql];
  if (unit === 'nanosecond') return typed('long', `((${ticksOf(late)} - ${ticksOf(early)}) * 100)`);
  const months = (at: string) => `(toInt64(toYear(${at})) * 12 + toMonth(${at}))`;
  if (unit === 'year') return typed('long', `(toInt64(toYear(${late})) - toInt64(toYear(${early})))`);
  if (unit === 'quarter')
    return typed(
      'long',
      `((toInt64(toYear(${late})) * 4 + toQuarter(${late})) - (toInt64(toYear(${early})) * 4 + toQuarter(${early})))`,
    );
  if (unit === 'month') return typed('long', `(${months(late)} - ${months(early)})`);
  const size = TICKS[unit];
  if (size === undefined) throw unsupported(`The unit ${unit}`, input.call.at);
  const from = unit === 'week' ? `${EPOCH_TICKS} + ${DAY}` : '0';
  const count = (at: string) =>
    once(
      `(${ticksOf(at)} + ${from})`,
      (first, again) => `intDiv(${first} - positiveModulo(${again}, ${size}), ${size})`,
    );
  return typed('long', `(${count(late)} - ${count(early)})`);
};

const add: ScalarFunction = (input) => {
  const unit = unitOf(input, 0);
  const amount = argumentAs(input, 1, 'long').sql;
  const moment = argumentAs(input, 2, 'datetime').sql;
  const size = TICKS[unit];
  if (size !== undefined) return typed('datetime', fromTicks(`(${ticksOf(moment)} + ${amount} * ${size})`));
  if (unit === 'nanosecond') return typed('datetime', fromTicks(`(${ticksOf(moment)} + intDiv(${amount}, 100))`));
  const name = { year: 'addYears', quarter: 'addQuarters', month: 'addMonths' }[unit];
  if (name === undefined) throw unsupported(`The unit ${unit}`, input.call.at);
  return typed('datetime', `${name}(${moment}, ${amount})`);
};

const zone =
  (write: (datetime: string, name: string) => string): ScalarFunction =>
  (input) => {
    const name = literalArgument(input, 1) ?? 'UTC';
    return typed('datetime', write(argumentAs(input, 0, 'datetime').sql, quote(name)));
  };

/** Moments, their parts and their differences. */
export const DATETIME: FunctionTable = {
  now,
  ago: (input) => shifted(input.scope.compilation.surroundings.now, argumentAs(input, 0, 'timespan'), -1n),
  bin: (input) => bin(argument(input, 0), argument(input, 1)),
  floor: (input) => bin(argument(input, 0), argument(input, 1)),
  bin_at: (input) => {
    const [value, size, fixed] = [argument(input, 0), argument(input, 1), argument(input, 2)];
    if (value.type === 'datetime') {
      const [ticks, base] = [ticksOf(value.sql), ticksOf(convert(fixed, 'datetime').sql)];
      return typed(
        'datetime',
        once(ticks, (first, again) =>
          fromTicks(`(${first} - positiveModulo(${again} - ${base}, ${convert(size, 'timespan').sql}))`),
        ),
      );
    }
    const type = input.call.type;
    const [one, by, base] = [value, size, fixed].map((item) => convert(item, type).sql);
    if (type === 'real') return typed(type, `(${base} + floor((${one} - ${base}) / ${by}) * ${by})`);
    return typed(type, `(${one} - positiveModulo(${one} - ${base}, ${by}))`);
  },
  startofday: boundary('day', false),
  startofweek: boundary('week', false),
  startofmonth: boundary('month', false),
  startofyear: boundary('year', false),
  endofday: boundary('day', true),
  endofweek: boundary('week', true),
  endofmonth: boundary('month', true),
  endofyear: boundary('year', true),
  dayofweek: (input) =>
    typed('timespan', `(toInt64(toDayOfWeek(${argumentAs(input, 0, 'datetime').sql}) % 7) * ${DAY})`),
  dayofmonth: part('int', (at) => `toDayOfMonth(${at})`),
  dayofyear: part('int', (at) => `toDayOfYear(${at})`),
  hourofday: part('int', (at) => `toHour(${at})`),
  monthofyear: part('int', (at) => `toMonth(${at})`),
  getmonth: part('int', (at) => `toMonth(${at})`),
  getyear: part('int', (at) => `toYear(${at})`),
  week_of_year: part('int', (at) => `toISOWeek(${at})`),
  weekofyear: part('int', (at) => `toISOWeek(${at})`),
  datetime_part: (input) => {
    const write = PARTS[unitOf(input, 0)];
    if (write === undefined) throw unsupported(`The part ${literalArgument(input, 0)}`, input.call.at);
    return typed('int', `toInt32(${write(argumentAs(input, 1, 'datetime').sql)})`);
  },
  datetime_diff: difference,
  datetime_add: add,
  make_datetime: (input) => {
    const args = input.args.map((_, at) => argumentAs(input, at, at === 5 ? 'real' : 'long').sql);
    if (args.length === 1) return convert(argument(input, 0), 'datetime');
    const [year = '1', month = '1', day = '1', hour = '0', minute = '0', second = '0'] = args;
    const date = `makeDate32(${year}, ${month}, ${day})`;
    const clock = `toInt64(round(((${hour} * 60 + ${minute}) * 60 + ${second}) * 10000000))`;
    const isDay = `toMonth(${date}) = ${month} AND toDayOfMonth(${date}) = ${day}`;
    const isTime = `${hour} BETWEEN 0 AND 23 AND ${minute} BETWEEN 0 AND 59 AND ${second} >= 0 AND ${second} < 60`;
    const at = fromTicks(`(${ticksOf(`toDateTime64(${date}, 7, 'UTC')`)} + ${clock})`);
    return typed('datetime', `if(ifNull(${isDay} AND ${isTime}, false), ${at}, NULL)`);
  },
  format_datetime: (input) => formatDatetime(argumentAs(input, 0, 'datetime').sql, literalArgument(input, 1) ?? ''),
  format_timespan: (input) => formatTimespan(argumentAs(input, 0, 'timespan').sql, literalArgument(input, 1) ?? ''),
  datetime_utc_to_local: zone((at, name) => `toDateTime64(toString(toTimeZone(${at}, ${name})), 7, 'UTC')`),
  datetime_local_to_utc: zone((at, name) => `toTimeZone(toDateTime64(toString(${at}), 7, ${name}), 'UTC')`),
  ingestion_time: ({ scope }) =>
    scope.column('TimeGenerated') ?? scope.column('Timestamp') ?? literalSql({ type: 'datetime', value: null }),
};
