import type { Scalar } from '../../tree/expression.ts';
import { convert, EPOCH_TICKS, fromTicks, ticksOf, toDynamic } from '../convert.ts';
import { once, type Sql, typed } from '../sql.ts';

/** `+ - * / %` by the types the binder found. */
export function arithmetic(operator: string, left: Sql, right: Sql, type: Scalar): Sql {
  if (type === 'datetime') return datetimeShift(operator, left, right);
  if (type === 'timespan') return timespanResult(operator, left, right);
  if (left.type === 'timespan' && right.type === 'timespan') return timespanRatio(operator, left, right, type);
  const to: Scalar = type === 'dynamic' || type === 'bool' || type === 'string' ? 'real' : type;
  const value = numbers(operator, convert(left, to), convert(right, to), to);
  return type === 'dynamic' ? toDynamic(value) : value;
}

function numbers(operator: string, left: Sql, right: Sql, type: Scalar): Sql {
  const known = left.nonNull === true && right.nonNull === true;
  if (type === 'real' || (type === 'decimal' && operator !== '/' && operator !== '%')) {
    const sql =
      operator === '%'
        ? `(${left.sql} - ${right.sql} * trunc(${left.sql} / ${right.sql}))`
        : `(${left.sql} ${operator} ${right.sql})`;
    return typed(type, sql, known && type === 'real' ? { nonNull: true } : {});
  }
  if (operator === '/') {
    return type === 'decimal'
      ? typed(type, `divideDecimal(${left.sql}, nullIf(${right.sql}, 0), 12)`)
      : typed(type, `intDiv(${left.sql}, nullIf(${right.sql}, 0))`);
  }
  if (operator === '%') return typed(type, `positiveModulo(${left.sql}, nullIf(toInt64(abs(${right.sql})), 0))`);
  return typed(type, `(${left.sql} ${operator} ${right.sql})`, known ? { nonNull: true } : {});
}

function datetimeShift(operator: string, left: Sql, right: Sql): Sql {
  const [moment, shift] = left.type === 'datetime' || right.type !== 'datetime' ? [left, right] : [right, left];
  const at = convert(moment, 'datetime');
  const by = convert(shift, 'timespan');
  return typed(
    'datetime',
    fromTicks(`(${ticksOf(at.sql)} ${operator} ${by.sql})`),
    at.nonNull && by.nonNull ? { nonNull: true } : {},
  );
}

function timespanResult(operator: string, left: Sql, right: Sql): Sql {
  if (left.type === 'datetime' || right.type === 'datetime') {
    const [one, other] = [convert(left, 'datetime'), convert(right, 'datetime')];
    return typed(
      'timespan',
      `(${ticksOf(one.sql)} ${operator} ${ticksOf(other.sql)})`,
      one.nonNull && other.nonNull ? { nonNull: true } : {},
    );
  }
  if (operator === '*' || operator === '/') {
    const [one, other] = [convert(left, 'real'), convert(right, 'real')];
    return typed(
      'timespan',
      once(
        `(${one.sql} ${operator} ${other.sql})`,
        (first, again) => `if(isFinite(${first}), toInt64(round(${again})), NULL)`,
      ),
    );
  }
  if (operator === '%') return typed('timespan', `(${left.sql} % nullIf(${right.sql}, 0))`);
  return typed(
    'timespan',
    `(${convert(left, 'timespan').sql} ${operator} ${convert(right, 'timespan').sql})`,
    left.nonNull && right.nonNull ? { nonNull: true } : {},
  );
}

function timespanRatio(operator: string, left: Sql, right: Sql, type: Scalar): Sql {
  if (operator === '/') return typed(type, `(${left.sql} / ${right.sql})`);
  return typed(type, `(${left.sql} ${operator} ${right.sql})`);
}

/** `-x` */
export function negate(value: Sql, type: Scalar): Sql {
  const of = convert(value, type === 'dynamic' ? 'real' : type);
  const negated = typed(of.type, `(-(${of.sql}))`, of.nonNull ? { nonNull: true } : {});
  return type === 'dynamic' ? toDynamic(negated) : negated;
}

/** `bin(value, size)` rounding down; datetimes count from 0001-01-01. */
export function bin(value: Sql, size: Sql): Sql {
  const known = value.nonNull === true && size.nonNull === true && size.constant !== 0n ? { nonNull: true } : {};
  if (value.type === 'datetime') {
    const by = convert(size, 'timespan');
    const ticks = ticksOf(value.sql);
    const isPartOfDay = typeof by.constant === 'bigint' && by.constant > 0n && 864_000_000_000n % by.constant === 0n;
    const from = (again: string) => (isPartOfDay ? again : `(${again} + ${EPOCH_TICKS})`);
    return typed(
      'datetime',
      once(ticks, (first, again) => fromTicks(`(${first} - positiveModulo(${from(again)}, nullIf(${by.sql}, 0)))`)),
      {},
    );
  }
  if (value.type === 'real' || value.type === 'decimal' || size.type === 'real') {
    const [one, by] = [convert(value, 'real'), convert(size, 'real')];
    return typed('real', `(floor(${one.sql} / nullIf(${by.sql}, 0)) * ${by.sql})`);
  }
  const by = convert(size, value.type === 'timespan' ? 'timespan' : 'long');
  const one = value.type === 'dynamic' ? convert(value, 'long') : value;
  return typed(
    one.type,
    once(one.sql, (first, again) => `(${first} - positiveModulo(${again}, nullIf(${by.sql}, 0)))`),
    known,
  );
}
