import type { Call } from '../../tree/expression.ts';
import { jsonOf } from '../convert.ts';
import { arrayOf, arrayOfText, isNullDynamic, rawItems } from '../dynamic-path.ts';
import { bagOf, pairsOf } from '../functions/dynamic.ts';
import type { Scope } from '../scope.ts';
import { atBorder, isTextual, once, type Sql, typed } from '../sql.ts';
import { type AggregateFunction, type AggregateTable, conditionAt, operand } from './aggregate.ts';

interface Options {
  readonly distinct: boolean;
  readonly conditional: boolean;
  readonly withNulls?: boolean;
}

// The most elements the language collects when no number is given.
const DEFAULT_SIZE = 1_048_576;

const collect =
  ({ distinct, conditional, withNulls = false }: Options): AggregateFunction =>
  (call, scope) => {
    const value = operand(call, 0, scope);
    const size = sizeAt(call, conditional ? 2 : 1, scope);
    const conditions = conditional ? [conditionAt(call, 1, scope)] : [];
    // A set of arrays is the set of their elements.
    if (value.type === 'dynamic' && distinct) return setOfDynamic(value, conditions, size);
    const name = `${distinct ? 'groupUniqArray' : 'groupArray'}`;
    if (value.type === 'string') {
      return arrayOfText(
        `${name}${conditions.length === 0 ? '' : 'If'}${size}(${[value.sql, ...conditions].join(', ')})`,
      );
    }
    if (!withNulls) conditions.push(value.type === 'dynamic' ? `NOT ${isNullDynamic(value.sql)}` : notNull(value));
    const raw = `${name}${conditions.length === 0 ? '' : 'If'}${size}(${jsonOf(value)}${conditions.length === 0 ? '' : `, ${conditions.join(' AND ')}`})`;
    return arrayOf(raw);
  };

function notNull(value: Sql): string {
  if (value.type === 'guid') return `notEmpty(${value.sql})`;
  return isTextual(value.type) || value.nonNull === true ? 'true' : `isNotNull(${value.sql})`;
}

function setOfDynamic(value: Sql, conditions: readonly string[], size: string): Sql {
  const items = once(
    value.sql,
    (first, again) =>
      `multiIf(startsWith(${first}, '['), ${rawItems({ ...value, sql: again })}, ${isNullDynamic(again)}, [], [${again}])`,
  );
  const limit = /\d+/.exec(size)?.[0];
  const all = `groupUniqArrayArray${conditions.length === 0 ? '' : 'If'}(${[items, ...conditions].join(', ')})`;
  return arrayOf(limit === undefined ? all : `arraySlice(${all}, 1, ${limit})`);
}

function sizeAt(call: Call, at: number, scope: Scope): string {
  if (call.operands[at] === undefined) return '';
  const size = operand(call, at, scope).constant;
  return typeof size === 'bigint' && size > 0n && size < DEFAULT_SIZE ? `(${size})` : '';
}

const bag =
  (conditional: boolean): AggregateFunction =>
  (call, scope) => {
    const pairs = pairsOf(operand(call, 0, scope));
    const all = conditional
      ? `groupArrayArrayIf(${pairs}, ${conditionAt(call, 1, scope)})`
      : `groupArrayArray(${pairs})`;
    // The first value of a key stays.
    return typed(
      'dynamic',
      once(
        all,
        (first, again) =>
          bagOf(
            `arrayFilter((_p, _i) -> indexOf(arrayMap(_q -> _q.1, ${again}), _p.1) = _i, ${first}, arrayEnumerate(${again}))`,
          ).sql,
      ),
    );
  };

/** Any value of the group; nulls only when there is nothing else. */
export function anyOf(value: Sql, condition?: string): Sql {
  const suffix = condition === undefined ? '' : 'If';
  const tail = condition === undefined ? '' : `, ${condition}`;
  if (value.type === 'string' || value.type === 'guid' || value.type === 'dynamic')
    return typed(value.type, `any${suffix}(${value.sql}${tail})`);
  return typed(value.type, `any${suffix}(${atBorder(value)}${tail})`);
}

const any: AggregateFunction = (call, scope) => anyOf(operand(call, 0, scope));

/** Collecting values. */
export const COLLECTIONS: AggregateTable = {
  make_list: collect({ distinct: false, conditional: false }),
  makelist: collect({ distinct: false, conditional: false }),
  make_list_if: collect({ distinct: false, conditional: true }),
  make_list_with_nulls: collect({ distinct: false, conditional: false, withNulls: true }),
  make_set: collect({ distinct: true, conditional: false }),
  makeset: collect({ distinct: true, conditional: false }),
  make_set_if: collect({ distinct: true, conditional: true }),
  make_bag: bag(false),
  make_dictionary: bag(false),
  make_bag_if: bag(true),
  take_any: any,
  any,
  anyif: (call, scope) => anyOf(operand(call, 0, scope), conditionAt(call, 1, scope)),
  take_anyif: (call, scope) => anyOf(operand(call, 0, scope), conditionAt(call, 1, scope)),
};
