import type { Json, Scalar } from '../tree/expression.ts';

/** A piece of SQL with its KQL type, and what is known about it. */
export interface Sql {
  readonly sql: string;
  readonly type: Scalar;
  /** Never NULL; strings, guids and dynamics never are. */
  readonly nonNull?: boolean;
  /** Its ClickHouse type already is the one columns of this KQL type have. */
  readonly exact?: boolean;
  /** A dynamic array that exists as `Array(String)` (or of numbers) too, so that no JSON needs to be made and read. */
  readonly list?: { readonly sql: string; readonly of: 'string' | 'long' | 'real' };
  /** A dynamic array that exists as `Array(String)` of its elements' JSON. */
  readonly raw?: string;
  /** The text a dynamic was parsed from: enough to follow a path, which does not care whether the whole is valid. */
  readonly text?: string;
  /** Its value, when the query says it. */
  readonly constant?: Json;
  /** The text of a dynamic that is known to be a string. */
  readonly stringText?: string;
}

/** A ClickHouse string literal. Only the backslash and the quote can end or bend one; NUL is written out. */
export function quote(text: string): string {
  return `'${text.replace(/[\\'\0]/g, (character) => (character === '\0' ? '\\0' : `\\${character}`))}'`;
}

/** A ClickHouse identifier; names come from queries and may hold anything. */
export function identifier(name: string): string {
  return `\`${name.replace(/[\\`\0]/g, (character) => (character === '\0' ? '\\0' : `\\${character}`))}\``;
}

/** The ClickHouse type in which columns of a KQL type are kept between operators. */
export const CLICKHOUSE_TYPES: Readonly<Record<Scalar, string>> = {
  bool: 'Nullable(Bool)',
  int: 'Nullable(Int32)',
  long: 'Nullable(Int64)',
  real: 'Nullable(Float64)',
  decimal: 'Nullable(Decimal(38, 12))',
  datetime: "Nullable(DateTime64(7, 'UTC'))",
  timespan: 'Nullable(Int64)',
  string: 'String',
  guid: 'String',
  dynamic: 'String',
};

/** Whether null does not exist for a type: its empty value is the empty string. */
export function isTextual(type: Scalar): boolean {
  return type === 'string' || type === 'guid' || type === 'dynamic';
}

export function isNumber(type: Scalar): boolean {
  return type === 'int' || type === 'long' || type === 'real' || type === 'decimal';
}

let counter = 0;

/** A name for a part of an expression, unique within the process so that no two parts of a statement share one. */
export function freshName(stem: string): string {
  counter = (counter + 1) % 1_000_000_000;
  return `${stem}${counter}`;
}

/**
 * Uses an expression several times while it is written and computed once: `first` names it, `again` is the name.
 * What is short is repeated instead.
 */
export function once(sql: string, use: (first: string, again: string) => string): string {
  if (sql.length <= 24 || /^[\w.`]+$/.test(sql)) return use(sql, sql);
  const named = nameOfWhole(sql);
  if (named !== undefined) return use(sql, named);
  const name = freshName('_v');
  return use(`(${sql} AS ${name})`, name);
}

// `(… AS _v1)` has its name already.
function nameOfWhole(sql: string): string | undefined {
  const name = / AS (_v\d+)\)$/.exec(sql)?.[1];
  if (name === undefined || !sql.startsWith('(')) return undefined;
  let depth = 0;
  for (let at = 0; at < sql.length; at += 1) {
    const character = sql[at];
    if (character === "'" || character === '`') at = endOfQuoted(sql, at, character);
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at === sql.length - 1 ? name : undefined;
    }
  }
  return undefined;
}

function endOfQuoted(sql: string, start: number, quotation: string): number {
  let at = start + 1;
  while (at < sql.length && sql[at] !== quotation) at += sql[at] === '\\' ? 2 : 1;
  return at;
}

/** An expression of a type, marked as never NULL where the type has none. */
export function typed(type: Scalar, sql: string, more: Partial<Sql> = {}): Sql {
  return { sql, type, ...(isTextual(type) ? { nonNull: true } : {}), ...more };
}

/** The expression cast so that a column can hold it. */
export function atBorder(value: Sql): string {
  if (value.exact === true) return value.sql;
  if (isTextual(value.type)) return value.nonNull === true ? value.sql : `ifNull(${value.sql}, '')`;
  return `CAST(${value.sql}, ${quote(CLICKHOUSE_TYPES[value.type])})`;
}
