import { child, className, listOf, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Column, Named } from '../tree/expression.ts';
import type { Binder } from './binder.ts';
import type { Scope } from './scope.ts';

/** The name of a declaration or reference, without its brackets and quotes. */
export function declaredName(node: SyntaxNode): string {
  return node.ReferencedSymbol?.Name ?? node.SimpleName ?? tokenText(node);
}

/** The names on the left of `name = …` or `(a, b) = …`; empty when the expression has none. */
export function givenNames(node: SyntaxNode): string[] {
  switch (className(node)) {
    case 'SimpleNamedExpression':
      return [declaredName(child(node, 'Name'))];
    case 'CompoundNamedExpression':
      return listOf(child(node, 'Names'), 'Names').map(declaredName);
    default:
      return [];
  }
}

/** How many columns an expression fills: one, save for tuples such as `arg_max(x, *)`. */
export function widthOf(node: SyntaxNode): number {
  const symbol = node.ResultType ?? optionalChild(node, 'Expression')?.ResultType;
  const inner = className(node).endsWith('NamedExpression') ? child(node, 'Expression').ResultType : symbol;
  const tuple = [symbol, inner].find((type) => type !== null && type !== undefined && className(type) === 'TupleSymbol');
  return tuple?.Columns?.Count ?? 1;
}

/** Pairs expressions with output columns that stand in the same order. */
export function inOrder(binder: Binder, nodes: readonly SyntaxNode[], columns: readonly Column[], scope: Scope): Named[] {
  return nodes.map((node, at) => ({
    name: columns[at]?.name ?? `Column${at + 1}`,
    expression: binder.expression(node, scope),
  }));
}

/**
 * Pairs the expressions of `extend` or `serialize` with the columns they add or replace. A name that the query does
 * not give is that of the next new column.
 */
export function added(
  binder: Binder,
  nodes: readonly SyntaxNode[],
  before: readonly Column[],
  after: readonly Column[],
  scope: Scope,
): Named[] {
  const taken = new Set(before.map(({ name }) => name));
  const resultName = (node: SyntaxNode) =>
    givenNames(node)[0] ?? binder.kusto.Binding.Binder.GetExpressionResultName(node, null, null) ?? undefined;
  const names = nodes.map(resultName);
  for (const name of names) if (name !== undefined) taken.add(name);
  const fresh = after.filter(({ name }) => !taken.has(name)).map(({ name }) => name);
  const known = new Set(after.map(({ name }) => name));
  return nodes.map((node, at) => {
    const name = names[at];
    const column = name !== undefined && name !== '' && known.has(name) ? name : (fresh.shift() ?? `Column${at + 1}`);
    return { name: column, expression: binder.expression(node, scope) };
  });
}
