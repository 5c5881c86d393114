import { HuntError, unsupported } from '../hunt-error.ts';
import type { Call, Expression } from '../tree/expression.ts';
import { AGGREGATES } from './aggregates/index.ts';
import { convert } from './convert.ts';
import { elementOf } from './dynamic-path.ts';
import { FUNCTIONS } from './functions/index.ts';
import { literalSql } from './literal.ts';
import { compileInQuery } from './operations/in-query.ts';
import { compileOperation } from './operations/index.ts';
import type { Scope } from './scope.ts';
import { identifier, isTextual, type Sql, typed } from './sql.ts';

/**
 * Compiles a scalar expression. `filters` says that null and false are the same to whoever reads it, which allows
 * plain comparisons that the engine can use an index for.
 */
export function compileExpression(expression: Expression, scope: Scope, filters = false): Sql {
  switch (expression.kind) {
    case 'literal':
      return literalSql(expression);
    case 'column': {
      const found = scope.column(expression.name);
      if (found === undefined && scope.compilation.open.has('open'))
        return literalSql({ type: expression.type, value: null });
      if (found === undefined)
        throw new HuntError('semantic', `There is no column ${expression.name} here.`, expression.at);
      return found;
    }
    case 'operation':
      return compileOperation(expression, scope, filters);
    case 'in-query':
      return compileInQuery(expression, scope, filters);
    case 'element':
      return convert(
        elementOf(compileExpression(expression.base, scope), compileExpression(expression.key, scope)),
        expression.type,
      );
    case 'scalar-query':
      return scalarQuery(expression, scope);
    case 'star':
      throw unsupported('* here', expression.at);
    case 'call':
      return compileCall(expression, scope);
  }
}

function scalarQuery(expression: Extract<Expression, { kind: 'scalar-query' }>, scope: Scope): Sql {
  const relation = scope.compilation.query(expression.query);
  const first = relation.columns[0];
  if (first === undefined) return literalSql({ type: expression.type, value: null });
  const cell = `(SELECT _q.${identifier(first.name)} FROM (${relation.sql}) AS _q LIMIT 1)`;
  return typed(first.type, isTextual(first.type) ? `ifNull(${cell}, '')` : cell);
}

function compileCall(call: Call, scope: Scope): Sql {
  const name = call.name.toLowerCase();
  const aggregate = Object.hasOwn(AGGREGATES, name) ? AGGREGATES[name] : undefined;
  if (aggregate !== undefined) return aggregate(call, scope);
  const compile = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (compile === undefined) throw unsupported(`The function ${call.name}()`, call.at);
  const args = call.operands.map((operand) => compileExpression(operand, scope));
  return compile({ args, call, scope });
}

/** Compiles and converts to a type. */
export function compileAs(expression: Expression, type: Expression['type'], scope: Scope): Sql {
  return convert(compileExpression(expression, scope), type);
}
