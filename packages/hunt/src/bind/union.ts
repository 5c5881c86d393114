import { className, listOf, namedParameters, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { declaredName } from './names.ts';
import { wildcardTables } from './queries.ts';
import type { Scope } from './scope.ts';
import { resultColumns } from './types.ts';

/** `union`, at the start of a query or over an input. */
export function bindUnion(binder: Binder, node: SyntaxNode, input: Query | undefined, scope: Scope): Query {
  const source = namedParameters(node).get('withsource') ?? namedParameters(node).get('with_source');
  const inputs = listOf(node, 'Expressions').flatMap((item, at) => tables(binder, item, scope, at + 1));
  return {
    kind: 'union',
    inputs: input === undefined ? inputs : [{ name: sourceName(input, 0), query: input }, ...inputs],
    withSource: source === undefined ? undefined : unquoted(source),
    columns: resultColumns(node),
    at: node.TextStart,
  };
}

function unquoted(node: SyntaxNode): string {
  return declaredName(node).replace(/^(['"])(.*)\1$/, '$2') || tokenText(node);
}

function tables(binder: Binder, node: SyntaxNode, scope: Scope, at: number): { name: string; query: Query }[] {
  const symbol = node.ReferencedSymbol;
  if (symbol !== null && symbol !== undefined && className(symbol) === 'GroupSymbol') return wildcardTables(node);
  const query = binder.query(node, scope);
  return [{ name: sourceName(query, at), query }];
}

/** What `withsource` shows of an input: the table's name, else where it stands. */
export function sourceName(query: Query, at: number): string {
  return query.kind === 'table' ? query.name : `union_arg${at}`;
}
