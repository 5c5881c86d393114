import { convert, jsonOf, toDynamic, toText } from '../convert.ts';
import { arrayOf, arrayOfText, isNullDynamic, numberItems, rawItems, textItems } from '../dynamic-path.ts';
import { once, quote, type Sql, typed } from '../sql.ts';
import { setOperation, shift, slice, sorted } from './array-order.ts';
import {
  argument,
  argumentAs,
  type FunctionInput,
  type FunctionTable,
  literalArgument,
  type ScalarFunction,
} from './function.ts';

const items = (input: FunctionInput, at = 0) => rawItems(argumentAs(input, at, 'dynamic'));

// JSON `[…]`, of whatever the arguments are.
const packArray: ScalarFunction = ({ args }) => {
  if (args.length > 0 && args.every(({ type }) => type === 'string'))
    return arrayOfText(`[${args.map(({ sql }) => sql).join(', ')}]`);
  return args.length === 0 ? typed('dynamic', "'[]'") : arrayOf(`[${args.map(jsonOf).join(', ')}]`);
};

const pack: ScalarFunction = ({ args }) => {
  const pairs: string[] = [];
  for (let at = 0; at + 1 < args.length; at += 2) {
    const [key, value] = [args[at], args[at + 1]];
    if (key !== undefined && value !== undefined)
      pairs.push(`concat(toJSONString(${toText(key).sql}), ':', ${jsonOf(value)})`);
  }
  return typed(
    'dynamic',
    pairs.length === 0 ? "'{}'" : `concat('{', arrayStringConcat([${pairs.join(', ')}], ','), '}')`,
  );
};

const packAll: ScalarFunction = ({ args, scope }) => {
  const skipNull = args[0]?.constant === true;
  const pairs = scope.columns.map(({ name }) => {
    const value = scope.column(name);
    if (value === undefined) return "''";
    const pair = `concat(${quote(`${JSON.stringify(name)}:`)}, ${jsonOf(value)})`;
    if (!skipNull) return pair;
    return once(
      jsonOf(value),
      (first, again) => `if(${first} IN ('null', '""'), '', concat(${quote(`${JSON.stringify(name)}:`)}, ${again}))`,
    );
  });
  const kept = skipNull ? `arrayFilter(_e -> notEmpty(_e), [${pairs.join(', ')}])` : `[${pairs.join(', ')}]`;
  return typed('dynamic', `concat('{', arrayStringConcat(${kept}, ','), '}')`);
};

/** The key-value pairs of a bag as `Array(Tuple(String, String))`, values as JSON. */
export function pairsOf(value: Sql): string {
  return `JSONExtractKeysAndValuesRaw(${value.sql})`;
}

/** A bag of key-value pairs. */
export function bagOf(pairs: string): Sql {
  return typed(
    'dynamic',
    `concat('{', arrayStringConcat(arrayMap(_p -> concat(toJSONString(_p.1), ':', _p.2), ${pairs}), ','), '}')`,
  );
}

// The first value of a key wins.
const merge: ScalarFunction = (input) => {
  const all = `arrayConcat(${input.args.map((_, at) => pairsOf(argumentAs(input, at, 'dynamic'))).join(', ')})`;
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

/** Arrays and bags. */
export const DYNAMIC: FunctionTable = {
  pack_array: packArray,
  pack,
  bag_pack: pack,
  pack_dictionary: pack,
  pack_all: packAll,
  array_length: (input) => {
    const value = argumentAs(input, 0, 'dynamic');
    if (value.list !== undefined) return typed('long', `toInt64(length(${value.list.sql}))`);
    return typed(
      'long',
      once(value.sql, (first, again) => `if(startsWith(trimLeft(${first}), '['), toInt64(JSONLength(${again})), NULL)`),
    );
  },
  array_concat: (input) => arrayOf(`arrayConcat(${input.args.map((_, at) => items(input, at)).join(', ')})`),
  array_slice: slice,
  array_reverse: (input) => arrayOf(`arrayReverse(${items(input)})`),
  array_sort_asc: (input) => sorted(input, false),
  array_sort_desc: (input) => sorted(input, true),
  array_index_of: (input) => {
    const [value, wanted] = [argumentAs(input, 0, 'dynamic'), argument(input, 1)];
    const list = value.list?.of === 'string' ? value.list.sql : textItems(value);
    if (input.args[2] === undefined) return typed('long', `(toInt64(indexOf(${list}, ${toText(wanted).sql})) - 1)`);
    const places = `arrayFilter((_i, _e) -> _e = ${toText(wanted).sql}, arrayMap(_i -> toInt64(_i) - 1, arrayEnumerate(${list})), ${list})`;
    return typed('long', occurrence(input, places, `toInt64(length(${list}))`, '1'));
  },
  array_sum: (input) =>
    typed('real', `arraySum(arrayMap(_e -> ifNull(_e, 0), ${numberItems(argumentAs(input, 0, 'dynamic'))}))`),
  array_split: (input) => {
    const at = argument(input, 1);
    const places =
      at.type === 'dynamic' ? `arrayMap(_e -> toInt64OrZero(_e), ${rawItems(at)})` : `[toInt64(${at.sql})]`;
    const cut = once(items(input), (first, again) => {
      const size = `toInt64(length(${again}))`;
      const edges = `arrayConcat([toInt64(0)], arrayMap(_e -> least(${size}, if(_e < 0, greatest(0, _e + ${size}), _e)), ${places}), [${size}])`;
      return `if(length(${first}) >= 0, arrayMap((_a, _b) -> concat('[', arrayStringConcat(arraySlice(${again}, _a + 1, greatest(0, _b - _a)), ','), ']'), arrayPopBack(${edges}), arrayPopFront(${edges})), [])`;
    });
    return arrayOf(cut);
  },
  array_iff: arrayIf,
  array_iif: arrayIf,
  array_rotate_left: shift(true, true),
  array_rotate_right: shift(true, false),
  array_shift_left: shift(false, true),
  array_shift_right: shift(false, false),
  set_has_element: (input) =>
    typed(
      'bool',
      once(toText(argument(input, 1)).sql, (first) => `has(${textItems(argumentAs(input, 0, 'dynamic'))}, ${first})`),
    ),
  set_union: setOperation('union'),
  set_intersect: setOperation('arrayIntersect'),
  set_difference: setOperation('difference'),
  set_equals: (input) =>
    typed('bool', `(arraySort(arrayDistinct(${items(input, 0)})) = arraySort(arrayDistinct(${items(input, 1)})))`),
  jaccard_index: (input) => {
    const [one, other] = [`arrayDistinct(${items(input, 0)})`, `arrayDistinct(${items(input, 1)})`];
    return typed(
      'real',
      `(length(arrayIntersect(${one}, ${other})) / length(arrayDistinct(arrayConcat(${one}, ${other}))))`,
    );
  },
  repeat: (input) =>
    arrayOf(
      `arrayWithConstant(toUInt64(greatest(0, ${argumentAs(input, 1, 'long').sql})), ${jsonOf(argument(input, 0))})`,
    ),
  range: rangeArray,
  zip: (input) => {
    const lists = input.args.map((_, at) => items(input, at));
    const size = `arrayMax([${lists.map((list) => `length(${list})`).join(', ')}])`;
    const row = lists.map((list) => `if(_i > length(${list}), 'null', ${list}[_i])`).join(", ',', ");
    return arrayOf(`arrayMap(_i -> concat('[', ${row}, ']'), range(1, toUInt64(${size}) + 1))`);
  },
  bag_keys: (input) =>
    typed(
      'dynamic',
      once(
        argumentAs(input, 0, 'dynamic').sql,
        (first, again) => `if(startsWith(${first}, '{'), toJSONString(JSONExtractKeys(${again})), '')`,
      ),
    ),
  bag_values: (input) => arrayOf(`arrayMap(_p -> _p.2, ${pairsOf(argumentAs(input, 0, 'dynamic'))})`),
  bag_merge: merge,
  bag_has_key: (input) => {
    const key = literalArgument(input, 1) ?? '';
    const steps = key.startsWith('$') ? pathSteps(key) : [quote(key)];
    return typed('bool', `JSONHas(${argumentAs(input, 0, 'dynamic').sql}, ${steps.join(', ')})`);
  },
  bag_remove_keys: (input) =>
    bagOf(
      `arrayFilter(_p -> NOT has(${textItems(argumentAs(input, 1, 'dynamic'))}, _p.1), ${pairsOf(argumentAs(input, 0, 'dynamic'))})`,
    ),
  bag_set_key: (input) => {
    const key = literalArgument(input, 1) ?? '';
    const kept = `arrayFilter(_p -> _p.1 != ${quote(key)}, ${pairsOf(argumentAs(input, 0, 'dynamic'))})`;
    return bagOf(`arrayConcat(${kept}, [(${quote(key)}, ${jsonOf(argument(input, 2))})])`);
  },
  bag_zip: (input) =>
    bagOf(
      `arrayMap((_k, _i) -> (_k, if(_i > length(${items(input, 1)}), 'null', ${items(input, 1)}[_i])), ${textItems(argumentAs(input, 0, 'dynamic'))}, arrayEnumerate(${textItems(argumentAs(input, 0, 'dynamic'))}))`,
    ),
  treepath: (input) =>
    arrayOf(
      `arrayMap(_k -> toJSONString(concat('[\\'', _k, '\\']')), JSONExtractKeys(${argumentAs(input, 0, 'dynamic').sql}))`,
    ),
  gettype: getType,
  any: argumentTest('OR'),
  extractjson: extractJson,
  extract_json: extractJson,
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
  column_names_of: (input) => argument(input, 0),
  dynamic: (input) => toDynamic(argument(input, 0)),
};

function argumentTest(word: string): ScalarFunction {
  return (input) =>
    typed('bool', `(${input.args.map((_, at) => argumentAs(input, at, 'bool').sql).join(` ${word} `)})`);
}

/** The place of the nth occurrence from a start, each looked for within a length, of places counted from 0; -1 for none. */
export function occurrence(input: FunctionInput, places: string, size: string, width: string): string {
  const start = once(
    argumentAs(input, 2, 'long').sql,
    (first, again) => `if(${first} < 0, greatest(0, ${size} + ${again}), toInt64(${again}))`,
  );
  const length = input.args[3] === undefined ? '-1' : argumentAs(input, 3, 'long').sql;
  const nth = input.args[4] === undefined ? '1' : argumentAs(input, 4, 'long').sql;
  const all = `arrayConcat([toInt64(${start}) - 1], arrayFilter(_i -> _i >= ${start}, ${places}))`;
  return once(all, (first, again) => {
    const at = `${again}[toInt64(${nth}) + 1]`;
    const within = `(${length} < 0 OR ${at} + ${width} <= ${again}[toInt64(${nth})] + 1 + ${length})`;
    return `if(length(${first}) > ${nth} AND ${within}, ${at}, toInt64(-1))`;
  });
}

function arrayIf(input: FunctionInput): Sql {
  const [yes, no] = [argument(input, 1), argument(input, 2)];
  const pick = (value: Sql) =>
    value.type === 'dynamic'
      ? `if(startsWith(${value.sql}, '['), if(_i > length(${rawItems(value)}), 'null', ${rawItems(value)}[_i]), ${jsonOf(value)})`
      : jsonOf(value);
  return arrayOf(
    `arrayMap((_c, _i) -> multiIf(_c = 'null', 'null', _c IN ('true', '1') OR ifNull(toFloat64OrNull(_c), 0) != 0, ${pick(yes)}, ${pick(no)}), ${items(input)}, arrayEnumerate(${items(input)}))`,
  );
}

function rangeArray(input: FunctionInput): Sql {
  const [from, to] = [argument(input, 0), argument(input, 1)];
  const type = from.type === 'dynamic' ? 'long' : from.type;
  const step = input.args[2];
  if (type === 'datetime' || type === 'timespan') {
    const by =
      step === undefined ? (type === 'datetime' ? '864000000000' : '36000000000') : convert(step, 'timespan').sql;
    const ticks = (value: Sql) =>
      type === 'datetime' ? `reinterpretAsInt64(${convert(value, 'datetime').sql})` : convert(value, 'timespan').sql;
    const value =
      type === 'datetime'
        ? typed('datetime', "reinterpret(_t, 'DateTime64(7, \\'UTC\\')')", { nonNull: true })
        : typed('timespan', '_t', { nonNull: true });
    return arrayOf(
      `arrayMap(_t -> ${jsonOf(value)}, arrayMap(_i -> ifNull(${ticks(from)}, 0) + toInt64(_i) * ${by}, range(toUInt64(least(1048576, greatest(0, intDiv(ifNull(${ticks(to)} - ${ticks(from)}, -${by}), ${by}) + 1))))))`,
    );
  }
  const real = [from, to, ...(step === undefined ? [] : [step])].some(
    (value) => value.type === 'real' || value.type === 'decimal',
  );
  const kind = real ? 'real' : 'long';
  const [start, end, by] = [
    convert(from, kind).sql,
    convert(to, kind).sql,
    step === undefined ? '1' : convert(step, kind).sql,
  ];
  const count = `toUInt64(least(1048576, greatest(0, ifNull(floor((${end} - ${start}) / nullIf(${by}, 0)), -1) + 1)))`;
  return arrayOf(`arrayMap(_i -> toString(ifNull(${start}, 0) + _i * ${by}), range(${count}))`);
}

function getType(input: FunctionInput): Sql {
  const value = argument(input, 0);
  if (value.type !== 'dynamic') return typed('string', quote(value.type));
  return typed(
    'string',
    once(
      value.sql,
      (first, again) =>
        `multiIf(${isNullDynamic(first)}, 'null', startsWith(${again}, '{'), 'dictionary', startsWith(${again}, '['), 'array', startsWith(${again}, '"'), 'string', ${again} IN ('true', 'false'), 'bool', match(${again}, '^-?[0-9]+$'), 'long', 'double')`,
    ),
  );
}

/** The steps of `$.a['b'][0]` as arguments of JSONExtract…: quoted names and places from one. */
export function pathSteps(path: string): string[] {
  const steps: string[] = [];
  for (const [, plain, quoted, index] of path.matchAll(
    /\.?([^.[\]$'"]+)|\[\s*['"]([^'"]*)['"]\s*\]|\[\s*(-?\d+)\s*\]/g,
  )) {
    if (index !== undefined) steps.push(String(Number(index) + 1));
    else if (plain !== undefined && /^\d+$/.test(plain)) steps.push(String(Number(plain) + 1));
    else steps.push(quote(quoted ?? plain ?? ''));
  }
  return steps;
}

function extractJson(input: FunctionInput): Sql {
  const steps = pathSteps((literalArgument(input, 0) ?? '$').replace(/\[(\d+)\]/g, '[$1]'));
  const source = argumentAs(input, 1, 'string').sql;
  const found = typed('dynamic', steps.length === 0 ? source : `JSONExtractRaw(${source}, ${steps.join(', ')})`);
  return convert(convert(found, 'string'), input.call.type);
}

function columnIfExists(input: FunctionInput): Sql {
  const name = literalArgument(input, 0) ?? '';
  return input.scope.column(name) ?? argument(input, 1);
}
