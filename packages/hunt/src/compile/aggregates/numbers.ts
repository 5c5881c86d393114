import type { Scalar } from '../../tree/expression.ts';
import { convert } from '../convert.ts';
import { isNullDynamic } from '../dynamic-path.ts';
import { isTextual, type Sql, typed } from '../sql.ts';
import { type AggregateFunction, type AggregateTable, conditionAt, operand, operandAs } from './aggregate.ts';

const count: AggregateFunction = () => typed('long', 'toInt64(count())', { nonNull: true });

// With a condition after the operands, or without one.
const sum =
  (conditional: boolean): AggregateFunction =>
  (call, scope) => {
    const type = call.type === 'dynamic' ? 'real' : call.type;
    const value = operandAs(call, 0, type, scope).sql;
    const sql = conditional ? `sumIf(${value}, ${conditionAt(call, 1, scope)})` : `sum(${value})`;
    return typed(type, `ifNull(${sql}, 0)`);
  };

const average =
  (conditional: boolean): AggregateFunction =>
  (call, scope) => {
    const type = call.type;
    const value = operandAs(call, 0, type === 'timespan' || type === 'datetime' ? type : 'real', scope);
    const number = type === 'datetime' ? `reinterpretAsInt64(${value.sql})` : value.sql;
    const sql = conditional ? `avgIf(${number}, ${conditionAt(call, 1, scope)})` : `avg(${number})`;
    if (type === 'timespan') return typed(type, `toInt64(${sql})`);
    if (type === 'datetime') return typed(type, `reinterpret(toInt64(${sql}), 'DateTime64(7, \\'UTC\\')')`);
    return typed('real', `ifNull(${sql}, nan)`);
  };

const extreme =
  (name: 'max' | 'min', conditional: boolean): AggregateFunction =>
  (call, scope) => {
    const value = operand(call, 0, scope);
    const type: Scalar = value.type === 'dynamic' ? 'real' : value.type;
    const of = convert(value, type).sql;
    const condition = conditional ? `, ${conditionAt(call, 1, scope)}` : '';
    if (value.type === 'dynamic') return extremeDynamic(name, value, condition);
    if (isTextual(type)) return typed(type, `${name}${conditional ? 'If' : ''}(${of}${condition})`);
    return typed(type, `${name}OrNull${conditional ? 'If' : ''}(${of}${condition})`);
  };

function extremeDynamic(name: 'max' | 'min', value: Sql, condition: string): Sql {
  const test = `NOT ${isNullDynamic(value.sql)}${condition === '' ? '' : ` AND ${condition.slice(2)}`}`;
  return typed(
    'dynamic',
    `arg${name === 'max' ? 'Max' : 'Min'}If(${value.sql}, (ifNull(toFloat64OrNull(${value.sql}), 0), ${value.sql}), ${test})`,
  );
}

const distinctCount =
  (conditional: boolean): AggregateFunction =>
  (call, scope) => {
    const value = operand(call, 0, scope);
    const notNull = value.type === 'dynamic' ? [`NOT ${isNullDynamic(value.sql)}`] : [];
    const conditions = [...notNull, ...(conditional ? [conditionAt(call, 1, scope)] : [])];
    const sql =
      conditions.length === 0 ? `uniqExact(${value.sql})` : `uniqExactIf(${value.sql}, ${conditions.join(' AND ')})`;
    return typed('long', `toInt64(${sql})`, { nonNull: true });
  };

const spread =
  (name: string, conditional: boolean): AggregateFunction =>
  (call, scope) => {
    const value = operandAs(call, 0, 'real', scope).sql;
    const sql = conditional ? `${name}If(${value}, ${conditionAt(call, 1, scope)})` : `${name}(${value})`;
    return typed('real', `if(isNaN(${sql}), 0, ${sql})`);
  };

const together =
  (name: string, conditional: boolean): AggregateFunction =>
  (call, scope) => {
    const pair = `${operandAs(call, 0, 'real', scope).sql}, ${operandAs(call, 1, 'real', scope).sql}`;
    return typed('real', conditional ? `${name}If(${pair}, ${conditionAt(call, 2, scope)})` : `${name}(${pair})`);
  };

const bits =
  (name: string): AggregateFunction =>
  (call, scope) =>
    typed('long', `toInt64(${name}(toUInt64(${operandAs(call, 0, 'long', scope).sql})))`);

const percentile: AggregateFunction = (call, scope) => {
  const level = call.operands[1];
  const fraction = level?.kind === 'literal' ? Number(level.value) / 100 : 0.5;
  return percentileOf(operand(call, 0, scope), fraction);
};

/** The value at a fraction of the way: the nearest that occurs, as the language gives it. */
export function percentileOf(value: Sql, fraction: number, weight?: string): Sql {
  const level = Math.min(Math.max(fraction, 0), 1);
  const suffix = weight === undefined ? '' : 'Weighted';
  const tail = weight === undefined ? '' : `, toUInt64(greatest(0, ${weight}))`;
  const list = `arraySort(arrayFilter(_e -> isNotNull(_e), groupArray(${value.sql})))`;
  if (weight === undefined) {
    const type = value.type === 'dynamic' ? 'real' : value.type;
    const sorted = value.type === 'dynamic' ? list.replace(value.sql, convert(value, 'real').sql) : list;
    return typed(
      type,
      `arrayElementOrNull(${sorted}, toInt64(greatest(1, ceil(${level} * length(${sorted}))))) `.trim(),
    );
  }
  return typed(value.type, `quantileExact${suffix}(${level})(${value.sql}${tail})`);
}

/** Counting, adding up and describing numbers. */
export const NUMBERS: AggregateTable = {
  count,
  cnt: count,
  countif: (call, scope) => typed('long', `toInt64(countIf(${conditionAt(call, 0, scope)}))`, { nonNull: true }),
  sum: sum(false),
  sumif: sum(true),
  avg: average(false),
  avgif: average(true),
  max: extreme('max', false),
  maxif: extreme('max', true),
  min: extreme('min', false),
  minif: extreme('min', true),
  dcount: distinctCount(false),
  dcountif: distinctCount(true),
  count_distinct: distinctCount(false),
  count_distinctif: distinctCount(true),
  stdev: spread('stddevSampStable', false),
  stdevif: spread('stddevSampStable', true),
  stdevp: spread('stddevPopStable', false),
  stdevpif: spread('stddevPopStable', true),
  variance: spread('varSampStable', false),
  varianceif: spread('varSampStable', true),
  variancep: spread('varPopStable', false),
  variancepif: spread('varPopStable', true),
  binary_all_and: bits('groupBitAnd'),
  binary_all_or: bits('groupBitOr'),
  binary_all_xor: bits('groupBitXor'),
  percentile,
  covariance: together('covarSampStable', false),
  covarianceif: together('covarSampStable', true),
  covariancep: together('covarPopStable', false),
  covariancepif: together('covarPopStable', true),
};
