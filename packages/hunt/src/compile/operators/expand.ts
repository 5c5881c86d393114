import { unsupported } from '../../hunt-error.ts';
import type { Expansion, QueryOf } from '../../tree/query.ts';
import { convert } from '../convert.ts';
import { rawItems } from '../dynamic-path.ts';
import { compileExpression } from '../expression.ts';
import { carriedText, hiddenColumns, passed, type Relation, type Source, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName, identifier, once, type Sql, typed } from '../sql.ts';

// A bag expands into bags of one pair; a value that is neither array nor bag stays one value.
function itemsOf(value: Sql, asArray: boolean): string {
  if (value.list !== undefined || value.raw !== undefined) return rawItems(value);
  const dynamic = value.type === 'dynamic' ? value.sql : convert(value, 'dynamic').sql;
  const pair = asArray
    ? "concat('[', toJSONString(_p.1), ',', _p.2, ']')"
    : "concat('{', toJSONString(_p.1), ':', _p.2, '}')";
  return once(
    dynamic,
    (first, again) =>
      `multiIf(startsWith(${first}, '['), JSONExtractArrayRaw(${again}), startsWith(${again}, '{'), arrayMap(_p -> ${pair}, JSONExtractKeysAndValuesRaw(${again})), [${again}])`,
  );
}

interface Expanded {
  readonly source: Source;
  readonly join: string;
  readonly values: ReadonlyMap<string, Sql>;
  readonly place: string;
}

function expanded(source: Source, expansions: readonly Expansion[], asArray: boolean): Expanded {
  const place = freshName('_i');
  const arrays = expansions.map(({ expression }) => itemsOf(compileExpression(expression, source.scope), asArray));
  const values = new Map<string, Sql>();
  if (arrays.length === 1 && expansions[0] !== undefined) {
    const item = freshName('_e');
    values.set(expansions[0].name, element(item, expansions[0].type));
    const items = once(String(arrays[0]), (first) => first);
    return { source, join: ` ARRAY JOIN ${items} AS ${item}, arrayEnumerate(${items}) AS ${place}`, values, place };
  }
  const names = arrays.map(() => freshName('_a'));
  const inner = `(SELECT ${source.alias}.*${arrays.map((array, at) => `, ${array} AS ${names[at]}`).join('')} FROM ${source.from}) AS ${source.alias}`;
  for (const [at, { name, type }] of expansions.entries())
    values.set(name, element(`${source.alias}.${names[at]}[${place}]`, type));
  const size = `arrayMax([${names.map((name) => `length(${source.alias}.${name})`).join(', ')}])`;
  return {
    source: { ...source, from: inner },
    join: ` ARRAY JOIN range(1, toUInt64(${size}) + 1) AS ${place}`,
    values,
    place,
  };
}

function element(item: string, type: Sql['type']): Sql {
  return convert(typed('dynamic', `if(${item} = 'null', '', ${item})`), type);
}

/** `mv-expand`: a row for each element; several arrays go side by side. */
export function compileExpand(query: QueryOf<'expand'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const found = expanded(sourceOf(compilation, input), query.expansions, query.asArray);
  const { alias } = found.source;
  const order = freshName('_o');
  const columns: Relation['columns'] = query.columns.map(({ name, type }) => ({
    name,
    type: found.values.get(name)?.type ?? type,
  }));
  const list = columns.map(({ name }) => {
    const value = found.values.get(name);
    if (value !== undefined) return `${atBorder(value)} AS ${identifier(name)}`;
    if (name === query.itemIndex) return `CAST(${found.place} - 1, 'Nullable(Int64)') AS ${identifier(name)}`;
    return passed(alias, name);
  });
  const keys = input.order
    .map((key) => (found.values.has(key.column) ? undefined : key))
    .filter((key) => key !== undefined);
  const shown = new Set(columns.map(({ name }) => name));
  const sql = `SELECT ${list.join(', ')}${carriedText(found.source, [...shown])}, toInt64(${found.place}) AS ${order} FROM ${found.source.from}${found.join}${limitTest(query, found, compilation)}`;
  return { ...input, sql, columns, order: [...keys, { column: order, descending: false, nullsFirst: true }] };
}

function limitTest(query: QueryOf<'expand'> | QueryOf<'apply'>, found: Expanded, _compilation: Compilation): string {
  if (query.limit === undefined) return '';
  const limit = compileExpression(query.limit, found.source.scope);
  return ` WHERE ${found.place} <= toInt64(${limit.sql})`;
}

/** `mv-apply`: the sub-query runs over the elements of each row by themselves. */
export function compileApply(query: QueryOf<'apply'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  if (input.partition !== undefined)
    throw unsupported('mv-apply within mv-apply or partition', query.at, 'Expand with mv-expand first.');
  const found = expanded(sourceOf(compilation, input), query.expansions, false);
  const { alias } = found.source;
  const [row, order] = [freshName('_r'), freshName('_o')];
  const kept = input.columns.map(({ name, type }) => ({ name, type, carried: freshName('_c') }));
  const columns: Relation['columns'][number][] = [];
  const list: string[] = [];
  for (const { name, type } of input.columns) {
    if (found.values.has(name)) continue;
    columns.push({ name, type });
    list.push(passed(alias, name));
  }
  for (const [name, value] of found.values) {
    columns.push({ name, type: value.type });
    list.push(`${atBorder(value)} AS ${identifier(name)}`);
  }
  if (query.itemIndex !== undefined) {
    columns.push({ name: query.itemIndex, type: 'long' });
    list.push(`CAST(${found.place} - 1, 'Nullable(Int64)') AS ${identifier(query.itemIndex)}`);
  }
  const keys = hiddenColumns(input).map((name) => ({ name, carried: freshName('_c') }));
  const numbered = `(SELECT ${alias}.*, rowNumberInAllBlocks() AS ${row} FROM ${found.source.from}) AS ${alias}`;
  const hidden = [
    ...kept.map(({ name, carried }) => `${alias}.${identifier(name)} AS ${carried}`),
    ...keys.map(({ name, carried }) => `${alias}.${identifier(name)} AS ${carried}`),
    `${alias}.${row} AS ${row}`,
    `toInt64(${found.place}) AS ${order}`,
  ];
  const rows: Relation = {
    sql: `SELECT ${[...list, ...hidden].join(', ')} FROM ${numbered}${found.join}${limitTest(query, found, compilation)}`,
    columns,
    order: [{ column: order, descending: false, nullsFirst: true }],
    partition: row,
    carried: [...kept, ...keys].map(({ carried }) => carried),
  };
  return backFrom(query, input, compilation.query(query.sub, rows), kept, keys, compilation);
}

// The outer columns come back, and beside them those of the sub-query that the row did not have.
function backFrom(
  query: QueryOf<'apply'>,
  input: Relation,
  result: Relation,
  kept: readonly { name: string; type: Sql['type']; carried: string }[],
  keys: readonly { name: string; carried: string }[],
  compilation: Compilation,
): Relation {
  const source = sourceOf(compilation, result);
  const own = new Map(result.columns.map((column) => [column.name, column]));
  const outer = new Map(kept.map((column) => [column.name, column]));
  const columns = query.columns.map(({ name, type }) => {
    const expansion = query.expansions.some((candidate) => candidate.name === name);
    const before = outer.get(name);
    const from = before !== undefined && !expansion ? { sql: before.carried, type: before.type } : own.get(name);
    if (from === undefined)
      return {
        name,
        type: before?.type ?? type,
        text: before === undefined ? "''" : `${source.alias}.${before.carried}`,
      };
    return {
      name,
      type: from.type,
      text: 'sql' in from ? `${source.alias}.${from.sql}` : `${source.alias}.${identifier(name)}`,
    };
  });
  const hidden = keys.map(({ name, carried }) => `, ${source.alias}.${carried} AS ${identifier(name)}`).join('');
  const sql = `SELECT ${columns.map(({ name, text }) => `${text} AS ${identifier(name)}`).join(', ')}${hidden} FROM ${source.from}`;
  const known = new Set([...keys.map(({ name }) => name), ...columns.map(({ name }) => name)]);
  return {
    sql,
    columns: columns.map(({ name, type }) => ({ name, type })),
    order: input.order.filter(({ column }) => known.has(column)),
    partition: undefined,
    carried: [],
  };
}
