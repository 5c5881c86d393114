import { unsupported } from '../../hunt-error.ts';
import type { QueryOf } from '../../tree/query.ts';
import { compileExpression } from '../expression.ts';
import { passed, type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName } from '../sql.ts';
import { unordered } from './sources.ts';

/** `partition by`: the sub-query runs over the rows of each value by themselves. */
export function compilePartition(query: QueryOf<'partition'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  if (input.partition !== undefined) throw unsupported('partition within partition or mv-apply', query.at);
  const source = sourceOf(compilation, input);
  const part = freshName('_r');
  const rows: Relation = {
    ...input,
    sql: `SELECT ${source.alias}.*, ${atBorder(compileExpression(query.by, source.scope))} AS ${part} FROM ${source.from}`,
    partition: part,
  };
  const result = compilation.query(query.sub, rows);
  const last = sourceOf(compilation, result);
  const sql = `SELECT ${result.columns.map(({ name }) => passed(last.alias, name)).join(', ')} FROM ${last.from}`;
  return unordered(sql, result.columns);
}
