import type { Column } from '../tree/expression.ts';
import type { Query } from '../tree/query.ts';
import type { Relation } from './relation.ts';
import type { Sql } from './sql.ts';

/** What the compiler asks its surroundings; it reads nothing itself. */
export interface Surroundings {
  /** The moment that `now()` is, UTC. */
  readonly now: Date;
  /**
   * A complete `SELECT` over a hunting table, already limited to what the asker may see. It puts out the columns of
   * the catalogue under their own names.
   */
  table(name: string, columns: readonly Column[]): string;
  /**
   * Whether the caller can look up which columns an `evaluate` puts out: compiling then throws `SchemaNeeded`. Without,
   * such columns are null.
   */
  readonly discovers?: boolean;
  /** A complete `SELECT` with the rows of a watchlist; undefined when there is none of that name. */
  watchlist?(name: string): { readonly sql: string; readonly columns: readonly Column[] } | undefined;
  /** A complete `SELECT` with the rows that `externaldata` asks for; undefined when it is not allowed. */
  external?(urls: readonly string[], format: string, columns: readonly Column[]): string | undefined;
}

/** The state of one compilation. */
export interface Compilation {
  readonly surroundings: Surroundings;
  /** What the asker should know about the answer: a database that is missing, an enrichment that knows nothing. */
  readonly notices: Set<string>;
  /** Holds something once a column may be missing because no data told of it. */
  readonly open: Set<string>;
  /** Rows that an enclosing operator hands to its sub-query. */
  readonly context: Relation | undefined;
  query(query: Query, context?: Relation): Relation;
}

/** Where an expression is read. */
export interface Scope {
  readonly compilation: Compilation;
  column(name: string): Sql | undefined;
  /** Every column there is, for `*`. */
  readonly columns: readonly Column[];
  /** `PARTITION BY … ORDER BY …` of the rows' order, for `prev`, `next`, `row_number` …; undefined where rows have none. */
  readonly window: string | undefined;
}
