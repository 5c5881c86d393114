import { convert } from '../convert.ts';
import { once, typed } from '../sql.ts';
import { argument, argumentAs, type FunctionTable, ofReals, type ScalarFunction } from './function.ts';

const same =
  (write: (value: string) => string): ScalarFunction =>
  (input) => {
    const value = argument(input, 0);
    const type = value.type === 'dynamic' ? 'real' : value.type;
    return convert(typed(type, write(convert(value, type).sql)), input.call.type);
  };

const bits =
  (write: (one: string, other: string) => string): ScalarFunction =>
  (input) =>
    typed('long', `toInt64(${write(argumentAs(input, 0, 'long').sql, argumentAs(input, 1, 'long').sql)})`);

const test =
  (write: (value: string) => string): ScalarFunction =>
  (input) =>
    typed('bool', write(argumentAs(input, 0, 'real').sql));

/** Arithmetic beyond the operators. */
export const MATH: FunctionTable = {
  abs: same((value) => `abs(${value})`),
  round: (input) => {
    const digits = input.args[1] === undefined ? '0' : argumentAs(input, 1, 'long').sql;
    const value = argumentAs(input, 0, 'real').sql;
    const places = input.args[1]?.constant;
    if (input.args[1] === undefined || typeof places === 'bigint')
      return typed('real', halfAway(value, Number(places ?? 0)));
    return typed('real', `(round(${value} * pow(10, ${digits})) / pow(10, ${digits}))`);
  },
  ceiling: same((value) => `ceil(${value})`),
  sign: same((value) => `sign(${value})`),
  sqrt: ofReals((value) => `sqrt(${value})`),
  exp: ofReals((value) => `exp(${value})`),
  exp2: ofReals((value) => `exp2(${value})`),
  exp10: ofReals((value) => `exp10(${value})`),
  log: ofReals((value) => `log(${value})`),
  log2: ofReals((value) => `log2(${value})`),
  log10: ofReals((value) => `log10(${value})`),
  pow: ofReals((base, exponent) => `pow(${base}, ${exponent})`),
  pi: () => typed('real', 'pi()', { nonNull: true }),
  sin: ofReals((value) => `sin(${value})`),
  cos: ofReals((value) => `cos(${value})`),
  tan: ofReals((value) => `tan(${value})`),
  cot: ofReals((value) => `(1 / tan(${value}))`),
  asin: ofReals((value) => `asin(${value})`),
  acos: ofReals((value) => `acos(${value})`),
  atan: ofReals((value) => `atan(${value})`),
  atan2: ofReals((y, x) => `atan2(${y}, ${x})`),
  degrees: ofReals((value) => `degrees(${value})`),
  radians: ofReals((value) => `radians(${value})`),
  gamma: ofReals((value) => `tgamma(${value})`),
  loggamma: ofReals((value) => `lgamma(${value})`),
  erf: ofReals((value) => `erf(${value})`),
  erfc: ofReals((value) => `erfc(${value})`),
  isnan: test((value) => `ifNull(isNaN(${value}), false)`),
  isinf: test((value) => `ifNull(isInfinite(${value}), false)`),
  isfinite: test((value) => `isFinite(${value})`),
  rand: (input) => {
    const limit = input.args[0];
    if (limit === undefined) return typed('real', '(rand64() / 18446744073709551616.)', { nonNull: true });
    return typed('real', `toFloat64(rand64() % toUInt64(${convert(limit, 'long').sql}))`);
  },
  new_guid: () => typed('guid', 'toString(generateUUIDv4())'),
  binary_and: bits((one, other) => `bitAnd(${one}, ${other})`),
  binary_or: bits((one, other) => `bitOr(${one}, ${other})`),
  binary_xor: bits((one, other) => `bitXor(${one}, ${other})`),
  binary_shift_left: bits((one, by) => `bitShiftLeft(${one}, toUInt8(positiveModulo(${by}, 64)))`),
  binary_shift_right: bits((one, by) => `bitShiftRight(${one}, toUInt8(positiveModulo(${by}, 64)))`),
  binary_not: (input) => typed('long', `bitNot(${argumentAs(input, 0, 'long').sql})`),
  bitset_count_ones: (input) => typed('long', `toInt64(bitCount(${argumentAs(input, 0, 'long').sql}))`),
};

// Halves round to even, as the language does.
function halfAway(value: string, places: number): string {
  return once(value, (first) => `roundBankers(${first}, ${places})`);
}
