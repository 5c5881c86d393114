import { unsupported } from '../hunt-error.ts';
import { child, className, listOf, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { calledBody } from './calls.ts';
import { isTabular } from './expressions.ts';
import type { Scope } from './scope.ts';
import { resultColumns } from './types.ts';

/** `invoke f(…)`: a function of the query, or one of the built-in enrichments such as FileProfile. */
export function bindInvoke(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const call = child(node, 'Function');
  const called = calledBody(binder, call, scope, input);
  if (called !== undefined) return binder.query(child(called.body, 'Expression'), called.scope);
  return {
    kind: 'enrich',
    input,
    name: tokenText(child(call, 'Name')),
    operands: listOf(call, 'ArgumentList').map((operand) => binder.expression(operand, scope)),
    columns: resultColumns(node),
    at: node.TextStart,
  };
}

/** `evaluate plugin(…)`. */
export function bindPlugin(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const call = child(node, 'FunctionCall');
  const name = tokenText(child(call, 'Name'));
  const operands = listOf(call, 'ArgumentList').map((operand) =>
    isTabular(operand, scope) ? binder.query(operand, scope) : binder.expression(operand, scope),
  );
  return {
    kind: 'plugin',
    input,
    name: name.toLowerCase(),
    schemaAt: optionalChild(node, 'Schema') === undefined ? call.End : undefined,
    operands,
    columns: resultColumns(node),
    at: node.TextStart,
  };
}

/** `partition by column (sub-query)`. */
export function bindPartition(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const operand = child(node, 'Operand');
  const sub = optionalChild(operand, 'Subquery') ?? optionalChild(operand, 'Expression');
  if (sub === undefined) throw unsupported(`partition with ${className(operand)}`, node.TextStart);
  const context: Query = { kind: 'context', columns: input.columns, at: node.TextStart };
  return {
    kind: 'partition',
    input,
    by: binder.expression(child(node, 'ByExpression'), scope),
    sub: binder.query(sub, { ...scope, context }),
    columns: resultColumns(node),
    at: node.TextStart,
  };
}
