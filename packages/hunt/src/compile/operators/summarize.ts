import type { QueryOf } from '../../tree/query.ts';
import { tupleAggregate } from '../aggregates/tuples.ts';
import { compileExpression } from '../expression.ts';
import { orderClause, passed, type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName, identifier, type Sql } from '../sql.ts';

// Aggregates whose result depends on the order in which rows come.
const ORDERED = /make_list|makelist|make_bag|take_any|"any"|arg_m/;

/** `summarize`: one row for each combination of the keys; one row in all when there are none. */
export function compileSummarize(query: QueryOf<'summarize'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const before = sourceOf(compilation, input);
  const keys = query.keys.map(({ name, expression }) => ({
    name,
    hidden: freshName('_g'),
    value: compileExpression(expression, before.scope),
  }));
  const computed = keys.map(({ hidden, value }) => `, ${atBorder(value)} AS ${hidden}`).join('');
  const order = ORDERED.test(
    JSON.stringify(query.aggregates, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  )
    ? orderClause(before)
    : '';
  const withKeys: Relation = { ...input, sql: `SELECT ${before.alias}.*${computed} FROM ${before.from}${order}` };
  const source = sourceOf(compilation, withKeys);
  const columns: { name: string; type: Sql['type'] }[] = [];
  const list: string[] = [];
  for (const { name, hidden, value } of keys) {
    columns.push({ name, type: value.type });
    list.push(`${source.alias}.${hidden} AS ${identifier(name)}`);
  }
  for (const { names, expression } of query.aggregates) {
    const tuple = tupleAggregate(expression, names, source.scope);
    const values = tuple?.columns ?? [compileExpression(expression, source.scope)];
    if (tuple?.setup !== undefined) list.push(tuple.setup);
    for (const [at, name] of names.entries()) {
      const value = values[at];
      if (value === undefined) continue;
      columns.push({ name, type: value.type });
      list.push(`${atBorder(value)} AS ${identifier(name)}`);
    }
  }
  const groups = keys.map(({ hidden }) => `${source.alias}.${hidden}`);
  if (input.partition !== undefined) {
    groups.push(`${source.alias}.${identifier(input.partition)}`);
    list.push(
      passed(source.alias, input.partition),
      ...input.carried.map((name) => `any(${source.alias}.${identifier(name)}) AS ${identifier(name)}`),
    );
  }
  const group = groups.length === 0 ? '' : ` GROUP BY ${groups.join(', ')}`;
  const body = list.length === 0 ? 'count()' : list.join(', ');
  const alias = freshName('s');
  // The helpers of tuples stay behind.
  const shown = columns.map(({ name }) => passed(alias, name));
  const hidden =
    input.partition === undefined ? [] : [input.partition, ...input.carried].map((name) => passed(alias, name));
  const sql = `SELECT ${[...shown, ...hidden].join(', ')} FROM (SELECT ${body} FROM ${source.from}${group}) AS ${alias}`;
  return { sql, columns, order: [], partition: input.partition, carried: input.carried };
}

/** `count` */
export function compileCount(query: QueryOf<'count'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const columns = [{ name: query.columns[0]?.name ?? 'Count', type: 'long' as const }];
  const count = `CAST(count(), 'Nullable(Int64)') AS ${identifier(columns[0]?.name ?? 'Count')}`;
  if (input.partition === undefined)
    return { ...input, sql: `SELECT ${count} FROM ${source.from}`, columns, order: [] };
  const carried = input.carried
    .map((name) => `, any(${source.alias}.${identifier(name)}) AS ${identifier(name)}`)
    .join('');
  const part = `${source.alias}.${identifier(input.partition)}`;
  return {
    ...input,
    columns,
    order: [],
    sql: `SELECT ${count}, ${passed(source.alias, input.partition)}${carried} FROM ${source.from} GROUP BY ${part}`,
  };
}
