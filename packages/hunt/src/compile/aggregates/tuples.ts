import type { Call, Expression } from '../../tree/expression.ts';
import { convert } from '../convert.ts';
import { compileExpression } from '../expression.ts';
import type { Scope } from '../scope.ts';
import { atBorder, freshName, isTextual, type Sql, typed } from '../sql.ts';
import { operand } from './aggregate.ts';
import { anyOf } from './collections.ts';
import { percentileOf } from './numbers.ts';

/** Several columns that one aggregate fills, and a column they are taken from. */
export interface TupleColumns {
  /** `expression AS name`, when the columns are parts of one value. */
  readonly setup: string | undefined;
  readonly columns: readonly Sql[];
}

/** Compiles an aggregate that gives several columns; undefined when `expression` is none. */
export function tupleAggregate(
  expression: Expression,
  names: readonly string[],
  scope: Scope,
): TupleColumns | undefined {
  if (expression.kind !== 'call') return undefined;
  switch (expression.name.toLowerCase()) {
    case 'arg_max':
    case 'argmax':
      return argument('argMax', expression, names, scope);
    case 'arg_min':
    case 'argmin':
      return argument('argMin', expression, names, scope);
    case 'take_any':
    case 'any':
      if (names.length === 1 && expression.operands[0]?.kind !== 'star') return undefined;
      return { setup: undefined, columns: operandsOf(expression, 0, scope).map((value) => anyOf(value)) };
    case 'percentiles':
      return {
        setup: undefined,
        columns: levels(expression, 1).map((level) => percentileOf(operand(expression, 0, scope), level)),
      };
    case 'percentilesw':
      return {
        setup: undefined,
        columns: levels(expression, 2).map((level) =>
          percentileOf(operand(expression, 0, scope), level, operand(expression, 1, scope).sql),
        ),
      };
    default:
      return undefined;
  }
}

function levels(call: Call, from: number): number[] {
  return call.operands.slice(from).map((level) => (level.kind === 'literal' ? Number(level.value) / 100 : 0.5));
}

// The operands from a place on; a star stands for the columns that the binder lists.
function operandsOf(call: Call, from: number, scope: Scope): Sql[] {
  return call.operands.slice(from).flatMap((expression) => {
    if (expression.kind !== 'star') return [compileExpression(expression, scope)];
    return (call.columns ?? [])
      .slice(from)
      .map(({ name, type }) => scope.column(name) ?? typed(type, isTextual(type) ? "''" : 'NULL'));
  });
}

function argument(name: 'argMax' | 'argMin', call: Call, names: readonly string[], scope: Scope): TupleColumns {
  const key = operand(call, 0, scope);
  const rest = operandsOf(call, 1, scope);
  const setupName = freshName('_t');
  const order = key.type === 'dynamic' ? convert(key, 'string').sql : key.sql;
  const parts = [key, ...rest].slice(0, Math.max(names.length, 1));
  const values = parts.map(atBorder);
  const tuple = `tuple(${values.join(', ')})`;
  // Rows without a key count only when the group has no others.
  const setup =
    key.nonNull === true
      ? `${name}(${tuple}, ${order}) AS ${setupName}`
      : `if(count(${order}) = 0, any(${tuple}), ${name}If(${tuple}, assumeNotNull(${order}), isNotNull(${order}))) AS ${setupName}`;
  return {
    setup,
    columns: parts.map(({ type }, at) => typed(type, `tupleElement(${setupName}, ${at + 1})`, { exact: true })),
  };
}
