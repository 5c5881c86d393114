import { convert, jsonOf } from './convert.ts';
import { quote, type Sql, typed } from './sql.ts';

/** A value that is not there, or is JSON's null, is null. */
export function isNullDynamic(sql: string): string {
  return `(${sql} IN ('', 'null'))`;
}

/** `base.key`, `base['key']` or `base[0]`; null where there is none. Negative places count from the end. */
export function elementOf(base: Sql, key: Sql): Sql {
  const { constant } = key;
  if (typeof constant === 'string') return member(base, quote(constant));
  if (typeof constant === 'bigint' || typeof constant === 'number') return item(base, placeOf(constant));
  if (key.type === 'string') return member(base, key.sql);
  if (key.type === 'dynamic') return member(base, convert(key, 'string').sql);
  const place = `toInt64(${key.sql})`;
  return item(base, `if(${place} >= 0, ${place} + 1, ${place})`);
}

function placeOf(index: bigint | number): string {
  const place = Number(index);
  return String(place >= 0 ? place + 1 : place);
}

const paths = new WeakMap<Sql, { from: string; steps: readonly string[] }>();

function member(base: Sql, key: string): Sql {
  return follow(base, key);
}

function item(base: Sql, place: string): Sql {
  if (base.list !== undefined) {
    const { sql, of } = base.list;
    const element = `arrayElementOrNull(${sql}, ${place})`;
    if (of === 'string')
      return typed('dynamic', `ifNull(toJSONString(${element}), '')`, { stringText: `ifNull(${element}, '')` });
    return typed('dynamic', `ifNull(toString(${element}), '')`);
  }
  if (base.raw !== undefined) return typed('dynamic', `${base.raw}[${place}]`);
  return follow(base, place);
}

// A path is followed in one reading of the JSON, however many steps it has.
function follow(base: Sql, step: string): Sql {
  const known = paths.get(base);
  const path =
    known === undefined
      ? { from: base.text ?? base.sql, steps: [step] }
      : { from: known.from, steps: [...known.steps, step] };
  const found = typed('dynamic', `JSONExtractRaw(${path.from}, ${path.steps.join(', ')})`);
  paths.set(found, path);
  return found;
}

/** The elements of a dynamic array as `Array(String)` of their JSON; empty when it is none. */
export function rawItems(value: Sql): string {
  if (value.raw !== undefined) return value.raw;
  if (value.list !== undefined) {
    return value.list.of === 'string'
      ? `arrayMap(_e -> toJSONString(_e), ${value.list.sql})`
      : `arrayMap(_e -> toString(_e), ${value.list.sql})`;
  }
  return `JSONExtractArrayRaw(${value.type === 'dynamic' ? value.sql : jsonOf(value)})`;
}

/** The elements of a dynamic array as `Array(String)` of their text. */
export function textItems(value: Sql): string {
  if (value.list?.of === 'string') return value.list.sql;
  const constant = value.constant;
  if (Array.isArray(constant) && constant.every((entry) => typeof entry === 'string')) {
    return constant.length === 0 ? "CAST([], 'Array(String)')" : `[${constant.map(quote).join(', ')}]`;
  }
  return `arrayMap(_e -> if(startsWith(_e, '"'), JSONExtractString(_e), if(_e = 'null', '', _e)), ${rawItems(value)})`;
}

/** The elements of a dynamic array as `Array(Nullable(Float64))`. */
export function numberItems(value: Sql): string {
  if (value.list !== undefined && value.list.of !== 'string')
    return `arrayMap(_e -> toNullable(toFloat64(_e)), ${value.list.sql})`;
  return `arrayMap(_e -> toFloat64OrNull(if(startsWith(_e, '"'), JSONExtractString(_e), _e)), ${rawItems(value)})`;
}

/** A dynamic array of elements that are JSON already. */
export function arrayOf(raw: string): Sql {
  return typed('dynamic', `concat('[', arrayStringConcat(${raw}, ','), ']')`, { raw });
}

/** A dynamic array of strings. */
export function arrayOfText(sql: string): Sql {
  return typed('dynamic', `toJSONString(${sql})`, { list: { sql, of: 'string' } });
}
