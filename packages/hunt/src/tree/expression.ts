import type { Query } from './query.ts';

/** The scalar types of KQL. A null literal and what the binder cannot know have type `dynamic`. */
export type Scalar =
  | 'bool'
  | 'datetime'
  | 'decimal'
  | 'dynamic'
  | 'guid'
  | 'int'
  | 'long'
  | 'real'
  | 'string'
  | 'timespan';

export interface Column {
  readonly name: string;
  readonly type: Scalar;
}

/** What JSON can hold; numbers beyond 2^53 as `bigint`. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A value written in the query. `datetime` is `YYYY-MM-DD hh:mm:ss.fffffff` in UTC, `timespan` and whole numbers are
 * `bigint` (ticks of 100 ns), `decimal` its text, `dynamic` JSON.
 */
export interface Literal {
  readonly kind: 'literal';
  readonly type: Scalar;
  readonly value: Json;
  readonly at: number;
}

/** A typed scalar expression; `at` is its offset in the query, in UTF-16 units. */
export type Expression =
  | Literal
  | { readonly kind: 'column'; readonly name: string; readonly type: Scalar; readonly at: number }
  | Operation
  | Call
  | {
      readonly kind: 'element';
      readonly base: Expression;
      readonly key: Expression;
      readonly type: Scalar;
      readonly at: number;
    }
  | { readonly kind: 'scalar-query'; readonly query: Query; readonly type: Scalar; readonly at: number }
  | {
      readonly kind: 'in-query';
      readonly operator: string;
      readonly left: Expression;
      readonly query: Query;
      readonly type: 'bool';
      readonly at: number;
    }
  | { readonly kind: 'star'; readonly type: 'dynamic'; readonly at: number };

/** `+`, `==`, `has`, `in~`, `between`, `-x` (as `negate`) … with operands in the order written. */
export interface Operation {
  readonly kind: 'operation';
  readonly operator: string;
  readonly operands: readonly Expression[];
  readonly type: Scalar;
  readonly at: number;
}

/** A call of a scalar or aggregate function. `columns` are those of a tuple result such as `arg_max(x, *)`. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly operands: readonly Expression[];
  readonly type: Scalar;
  readonly columns?: readonly Column[];
  readonly at: number;
}

/** An expression and the output column it fills. */
export interface Named {
  readonly name: string;
  readonly expression: Expression;
}
