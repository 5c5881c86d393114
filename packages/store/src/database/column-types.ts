import type { ColumnType } from 'kysely';

/** An instant: read as ISO 8601 UTC with milliseconds, written as ISO text or `Date`. */
export type Instant = ColumnType<string, string | Date, string | Date>;
export type NullableInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;
/** An instant that defaults to now. */
export type InstantNow = ColumnType<string, string | Date | undefined, string | Date>;

/** JSON: read parsed, written as text (`JSON.stringify` once, where its cost shows). */
export type Json<T> = ColumnType<T, string, string>;
/** JSON with a default. */
export type JsonOr<T> = ColumnType<T, string | undefined, string>;

/** A nullable column that may be left out on insert. */
export type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;
