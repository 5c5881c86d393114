import type { KustoService } from '../kusto/service.ts';
import type { SyntaxNode } from '../kusto/syntax.ts';
import type { Column, Expression } from '../tree/expression.ts';
import type { Query } from '../tree/query.ts';
import type { Meaning, Scope } from './scope.ts';

/** What the converters of expressions and operators need from each other. */
export interface Binder {
  readonly kusto: KustoService;
  /** Every table there is to ask. */
  readonly tables: ReadonlyMap<string, readonly Column[]>;
  /** Names given by `as`, which hold from there to the end of the query. */
  readonly named: Map<string, Meaning>;
  expression(node: SyntaxNode, scope: Scope): Expression;
  query(node: SyntaxNode, scope: Scope): Query;
}
