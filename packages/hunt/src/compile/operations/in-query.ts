import type { Expression } from '../../tree/expression.ts';
import { convert } from '../convert.ts';
import { rawItems } from '../dynamic-path.ts';
import { compileExpression } from '../expression.ts';
import type { Scope } from '../scope.ts';
import { identifier, type Sql, typed } from '../sql.ts';
import { lower, unify } from './comparison.ts';

/** `value in (T | project x)`: the first column of the rows. */
export function compileInQuery(
  expression: Extract<Expression, { kind: 'in-query' }>,
  scope: Scope,
  filters: boolean,
): Sql {
  const { operator } = expression;
  const left = compileExpression(expression.left, scope);
  const relation = scope.compilation.query(expression.query);
  const column = relation.columns[0] ?? { name: '', type: 'string' as const };
  const cell: Sql = typed(column.type, `_q.${identifier(column.name)}`);
  // The rows of an array column are arrays; KQL looks among their elements.
  const isArray = column.type === 'dynamic' && left.type !== 'dynamic';
  const folded = operator.endsWith('~');
  const [one, other] = isArray ? [convert(left, 'string'), typed('string', 'item')] : unify(left, cell);
  const from = isArray
    ? `(SELECT if(startsWith(_e, '"'), JSONExtractString(_e), _e) AS item FROM (${relation.sql}) AS _q ARRAY JOIN if(startsWith(_q.${identifier(column.name)}, '['), ${rawItems(cell)}, [${cell.sql}]) AS _e)`
    : `(${relation.sql}) AS _q`;
  const text = folded ? lower(convert(one, 'string')) : one.sql;
  const set = `(SELECT ${folded ? `lowerUTF8(${convert(other, 'string').sql})` : other.sql} FROM ${from})`;
  const found = `(${text} IN ${set})`;
  if (operator.startsWith('!')) return typed('bool', `(NOT ifNull(${found}, false))`, { nonNull: true });
  return typed('bool', filters ? found : `ifNull(${found}, false)`, filters ? {} : { nonNull: true });
}
