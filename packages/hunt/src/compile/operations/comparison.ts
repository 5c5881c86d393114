import type { Scalar } from '../../tree/expression.ts';
import { convert, fromTicks, ticksOf } from '../convert.ts';
import { isNumber, once, type Sql, typed } from '../sql.ts';

/** Converts two operands so that SQL can compare them. */
export function unify(left: Sql, right: Sql): readonly [Sql, Sql] {
  if (left.type === right.type) {
    return left.type === 'dynamic' ? [convert(left, 'string'), convert(right, 'string')] : [left, right];
  }
  const both = (type: Scalar) => [convert(left, type), convert(right, type)] as const;
  if (left.type === 'dynamic') return both(right.type === 'int' || right.type === 'long' ? 'real' : right.type);
  if (right.type === 'dynamic') return both(left.type === 'int' || left.type === 'long' ? 'real' : left.type);
  if (isNumber(left.type) && isNumber(right.type)) {
    return left.type === 'decimal' || right.type === 'decimal' ? both('decimal') : [left, right];
  }
  if (left.type === 'bool' || right.type === 'bool') return both('long');
  if (left.type === 'timespan' || right.type === 'timespan') return both('timespan');
  if (left.type === 'datetime' || right.type === 'datetime') return both('datetime');
  return both('string');
}

/** `==`, `!=`, `<` …, `=~`, `!~`, with KQL's nulls: a null equals nothing but gives null beside another null. */
export function compare(operator: string, a: Sql, b: Sql, filters: boolean): Sql {
  const [left, right] = unify(a, b);
  if (operator === '=~' || operator === '!~') {
    const [one, other] = [lower(convert(left, 'string')), lower(convert(right, 'string'))];
    return typed('bool', `(${one} ${operator === '=~' ? '=' : '!='} ${other})`, { nonNull: true });
  }
  const known = left.nonNull === true && right.nonNull === true;
  if (operator !== '==' && operator !== '!=' && operator !== '<>') {
    return typed('bool', `(${left.sql} ${operator} ${right.sql})`, known ? { nonNull: true } : {});
  }
  const equal = operator === '==';
  const plain = (one: string, other: string) => `(${one} ${equal ? '=' : '!='} ${other})`;
  if (known || (filters && equal)) return typed('bool', plain(left.sql, right.sql), known ? { nonNull: true } : {});
  if (left.nonNull === true || right.nonNull === true) {
    return typed('bool', `ifNull(${plain(left.sql, right.sql)}, ${equal ? 'false' : 'true'})`, { nonNull: true });
  }
  return typed(
    'bool',
    once(left.sql, (l, l2) =>
      once(
        right.sql,
        (r, r2) =>
          `multiIf(isNull(${l}) AND isNull(${r}), NULL, isNull(${l2}) OR isNull(${r2}), ${!equal}, ${plain(l2, r2)})`,
      ),
    ),
  );
}

/** A text in lower case; folded when the query is compiled where it is a literal. */
export function lower(value: Sql): string {
  if (typeof value.constant === 'string') {
    const folded = value.constant.toLowerCase();
    return `'${folded.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
  }
  return `lowerUTF8(${value.sql})`;
}

/** `between (from .. to)`, both ends included; `to` may be a timespan after `from`. */
export function between(operator: string, value: Sql, from: Sql, to: Sql, filters: boolean): Sql {
  const end: Sql =
    from.type === 'datetime' && to.type === 'timespan'
      ? typed('datetime', fromTicks(`(${ticksOf(from.sql)} + ${to.sql})`), {
          nonNull: to.nonNull === true && from.nonNull === true,
        })
      : to;
  const whole = once(value.sql, (first, again) => {
    const one = compare('>=', { ...value, sql: first }, from, filters);
    const other = compare('<=', { ...value, sql: again }, end, filters);
    return `(${one.sql} AND ${other.sql})`;
  });
  return typed('bool', operator === 'between' ? whole : `(NOT ${whole})`);
}
