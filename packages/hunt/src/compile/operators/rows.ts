import type { Named } from '../../tree/expression.ts';
import type { QueryOf } from '../../tree/query.ts';
import { compileExpression } from '../expression.ts';
import { carriedText, orderClause, orderText, passed, type Relation, type Source, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName, identifier, type Sql } from '../sql.ts';
import { withoutRuns, withRuns } from './runs.ts';
import { unordered } from './sources.ts';

/** `where` */
export function compileWhere(query: QueryOf<'where'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const predicate = compileExpression(query.predicate, source.scope, true);
  const test = predicate.type === 'bool' ? predicate.sql : `(${predicate.sql} IN ('true', '1'))`;
  return { ...input, sql: `SELECT ${source.alias}.* FROM ${source.from} WHERE ${test}` };
}

/** `extend`: columns are replaced where they stand, or added at the end. */
export function compileExtend(query: QueryOf<'extend'> | QueryOf<'serialize'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const runs = withRuns(input, query.values, compilation);
  if (runs === undefined) return extendWith(input, query.values, compilation);
  return withoutRuns(extendWith(runs.input, runs.values, compilation), runs.added);
}

/** Adds or replaces columns of a relation. */
export function extendWith(input: Relation, values: readonly Named[], compilation: Compilation): Relation {
  if (values.length === 0) return input;
  const source = sourceOf(compilation, input);
  const fresh = new Map<string, Sql>();
  for (const { name, expression } of values) fresh.set(name, compileExpression(expression, source.scope));
  const replaced = input.columns.some(({ name }) => fresh.has(name));
  const columns = input.columns.map((column) => ({
    name: column.name,
    type: fresh.get(column.name)?.type ?? column.type,
  }));
  for (const [name, { type }] of fresh)
    if (!columns.some((column) => column.name === name)) columns.push({ name, type });
  const added = (name: string, value: Sql) => `${atBorder(value)} AS ${identifier(name)}`;
  const keys = input.order.map(({ column }) => column).filter((column) => fresh.has(column));
  const kept = renamedKeys(input, keys);
  const aliases = [...kept.aliases]
    .map(([from, to]) => `, ${source.alias}.${identifier(from)} AS ${identifier(to)}`)
    .join('');
  const list = replaced
    ? columns
        .map(({ name }) => {
          const value = fresh.get(name);
          return value === undefined ? passed(source.alias, name) : added(name, value);
        })
        .join(', ') + carriedText(source)
    : [`${source.alias}.*`, ...[...fresh].map(([name, value]) => added(name, value))].join(', ');
  return { ...input, sql: `SELECT ${list}${aliases} FROM ${source.from}`, columns, order: kept.order };
}

// A column that rows are ordered by and that gets another value or goes away travels on unseen.
function renamedKeys(
  input: Relation,
  names: readonly string[],
): { order: Relation['order']; aliases: Map<string, string> } {
  const aliases = new Map<string, string>();
  const order = input.order.map((key) => {
    if (!names.includes(key.column)) return key;
    const alias = aliases.get(key.column) ?? freshName('_o');
    aliases.set(key.column, alias);
    return { ...key, column: alias };
  });
  return { order, aliases };
}

/** `project` and its relatives. */
export function compileProject(query: QueryOf<'project'>, compilation: Compilation): Relation {
  const before = compilation.query(query.input);
  const { input, values: asked } = withRuns(before, query.values, compilation) ?? {
    input: before,
    values: query.values,
  };
  const source = sourceOf(compilation, input);
  const values = asked.map(({ name, expression }) => ({
    name,
    value: compileExpression(expression, source.scope),
  }));
  return projected(source, values);
}

/** Selects just these columns; the order of rows and what travels unseen are kept. */
export function projected(source: Source, values: readonly { readonly name: string; readonly value: Sql }[]): Relation {
  const input = source.relation;
  const shown = new Set(input.columns.map(({ name }) => name));
  const kept = renamedKeys(
    input,
    input.order.map(({ column }) => column).filter((column) => shown.has(column)),
  );
  const aliases = [...kept.aliases]
    .map(([from, to]) => `, ${source.alias}.${identifier(from)} AS ${identifier(to)}`)
    .join('');
  const list = values.map(({ name, value }) => `${atBorder(value)} AS ${identifier(name)}`).join(', ');
  return {
    ...input,
    sql: `SELECT ${list}${carriedText(source)}${aliases} FROM ${source.from}`,
    columns: values.map(({ name, value }) => ({ name, type: value.type })),
    order: kept.order,
  };
}

/** `sort`: the keys become columns that travel with the rows. */
export function compileSort(query: QueryOf<'sort'> | QueryOf<'top'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const keys = query.keys.map(({ expression, descending, nullsFirst }) => {
    const value = compileExpression(expression, source.scope);
    const column = freshName('_o');
    const sortable = value.type === 'dynamic' ? `tuple(toFloat64OrZero(${value.sql}), ${value.sql})` : atBorder(value);
    return { text: `, ${sortable} AS ${identifier(column)}`, key: { column, descending, nullsFirst } };
  });
  const sql = `SELECT ${source.alias}.*${keys.map(({ text }) => text).join('')} FROM ${source.from}`;
  const sorted = { ...input, sql, order: [...keys.map(({ key }) => key), ...input.order] };
  return query.kind === 'top' ? limited(sorted, query.count, compilation) : sorted;
}

/** `take` */
export function compileTake(query: QueryOf<'take'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  // A range comes in its order already, however long it is.
  if (query.input.kind === 'range' && input.partition === undefined) {
    return { ...limited({ ...input, order: [] }, query.count, compilation), order: input.order };
  }
  return limited(input, query.count, compilation);
}

function limited(input: Relation, count: QueryOf<'take'>['count'], compilation: Compilation): Relation {
  const source = sourceOf(compilation, input);
  const value = compileExpression(count, { ...source.scope, column: () => undefined });
  const limit = typeof value.constant === 'bigint' ? String(value.constant < 0n ? 0n : value.constant) : undefined;
  const by = input.partition === undefined ? '' : ` BY ${source.alias}.${identifier(input.partition)}`;
  if (limit !== undefined)
    return { ...input, sql: `SELECT ${source.alias}.* FROM ${source.from}${orderClause(source)} LIMIT ${limit}${by}` };
  const number = freshName('_n');
  const inner = `SELECT ${source.alias}.*, row_number() OVER (${source.scope.window ?? ''}) AS ${number} FROM ${source.from}`;
  const outer = freshName('s');
  return {
    ...input,
    sql: `SELECT ${outer}.* EXCEPT(${number}) FROM (${inner}) AS ${outer} WHERE ${outer}.${number} <= ifNull(toInt64(${value.sql}), 0)`,
  };
}

/** `distinct` */
export function compileDistinct(query: QueryOf<'distinct'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const names = input.columns.map(({ name }) => passed(source.alias, name)).join(', ');
  if (input.partition === undefined) return unordered(`SELECT DISTINCT ${names} FROM ${source.from}`, input.columns);
  const keys = [...input.columns.map(({ name }) => name), input.partition].map(
    (name) => `${source.alias}.${identifier(name)}`,
  );
  const hidden = [input.partition, ...input.carried].map((name) => `, ${passed(source.alias, name)}`).join('');
  return { ...input, order: [], sql: `SELECT ${names}${hidden} FROM ${source.from} LIMIT 1 BY ${keys.join(', ')}` };
}

/** `sample`, `sample-distinct` */
export function compileSample(query: QueryOf<'sample'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const count = compileExpression(query.count, { ...source.scope, column: () => undefined }).sql;
  if (query.of === undefined)
    return { ...input, order: [], sql: `SELECT ${source.alias}.* FROM ${source.from} ORDER BY rand() LIMIT ${count}` };
  const value = compileExpression(query.of, source.scope);
  const column = query.columns[0] ?? { name: 'Column1', type: value.type };
  return unordered(
    `SELECT DISTINCT ${atBorder(value)} AS ${identifier(column.name)} FROM ${source.from} LIMIT ${count}`,
    [column],
  );
}

/** `ORDER BY` keys of a relation under an alias, for the statement's end. */
export function finalOrder(relation: Relation, alias: string): string {
  return relation.order.length === 0
    ? ''
    : ` ORDER BY ${relation.order.map((key) => orderText(key, alias)).join(', ')}`;
}
