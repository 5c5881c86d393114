import { child, className, listOf, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Column, Expression, Named } from '../tree/expression.ts';
import type { Binder } from './binder.ts';
import type { Scope } from './scope.ts';
import { columnsOf } from './types.ts';

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
  const tuple = [symbol, inner].find(
    (type) => type !== null && type !== undefined && className(type) === 'TupleSymbol',
  );
  return tuple?.Columns?.Count ?? 1;
}

/** Pairs expressions with output columns that stand in the same order. */
export function inOrder(
  binder: Binder,
  nodes: readonly SyntaxNode[],
  columns: readonly Column[],
  scope: Scope,
): Named[] {
  let next = 0;
  return nodes.flatMap((node) => {
    const width = widthOf(node);
    const own = columns.slice(next, next + width);
    next += width;
    const expression = binder.expression(node, scope);
    if (width > 1) return parts(expression, own);
    return [{ name: own[0]?.name ?? `Column${next}`, expression }];
  });
}

// A function with several results is an array of them.
function parts(base: Expression, columns: readonly Column[]): Named[] {
  const { at } = base;
  return columns.map(({ name, type }, place) => ({
    name,
    expression: { kind: 'element', base, key: { kind: 'literal', type: 'long', value: BigInt(place), at }, type, at },
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
  return nodes.flatMap((node, at) => {
    const width = widthOf(node);
    if (width > 1) {
      const given = givenNames(node);
      const symbol = className(node).endsWith('NamedExpression')
        ? child(node, 'Expression').ResultType
        : node.ResultType;
      const own = columnsOf(symbol).map(({ name, type }, place) => ({
        name: given[place] ?? (fresh.includes(name) ? name : (fresh[place] ?? name)),
        type,
      }));
      return parts(binder.expression(node, scope), given.length > 1 ? own.slice(0, given.length) : own);
    }
    const name = names[at];
    const column = name !== undefined && name !== '' && known.has(name) ? name : (fresh.shift() ?? `Column${at + 1}`);
    return [{ name: column, expression: binder.expression(node, scope) }];
  });
}
