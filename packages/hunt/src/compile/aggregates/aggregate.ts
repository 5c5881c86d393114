import type { Call, Scalar } from '../../tree/expression.ts';
import { convert } from '../convert.ts';
import { compileExpression } from '../expression.ts';
import { literalSql } from '../literal.ts';
import type { Scope } from '../scope.ts';
import type { Sql } from '../sql.ts';

/** Compiles a call of an aggregate function that gives one value. */
export type AggregateFunction = (call: Call, scope: Scope) => Sql;

export type AggregateTable = Readonly<Record<string, AggregateFunction>>;

/** The compiled operand at a place; null where there is none. */
export function operand(call: Call, at: number, scope: Scope): Sql {
  const expression = call.operands[at];
  return expression === undefined ? literalSql({ type: 'dynamic', value: null }) : compileExpression(expression, scope);
}

/** The operand at a place converted to a type. */
export function operandAs(call: Call, at: number, type: Scalar, scope: Scope): Sql {
  return convert(operand(call, at, scope), type);
}

/** A condition as the engine's `-If` aggregates take it. */
export function conditionAt(call: Call, at: number, scope: Scope): string {
  const condition = operandAs(call, at, 'bool', scope);
  return condition.nonNull === true ? condition.sql : `ifNull(${condition.sql}, false)`;
}
