import type { Column, Expression, Named, Scalar } from './expression.ts';

export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

interface Base {
  /** The columns that come out, in order, as the binder names and types them. */
  readonly columns: readonly Column[];
  /** Offset in the query, UTF-16 units. */
  readonly at: number;
}

interface Piped extends Base {
  readonly input: Query;
}

/** An aggregate, or an expression over aggregates, and the columns it fills (several for a tuple). */
export interface Aggregated {
  readonly names: readonly string[];
  readonly expression: Expression;
}

export interface Expansion {
  readonly name: string;
  readonly expression: Expression;
  readonly type: Scalar;
}

export type ParsePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'star' }
  | { readonly kind: 'column'; readonly name: string; readonly type: Scalar };

export type JoinKind =
  | 'inner'
  | 'innerunique'
  | 'leftouter'
  | 'rightouter'
  | 'fullouter'
  | 'leftanti'
  | 'rightanti'
  | 'leftsemi'
  | 'rightsemi'
  | 'cross';

/** A tabular expression: a source, or an operator over its input. */
export type Query =
  | (Base & { readonly kind: 'table'; readonly name: string })
  | (Base & { readonly kind: 'rows'; readonly rows: readonly (readonly Expression[])[] })
  | (Base & { readonly kind: 'print'; readonly values: readonly Named[] })
  | (Base & {
      readonly kind: 'range';
      readonly from: Expression;
      readonly to: Expression;
      readonly step: Expression;
    })
  | (Base & {
      readonly kind: 'union';
      readonly inputs: readonly { readonly name: string; readonly query: Query }[];
      readonly withSource: string | undefined;
    })
  | (Base & { readonly kind: 'external'; readonly urls: readonly string[]; readonly format: string })
  | (Base & { readonly kind: 'function'; readonly name: string; readonly operands: readonly Expression[] })
  /** The rows that an enclosing `mv-apply`, `partition` or `fork` hands to its sub-query. */
  | (Base & { readonly kind: 'context' })
  | (Piped & { readonly kind: 'where'; readonly predicate: Expression })
  | (Piped & { readonly kind: 'extend'; readonly values: readonly Named[] })
  | (Piped & { readonly kind: 'project'; readonly values: readonly Named[] })
  | (Piped & {
      readonly kind: 'summarize';
      readonly keys: readonly Named[];
      readonly aggregates: readonly Aggregated[];
    })
  | (Piped & { readonly kind: 'sort'; readonly keys: readonly SortKey[] })
  | (Piped & { readonly kind: 'take'; readonly count: Expression })
  | (Piped & { readonly kind: 'top'; readonly count: Expression; readonly keys: readonly SortKey[] })
  | (Piped & { readonly kind: 'count' })
  | (Piped & { readonly kind: 'distinct' })
  | (Piped & { readonly kind: 'serialize'; readonly values: readonly Named[] })
  | (Piped & {
      readonly kind: 'join';
      readonly right: Query;
      readonly join: JoinKind;
      readonly keys: readonly { readonly left: Expression; readonly right: Expression }[];
      /** Output columns as (side, name there); the name comes from `columns` at the same place. */
      readonly outputs: readonly { readonly side: 'left' | 'right'; readonly name: string }[];
    })
  | (Piped & {
      readonly kind: 'expand';
      readonly expansions: readonly Expansion[];
      readonly asArray: boolean;
      readonly itemIndex: string | undefined;
      readonly limit: Expression | undefined;
    })
  | (Piped & {
      readonly kind: 'apply';
      readonly expansions: readonly Expansion[];
      readonly itemIndex: string | undefined;
      readonly limit: Expression | undefined;
      readonly sub: Query;
      /** Columns of the input that the sub-query reads from outside are carried with each element. */
      readonly context: readonly Column[];
    })
  | (Piped & {
      readonly kind: 'parse';
      readonly style: 'simple' | 'regex' | 'relaxed';
      readonly flags: string;
      readonly source: Expression;
      readonly parts: readonly ParsePart[];
      readonly filters: boolean;
    })
  | (Piped & {
      readonly kind: 'parse-kv';
      readonly source: Expression;
      readonly keys: readonly Column[];
      readonly options: Readonly<Record<string, string | boolean>>;
    })
  | (Piped & {
      readonly kind: 'series';
      readonly values: readonly {
        readonly name: string;
        readonly expression: Expression;
        readonly fallback: Expression;
      }[];
      readonly axis: Named;
      readonly from: Expression | undefined;
      readonly to: Expression | undefined;
      readonly step: Expression;
      readonly keys: readonly Named[];
      /** Gives one series of fallbacks when there are no rows. */
      readonly nonEmpty: boolean;
    })
  | (Piped & {
      readonly kind: 'plugin';
      readonly name: string;
      readonly operands: readonly (Expression | Query)[];
      /** Where the query can say which columns come out; undefined when it does. */
      readonly schemaAt: number | undefined;
    })
  | (Piped & { readonly kind: 'sample'; readonly count: Expression; readonly of: Expression | undefined })
  | (Piped & { readonly kind: 'schema' })
  | (Piped & { readonly kind: 'nested'; readonly levels: readonly NestedLevel[] })
  | (Piped & { readonly kind: 'partition'; readonly by: Expression; readonly sub: Query })
  | (Piped & { readonly kind: 'enrich'; readonly name: string; readonly operands: readonly Expression[] });

/** One `of … by …` of `top-nested`. */
export interface NestedLevel {
  readonly count: Expression | undefined;
  readonly of: Named;
  readonly by: Named;
  readonly others: Expression | undefined;
  readonly descending: boolean;
}

export type QueryOf<Kind extends Query['kind']> = Extract<Query, { kind: Kind }>;

/** How `render` asks to show the result. */
export interface Rendering {
  readonly chart: string;
  readonly options: Readonly<Record<string, string>>;
}
