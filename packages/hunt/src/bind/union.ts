import { HuntError } from '../hunt-error.ts';
import { child, className, listOf, namedParameters, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { declaredName } from './names.ts';
import { wildcardTables } from './queries.ts';
import type { Scope } from './scope.ts';
import { resultColumns } from './types.ts';

/** `union`, at the start of a query or over an input. */
export function bindUnion(binder: Binder, node: SyntaxNode, input: Query | undefined, scope: Scope): Query {
  const source = namedParameters(node).get('withsource') ?? namedParameters(node).get('with_source');
  const fuzzy = namedParameters(node).get('isfuzzy');
  const isFuzzy = fuzzy !== undefined && /^(true|1)$/i.test(tokenText(fuzzy));
  const inputs = listOf(node, 'Expressions').flatMap((item, at) => tables(binder, item, scope, at + 1, isFuzzy));
  return {
    kind: 'union',
    inputs: input === undefined ? inputs : [{ name: sourceName(binder, input, 0), query: input }, ...inputs],
    withSource: source === undefined ? undefined : unquoted(source),
    columns: resultColumns(node),
    at: node.TextStart,
  };
}

function unquoted(node: SyntaxNode): string {
  return declaredName(node).replace(/^(['"])(.*)\1$/, '$2') || tokenText(node);
}

function tables(
  binder: Binder,
  node: SyntaxNode,
  scope: Scope,
  at: number,
  fuzzy: boolean,
): { name: string; query: Query }[] {
  const symbol = node.ReferencedSymbol;
  if (symbol !== null && symbol !== undefined && className(symbol) === 'GroupSymbol') return wildcardTables(node);
  try {
    const query = binder.query(node, scope);
    return [{ name: nameOfTable(node) ?? sourceName(binder, query, at), query }];
  } catch (error) {
    // A fuzzy union goes without the tables that are not there.
    if (fuzzy && error instanceof HuntError && error.class === 'semantic') return [];
    throw error;
  }
}

function nameOfTable(node: SyntaxNode): string | undefined {
  if (className(node) === 'ParenthesizedExpression') return nameOfTable(child(node, 'Expression'));
  return className(node) === 'NameReference' ? declaredName(node) : undefined;
}

/** What `withsource` shows of an input: the table's name, the one given by `as`, else where it stands. */
export function sourceName(binder: Binder, query: Query, at: number): string {
  for (const [name, meaning] of binder.named) if (meaning.kind === 'query' && meaning.query === query) return name;
  return query.kind === 'table' ? query.name : `union_arg${at}`;
}
