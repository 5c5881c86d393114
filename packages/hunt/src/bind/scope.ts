import type { SyntaxNode } from '../kusto/syntax.ts';
import type { Expression } from '../tree/expression.ts';
import type { Query } from '../tree/query.ts';

/** What a `let` name, a parameter or an `as` name stands for. */
export type Meaning =
  | { readonly kind: 'value'; readonly expression: Expression }
  | { readonly kind: 'query'; readonly query: Query }
  | {
      readonly kind: 'function';
      /** The parameters as declared, with their defaults. */
      readonly parameters: readonly { readonly name: string; readonly fallback: SyntaxNode | undefined }[];
      readonly scope: Scope;
      /** The rows of a `view`, which `search` and wildcards see. */
      readonly body: SyntaxNode | undefined;
    };

/** The names that can be seen at a place of the query; a new one for each place, never changed. */
export interface Scope {
  readonly meanings: ReadonlyMap<string, Meaning>;
  /** The rows an enclosing `mv-apply`, `partition` or `fork` hands to a sub-query that starts with an operator. */
  readonly context: Query | undefined;
  /** How many functions deep. */
  readonly depth: number;
}

export const EMPTY_SCOPE: Scope = { meanings: new Map(), context: undefined, depth: 0 };
