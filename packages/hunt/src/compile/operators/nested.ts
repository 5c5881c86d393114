import { unsupported } from '../../hunt-error.ts';
import type { QueryOf } from '../../tree/query.ts';
import { compileExpression } from '../expression.ts';
import { type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName, identifier } from '../sql.ts';
import { unordered } from './sources.ts';

/** `top-nested`: the best values of each level, and within each the best of the next. */
export function compileNested(query: QueryOf<'nested'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  let rows = sourceOf(compilation, input);
  const columns: { name: string; type: Relation['columns'][number]['type'] }[] = [];
  const names: string[] = [];
  for (const level of query.levels) {
    if (level.others !== undefined)
      throw unsupported('top-nested with others', query.at, 'Union the rest with a second query.');
    const key = compileExpression(level.of.expression, rows.scope);
    const aggregate = compileExpression(level.by.expression, rows.scope);
    const [group, value, rank] = [freshName('_g'), freshName('_a'), freshName('_n')];
    const parents = names.map((name) => `${rows.alias}.${name}`);
    const keyed = `SELECT ${rows.alias}.*, ${atBorder(key)} AS ${group} FROM ${rows.from}`;
    // The aggregate is computed once per group, then given to each of its rows.
    const inner = sourceOf(compilation, { ...rows.relation, sql: keyed });
    const again = compileExpression(level.by.expression, inner.scope);
    const groups = [...names, group];
    const totals = `SELECT ${groups.map((name) => `${inner.alias}.${name} AS ${name}`).join(', ')}, ${atBorder({ ...again, type: aggregate.type })} AS ${value} FROM ${inner.from} GROUP BY ${groups.map((name) => `${inner.alias}.${name}`).join(', ')}`;
    const over = `OVER (${parents.length === 0 ? '' : `PARTITION BY ${names.join(', ')} `}ORDER BY ${value} ${level.descending ? 'DESC' : 'ASC'} NULLS LAST, ${group})`;
    const ranked = `SELECT *, row_number() ${over} AS ${rank} FROM (${totals})`;
    const limit =
      level.count === undefined
        ? undefined
        : compileExpression(level.count, { ...rows.scope, column: () => undefined }).sql;
    const best = limit === undefined ? ranked : `SELECT * FROM (${ranked}) WHERE ${rank} <= toInt64(${limit})`;
    const [a, b] = [freshName('s'), freshName('s')];
    const on = groups.map((name) => `isNotDistinctFrom(${a}.${name}, ${b}.${name})`).join(' AND ');
    const sql = `SELECT ${a}.*, ${b}.${value} AS ${value} FROM (${keyed}) AS ${a} ALL INNER JOIN (${best}) AS ${b} ON ${on}`;
    rows = sourceOf(compilation, { ...rows.relation, sql });
    names.push(group, value);
    columns.push({ name: level.of.name, type: key.type }, { name: level.by.name, type: aggregate.type });
  }
  const list = columns.map(({ name }, at) => `${rows.alias}.${names[at]} AS ${identifier(name)}`);
  return unordered(`SELECT DISTINCT ${list.join(', ')} FROM ${rows.from}`, columns);
}
