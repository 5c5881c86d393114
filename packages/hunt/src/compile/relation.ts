import type { Column } from '../tree/expression.ts';
import type { Compilation, Scope } from './scope.ts';
import { freshName, identifier, isTextual, type Sql } from './sql.ts';

/** A key by which rows are ordered: a column that travels with them, shown or not. */
export interface OrderKey {
  readonly column: string;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** A compiled tabular expression. */
export interface Relation {
  /** A complete SELECT. */
  readonly sql: string;
  readonly columns: readonly Column[];
  /** The order the rows have for KQL; SQL only orders where it matters. */
  readonly order: readonly OrderKey[];
  /** The column whose values part the rows for an enclosing `mv-apply` or `partition`. */
  readonly partition: string | undefined;
  /** Further columns that are carried unseen. */
  readonly carried: readonly string[];
}

/** The columns that are carried along without being shown. */
export function hiddenColumns({ columns, order, partition, carried }: Relation): string[] {
  const shown = new Set(columns.map(({ name }) => name));
  const hidden = [...order.map(({ column }) => column), ...(partition === undefined ? [] : [partition]), ...carried];
  return [...new Set(hidden)].filter((name) => !shown.has(name));
}

/** A relation as the source of the next SELECT. */
export interface Source {
  readonly alias: string;
  /** `(SELECT …) AS alias` */
  readonly from: string;
  readonly relation: Relation;
  readonly scope: Scope;
}

/** Prepares a relation to be selected from. */
export function sourceOf(compilation: Compilation, relation: Relation): Source {
  const alias = freshName('s');
  const types = new Map(relation.columns.map(({ name, type }) => [name, type]));
  const column = (name: string): Sql | undefined => {
    const type = types.get(name);
    if (type === undefined) return undefined;
    return { sql: `${alias}.${identifier(name)}`, type, exact: true, ...(isTextual(type) ? { nonNull: true } : {}) };
  };
  const scope: Scope = { compilation, column, columns: relation.columns, window: windowOf(relation, alias) };
  return { alias, from: `(${relation.sql}) AS ${alias}`, relation, scope };
}

function windowOf(relation: Relation, alias: string): string {
  const part = relation.partition === undefined ? '' : `PARTITION BY ${alias}.${identifier(relation.partition)} `;
  const keys = relation.order.map((key) => orderText(key, alias)).join(', ');
  return `${part}${keys === '' ? '' : `ORDER BY ${keys}`}`;
}

/** `alias.key DESC NULLS LAST` */
export function orderText({ column, descending, nullsFirst }: OrderKey, alias: string): string {
  return `${alias}.${identifier(column)} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}

/** `, alias.a, alias.b` of what is carried unseen; `except` when the SELECT fills it itself. */
export function carriedText({ alias, relation }: Source, except: readonly string[] = []): string {
  return hiddenColumns(relation)
    .filter((name) => !except.includes(name))
    .map((name) => `, ${alias}.${identifier(name)} AS ${identifier(name)}`)
    .join('');
}

/** `ORDER BY …` of the relation's order, or nothing. */
export function orderClause({ alias, relation }: Source): string {
  const keys = relation.order.map((key) => orderText(key, alias));
  return keys.length === 0 ? '' : ` ORDER BY ${keys.join(', ')}`;
}

/** `alias.column AS column` */
export function passed(alias: string, name: string): string {
  return `${alias}.${identifier(name)} AS ${identifier(name)}`;
}
