import { arrayOf, numberItems } from '../dynamic-path.ts';
import { once, quote, type Sql, typed } from '../sql.ts';
import { argument, argumentAs, type FunctionInput, type FunctionTable, type ScalarFunction } from './function.ts';

/** The numbers of an argument as `Array(Nullable(Float64))`. */
export function numbers(input: FunctionInput, at: number): string {
  return numberItems(argumentAs(input, at, 'dynamic'));
}

/** A dynamic array of the numbers of an `Array(Nullable(Float64))`. */
export function seriesOf(sql: string): Sql {
  return arrayOf(
    `arrayMap(_x -> multiIf(isNull(_x), 'null', isFinite(_x), toString(assumeNotNull(_x)), '"NaN"'), ${sql})`,
  );
}

const each =
  (write: (value: string) => string): ScalarFunction =>
  (input) =>
    seriesOf(`arrayMap(_y -> ${write('_y')}, ${numbers(input, 0)})`);

// Operands may be series or single numbers; the shorter one is filled with nulls.
const pairwise =
  (write: (one: string, other: string) => string, isTest = false): ScalarFunction =>
  (input) => {
    const [a, b] = [operand(input, 0), operand(input, 1)];
    const size = `greatest(${a.size}, ${b.size})`;
    const body = write(a.item, b.item);
    const list = `range(1, toUInt64(${size}) + 1)`;
    if (!isTest) return seriesOf(`arrayMap(_i -> ${body}, ${list})`);
    return arrayOf(`arrayMap(_i -> multiIf(isNull(${body}), 'null', ${body}, 'true', 'false'), ${list})`);
  };

function operand(input: FunctionInput, at: number): { size: string; item: string } {
  const value = argument(input, at);
  if (value.type !== 'dynamic') return { size: '0', item: argumentAs(input, at, 'real').sql };
  const list = numbers(input, at);
  return { size: `length(${list})`, item: `if(_i > length(${list}), NULL, ${list}[_i])` };
}

const present = (list: string) => `arrayFilter(_x -> isNotNull(_x), ${list})`;

// Gaps take the nearest value on one side.
const fill =
  (backward: boolean): ScalarFunction =>
  (input) => {
    const list = numbers(input, 0);
    const turn = (sql: string) => (backward ? `arrayReverse(${sql})` : sql);
    return seriesOf(turn(`arrayFill(_x -> isNotNull(_x), ${turn(list)})`));
  };

const fillLinear: ScalarFunction = (input) => {
  const list = numbers(input, 0);
  const edges = input.args[2]?.constant !== false;
  const before = `arrayFill(_x -> _x > 0, arrayMap((_x, _i) -> if(isNull(_x), 0, toInt64(_i)), ${list}, arrayEnumerate(${list})))`;
  const after = `arrayReverse(arrayFill(_x -> _x > 0, arrayReverse(arrayMap((_x, _i) -> if(isNull(_x), 0, toInt64(_i)), ${list}, arrayEnumerate(${list})))))`;
  const body = `multiIf(isNotNull(_x), _x, _b = 0 AND _a = 0, NULL, _b = 0, ${edges ? `${list}[_a]` : 'NULL'}, _a = 0, ${edges ? `${list}[_b]` : 'NULL'}, ${list}[_b] + (${list}[_a] - ${list}[_b]) * (toInt64(_i) - _b) / (_a - _b))`;
  return seriesOf(`arrayMap((_x, _i, _b, _a) -> ${body}, ${list}, arrayEnumerate(${list}), ${before}, ${after})`);
};

/** The numbers of an argument, gaps as zero. */
const plain = (input: FunctionInput, at: number) => `arrayMap(_z -> ifNull(_z, 0), ${numbers(input, at)})`;

const average = (list: string) => `arrayAvg(${list})`;

const stats = (input: FunctionInput): readonly [string, string][] => {
  const list = numbers(input, 0);
  const all = `arrayMap(_x -> assumeNotNull(_x), ${present(list)})`;
  const deviations = `arraySum(arrayMap(_x -> pow(_x - ${average(all)}, 2), ${all}))`;
  const variance = `if(length(${all}) > 1, ${deviations} / (length(${all}) - 1), 0)`;
  return [
    ['min', `arrayMin(${all})`],
    ['min_idx', `indexOf(${list}, arrayMin(${all})) - 1`],
    ['max', `arrayMax(${all})`],
    ['max_idx', `indexOf(${list}, arrayMax(${all})) - 1`],
    ['avg', average(all)],
    ['stdev', `sqrt(${variance})`],
    ['variance', variance],
  ];
};

/** The arithmetic of series. */
export const SERIES: FunctionTable = {
  series_abs: each((value) => `abs(${value})`),
  series_acos: each((value) => `acos(${value})`),
  series_asin: each((value) => `asin(${value})`),
  series_atan: each((value) => `atan(${value})`),
  series_cos: each((value) => `cos(${value})`),
  series_sin: each((value) => `sin(${value})`),
  series_tan: each((value) => `tan(${value})`),
  series_exp: each((value) => `exp(${value})`),
  series_log: each((value) => `log(${value})`),
  series_floor: each((value) => `floor(${value})`),
  series_ceiling: each((value) => `ceil(${value})`),
  series_sign: each((value) => `sign(${value})`),
  series_add: pairwise((one, other) => `${one} + ${other}`),
  series_subtract: pairwise((one, other) => `${one} - ${other}`),
  series_multiply: pairwise((one, other) => `${one} * ${other}`),
  series_divide: pairwise((one, other) => `${one} / ${other}`),
  series_pow: pairwise((one, other) => `pow(${one}, ${other})`),
  series_less: pairwise((one, other) => `${one} < ${other}`, true),
  series_less_equals: pairwise((one, other) => `${one} <= ${other}`, true),
  series_greater: pairwise((one, other) => `${one} > ${other}`, true),
  series_greater_equals: pairwise((one, other) => `${one} >= ${other}`, true),
  series_equals: pairwise((one, other) => `${one} = ${other}`, true),
  series_not_equals: pairwise((one, other) => `${one} != ${other}`, true),
  series_sum: (input) => typed('real', `arraySum(arrayMap(_x -> ifNull(_x, 0), ${numbers(input, 0)}))`),
  series_product: (input) => typed('real', `arrayProduct(arrayMap(_x -> ifNull(_x, 1), ${numbers(input, 0)}))`),
  series_magnitude: (input) => typed('real', `sqrt(arraySum(arrayMap(_x -> _x * _x, ${numbers(input, 0)})))`),
  series_dot_product: (input) => {
    const [a, b] = [operand(input, 0), operand(input, 1)];
    return typed(
      'real',
      `arraySum(arrayMap(_i -> ifNull(${a.item} * ${b.item}, 0), range(1, toUInt64(greatest(${a.size}, ${b.size})) + 1)))`,
    );
  },
  series_cosine_similarity: (input) => {
    const [a, b] = [numbers(input, 0), numbers(input, 1)];
    const dot = `arraySum(arrayMap((_x, _y) -> _x * _y, ${a}, ${b}))`;
    const size = (list: string) => `sqrt(arraySum(arrayMap(_x -> _x * _x, ${list})))`;
    return typed('real', `(${dot} / (${size(a)} * ${size(b)}))`);
  },
  series_pearson_correlation: (input) => {
    const [a, b] = [plain(input, 0), plain(input, 1)];
    const centred = (list: string, item: string) => `(${item} - ${average(list)})`;
    const dot = `arraySum(arrayMap((_x, _y) -> ${centred(a, '_x')} * ${centred(b, '_y')}, ${a}, ${b}))`;
    const size = (list: string) => `sqrt(arraySum(arrayMap(_x -> pow(${centred(list, '_x')}, 2), ${list})))`;
    return typed('real', `(${dot} / (${size(a)} * ${size(b)}))`);
  },
  series_fill_const: (input) =>
    seriesOf(`arrayMap(_y -> ifNull(_y, ${argumentAs(input, 1, 'real').sql}), ${numbers(input, 0)})`),
  series_fill_forward: fill(false),
  series_fill_backward: fill(true),
  series_fill_linear: fillLinear,
  series_stats: (input) =>
    seriesOf(
      `[${stats(input)
        .map(([, sql]) => `toNullable(toFloat64(${sql}))`)
        .join(', ')}]`,
    ),
  series_stats_dynamic: (input) => {
    const pairs = stats(input).map(([name, sql]) => `concat(${quote(`"${name}":`)}, toString(toFloat64(${sql})))`);
    return typed('dynamic', `concat('{', arrayStringConcat([${pairs.join(', ')}], ','), '}')`);
  },
  series_fit_line: (input) => {
    const list = `arrayMap(_x -> ifNull(_x, 0), ${numbers(input, 0)})`;
    return typed(
      'dynamic',
      once(list, (first, again) => fitLine(first, again)),
    );
  },
};

/** Least squares: r², slope, variance, variance of what remains, intercept, and the line itself. */
function fitLine(first: string, again: string): string {
  const n = `length(${again})`;
  const places = `arrayMap(_i -> toFloat64(_i - 1), arrayEnumerate(${again}))`;
  const meanX = `((${n} - 1) / 2)`;
  const meanY = `arrayAvg(${again})`;
  const slope = `(arraySum((_x, _y) -> (_x - ${meanX}) * (_y - ${meanY}), ${places}, ${again}) / arraySum(_x -> pow(_x - ${meanX}, 2), ${places}))`;
  return once(slope, (s, s2) => {
    const start = `(${meanY} - ${s2} * ${meanX})`;
    const rest = `arraySum((_x, _y) -> pow(_y - (${start} + ${s2} * _x), 2), ${places}, ${again})`;
    const whole = `arraySum(_y -> pow(_y - ${meanY}, 2), ${again})`;
    const line = `arrayStringConcat(arrayMap(_x -> toString(${start} + ${s2} * _x), ${places}), ',')`;
    return `if(length(${first}) < 2, '', concat('[', toString(1 - ${rest} / ${whole} + 0 * ${s}), ',', toString(${s2}), ',', toString(${whole} / (${n} - 1)), ',', toString(${rest} / (${n} - 1)), ',', toString(${start}), ',[', ${line}, ']]'))`;
  });
}
