import type { ReadQuery } from '../bind/read-query.ts';
import type { Column } from '../tree/expression.ts';
import type { Query, Rendering } from '../tree/query.ts';
import { compileQuery } from './operators/index.ts';
import { finalOrder } from './operators/rows.ts';
import type { Relation } from './relation.ts';
import type { Compilation, Surroundings } from './scope.ts';
import { CLICKHOUSE_TYPES, freshName, identifier, quote } from './sql.ts';

/** A query as one ClickHouse statement that only reads. */
export interface CompiledQuery {
  readonly sql: string;
  /** The columns of the answer, in order, under KQL's names of types. */
  readonly columns: readonly Column[];
  readonly rendering: Rendering | undefined;
  /** What the reader of the answer should know. */
  readonly notices: readonly string[];
}

/** Compiles a read query. @throws HuntError of class `unsupported` or `semantic`, with the position. */
export function compileRead({ query, rendering }: ReadQuery, surroundings: Surroundings): CompiledQuery {
  const notices = new Set<string>();
  const relation = compilationOf(surroundings, notices, new Set(), undefined).query(query);
  return { sql: statementOf(relation), columns: relation.columns, rendering, notices: [...notices] };
}

function compilationOf(
  surroundings: Surroundings,
  notices: Set<string>,
  open: Set<string>,
  context: Relation | undefined,
): Compilation {
  const compilation: Compilation = {
    surroundings,
    notices,
    open,
    context,
    query: (query: Query, inner?: Relation) =>
      compileQuery(query, inner === undefined ? compilation : compilationOf(surroundings, notices, open, inner)),
  };
  return compilation;
}

function statementOf(relation: Relation): string {
  const alias = freshName('s');
  const list = relation.columns.map(
    ({ name, type }) => `${finalValue(`${alias}.${identifier(name)}`, type)} AS ${identifier(name)}`,
  );
  return `SELECT ${list.length === 0 ? '1' : list.join(', ')} FROM (${relation.sql}) AS ${alias}${finalOrder(relation, alias)}`;
}

// Whatever an operator made of it, a column of the answer has the type that its readers expect.
function finalValue(sql: string, type: Column['type']): string {
  return type === 'decimal'
    ? `toString(${sql})`
    : CLICKHOUSE_TYPES[type] === 'String'
      ? sql
      : `CAST(${sql}, ${quote(CLICKHOUSE_TYPES[type])})`;
}
