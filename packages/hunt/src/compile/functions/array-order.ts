import { jsonOf } from '../convert.ts';
import { arrayOf, rawItems } from '../dynamic-path.ts';
import { once, type Sql, typed } from '../sql.ts';
import { argument, argumentAs, type FunctionInput, type ScalarFunction } from './function.ts';

const items = (input: FunctionInput, at = 0) => rawItems(argumentAs(input, at, 'dynamic'));

/** A key that sorts JSON values: numbers by value, then texts. */
export function sorted(input: FunctionInput, descending: boolean): Sql {
  const { args } = input;
  if (args.length > 1 && args[1]?.type === 'dynamic') return sortedTogether(input, descending);
  const nullsFirst = args.slice(1).find(({ type }) => type === 'bool')?.constant === false;
  const all = items(input);
  const key = (name: string) =>
    `(if(startsWith(${name}, '"'), ${descending ? 0 : 1}, ${descending ? 1 : 0}), ifNull(toFloat64OrNull(${name}), 0), ${name})`;
  const order = (from: string) =>
    `array${descending ? 'Reverse' : ''}Sort(_e -> ${key('_e')}, arrayFilter(_e -> _e != 'null', ${from}))`;
  const nulls = (from: string) => `arrayFilter(_e -> _e = 'null', ${from})`;
  return typed(
    'dynamic',
    once(all, (first, again) => {
      const parts = nullsFirst ? [nulls(first), order(again)] : [order(first), nulls(again)];
      return arrayOf(`arrayConcat(${parts.join(', ')})`).sql;
    }),
  );
}

// The first array gives the order of all; the result is an array of arrays.
export function sortedTogether(input: FunctionInput, descending: boolean): Sql {
  const lists = input.args.filter(({ type }) => type === 'dynamic').map((value) => rawItems(value));
  const [first = '[]'] = lists;
  const key = `(if(startsWith(_e, '"'), 1, 0), ifNull(toFloat64OrNull(_e), 0), _e)`;
  const order = `array${descending ? 'Reverse' : ''}Sort((_i, _e) -> ${key}, arrayEnumerate(${first}), ${first})`;
  const sortedLists = lists.map(
    (list) => arrayOf(`arrayMap(_i -> if(_i > length(${list}), 'null', ${list}[_i]), ${order})`).sql,
  );
  return arrayOf(`[${sortedLists.join(', ')}]`);
}

export const setOperation =
  (name: 'arrayIntersect' | 'difference' | 'union'): ScalarFunction =>
  (input) => {
    const lists = input.args.map((_, at) => items(input, at));
    const [head = '[]', ...tail] = lists;
    if (name === 'arrayIntersect')
      return arrayOf(
        `arrayDistinct(arrayFilter(_e -> ${tail.map((list) => `has(${list}, _e)`).join(' AND ')}, ${head}))`,
      );
    if (name === 'union') return arrayOf(`arrayDistinct(arrayConcat(${lists.join(', ')}))`);
    return arrayOf(
      `arrayDistinct(arrayFilter(_e -> NOT (${tail.map((list) => `has(${list}, _e)`).join(' OR ')}), ${head}))`,
    );
  };

export const slice: ScalarFunction = (input) => {
  const all = items(input);
  return arrayOf(
    once(all, (first, again) => {
      const size = `toInt64(length(${again}))`;
      const place = (sql: string) =>
        once(`toInt64(${sql})`, (one, same) => `if(${one} < 0, ${same} + ${size}, ${same})`);
      const start = `greatest(0, ${place(argumentAs(input, 1, 'long').sql)})`;
      const end = place(argumentAs(input, 2, 'long').sql);
      return `arraySlice(${first}, ${start} + 1, greatest(0, ${end} - ${start} + 1))`;
    }),
  );
};

export const shift =
  (rotates: boolean, left: boolean): ScalarFunction =>
  (input) => {
    const by = argumentAs(input, 1, 'long').sql;
    const fill = input.args[2] === undefined ? "'null'" : jsonOf(argument(input, 2));
    const moved = left ? `_i - 1 + ${by}` : `_i - 1 - ${by}`;
    return arrayOf(
      once(items(input), (first, again) => {
        const size = `toInt64(length(${again}))`;
        const body = rotates
          ? `${again}[positiveModulo(${moved}, ${size}) + 1]`
          : `if(${moved} < 0 OR ${moved} >= ${size}, ${fill}, ${again}[${moved} + 1])`;
        return `arrayMap(_i -> ${body}, arrayEnumerate(${first}))`;
      }),
    );
  };
