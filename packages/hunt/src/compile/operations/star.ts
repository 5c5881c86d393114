import type { Operation } from '../../tree/expression.ts';
import { convert } from '../convert.ts';
import { compileExpression } from '../expression.ts';
import type { Scope } from '../scope.ts';
import { type Sql, typed } from '../sql.ts';
import { compare } from './comparison.ts';
import { textOperation } from './text.ts';

/** Operators that may have `*` on their left: any column will do. */
export const STAR_OPERATORS: ReadonlySet<string> = new Set([
  'has',
  'has_cs',
  'hasprefix',
  'hassuffix',
  'hasprefix_cs',
  'hassuffix_cs',
  'contains',
  'contains_cs',
  'startswith',
  'endswith',
  'matchesregex',
  '==',
  '=~',
]);

/** `* has "text"`: whether any column has it. */
export function starSearch({ operator, operands, at }: Operation, scope: Scope): Sql {
  const needle = operands[1];
  if (needle === undefined) return typed('bool', 'false', { nonNull: true });
  const right = compileExpression(needle, scope);
  const tests: string[] = [];
  for (const { name } of scope.columns) {
    const column = scope.column(name);
    if (column === undefined || column.type === 'bool') continue;
    const text = convert(column, 'string');
    const found =
      operator === '==' || operator === '=~'
        ? compare(operator, text, convert(right, 'string'), true)
        : textOperation(operator, text, right, at);
    if (found !== undefined) tests.push(found.sql);
  }
  return typed('bool', tests.length === 0 ? 'false' : `(${tests.join(' OR ')})`, { nonNull: true });
}
