import { type RawBuilder, sql } from 'kysely';
import { QueryError } from './query-error.ts';

/** A column to sort by: an expression, its PostgreSQL type, and how a cursor's text must look. */
export type SortKey = { expression: RawBuilder<unknown>; type: 'timestamptz' | 'integer' | 'text' };

/** The place after which a page begins: the last row's sort value and id. */
type Place = { value: string; id: number };

/**
 * One order of a list, with its paging: sort value, then id, both in the same direction, so that rows inserted while
 * somebody pages never shift a page.
 */
export type Keyset = { name: string; dir: 'asc' | 'desc'; key: SortKey; id: RawBuilder<unknown> };

/** The cursor that continues after a row. Opaque to clients: base64url of order, id and sort value. */
export function cursorAfter(keyset: Keyset, row: { k: unknown; id: number }): string {
  return Buffer.from(`${keyset.name}:${keyset.dir}:${row.id}:${String(row.k)}`).toString('base64url');
}

/**
 * The condition that a row comes after the cursor, or null at the beginning.
 *
 * @throws QueryError when the cursor was not made by {@link cursorAfter} for the same order.
 */
export function afterCursor(keyset: Keyset, cursor: string | undefined): RawBuilder<boolean> | null {
  if (cursor === undefined) return null;
  const { value, id } = readCursor(keyset, cursor);
  const type = sql.raw(keyset.key.type);
  const sign = sql.raw(keyset.dir === 'asc' ? '>' : '<');
  return sql<boolean>`(${keyset.key.expression}, ${keyset.id}) ${sign} (${value}::${type}, ${id}::bigint)`;
}

/** The order as SQL. */
export function orderBy(keyset: Keyset): RawBuilder<unknown> {
  const dir = sql.raw(keyset.dir);
  return sql`${keyset.key.expression} ${dir}, ${keyset.id} ${dir}`;
}

const shapes = {
  timestamptz: /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  integer: /^-?\d{1,9}$/,
  text: /^[^\0]{0,80}$/su,
};

function readCursor({ name, dir, key }: Keyset, cursor: string): Place {
  const bad = new QueryError('cursor', 'This cursor is not one of this list and order; start again without it.');
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) throw bad;
  const match = /^([A-Za-z]+):(asc|desc):(\d{1,15}):(.*)$/su.exec(Buffer.from(cursor, 'base64url').toString());
  const [, sort, direction, id, value] = match ?? [];
  if (sort !== name || direction !== dir || id === undefined || value === undefined) throw bad;
  if (!shapes[key.type].test(value)) throw bad;
  if (key.type === 'timestamptz' && Number.isNaN(Date.parse(value))) throw bad;
  return { value, id: Number(id) };
}
