import { unsupported } from '../../hunt-error.ts';
import type { Operation } from '../../tree/expression.ts';
import { compileExpression } from '../expression.ts';
import type { Scope } from '../scope.ts';
import { type Sql, typed } from '../sql.ts';
import { arithmetic, negate } from './arithmetic.ts';
import { between, compare } from './comparison.ts';
import { membership } from './membership.ts';
import { STAR_OPERATORS, starSearch } from './star.ts';
import { termsAmong, textOperation } from './text.ts';

const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);
const COMPARISONS = new Set(['==', '!=', '<>', '<', '<=', '>', '>=', '=~', '!~']);
const MEMBERSHIPS = new Set(['in', '!in', 'in~', '!in~']);

/** Compiles an operator over its operands. */
export function compileOperation(operation: Operation, scope: Scope, filters: boolean): Sql {
  const { operator, operands, type, at } = operation;
  const [first, second] = operands;
  if (operator === 'and' || operator === 'or') {
    const sides = operands.map((operand) => truth(compileExpression(operand, scope, filters)));
    return typed('bool', `(${sides.map(({ sql }) => sql).join(operator === 'and' ? ' AND ' : ' OR ')})`, {
      ...(sides.every(({ nonNull }) => nonNull === true) ? { nonNull: true } : {}),
    });
  }
  if (first?.kind === 'star' && STAR_OPERATORS.has(operator)) return starSearch(operation, scope);
  if (first === undefined) throw unsupported(`The operator ${operator}`, at);
  const left = compileExpression(first, scope);
  if (operator === 'negate') return negate(left, type);
  const rest = operands.slice(1).map((operand) => compileExpression(operand, scope));
  const [right, third] = rest;
  if (second === undefined || right === undefined) {
    if (MEMBERSHIPS.has(operator)) return membership(operator, left, rest, filters);
    throw unsupported(`The operator ${operator}`, at);
  }
  if (ARITHMETIC.has(operator)) return arithmetic(operator, left, right, type);
  if (COMPARISONS.has(operator)) return compare(operator, left, right, filters);
  if (MEMBERSHIPS.has(operator)) return membership(operator, left, rest, filters);
  if (operator === 'between' || operator === '!between') return between(operator, left, right, third ?? right, filters);
  if (operator === 'has_any' || operator === 'has_all') return termsAmong(operator, left, rest);
  const found = textOperation(operator, left, right, second.at);
  if (found !== undefined) return found;
  throw unsupported(`The operator ${operator}`, at);
}

// A dynamic or number as a condition is true when it says so.
function truth(value: Sql): Sql {
  return value.type === 'bool' ? value : typed('bool', `(${value.sql} IN ('true', '1'))`);
}
