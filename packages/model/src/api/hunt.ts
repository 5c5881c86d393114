import { z } from 'zod';
import type { ColumnType } from '../hunting/schema.ts';

/** The longest query, in characters, and the most rows that one answer holds. */
export const longestQuery = 30_000;
export const mostHuntRows = 100_000;
/** Rows that a hunt in the portal asks for. */
export const usualHuntRows = 10_000;

const time = z.iso.datetime({ offset: true }).max(40);

/** A hunt: the query and the time it looks at (by Timestamp; without it, all that is kept). */
export const huntBody = z.strictObject({
  query: z.string().min(1).max(longestQuery),
  from: time.optional(),
  to: time.optional(),
  maxRows: z.int().min(1).max(mostHuntRows).default(usualHuntRows),
});
export type HuntBody = z.input<typeof huntBody>;

/** Why a hunt gave no answer, or a part of one: closed list. */
export const huntErrorClasses = [
  'syntax',
  'semantic',
  'unsupported',
  'timeout',
  'memory',
  'resultSize',
  'throttled',
  'cancelled',
  'engine',
] as const;
export type HuntErrorClass = (typeof huntErrorClasses)[number];

export interface HuntColumn {
  readonly name: string;
  readonly type: ColumnType | 'timespan' | 'decimal';
}

/** How a query asks to be shown: `render timechart with (title="…")`. Names as Kusto writes them. */
export interface HuntRender {
  readonly kind: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** What a hunt may use. */
export interface HuntLimits {
  readonly rows: number;
  readonly seconds: number;
  readonly memoryBytes: number;
}

/** How much of the store a hunt has read so far. */
export interface HuntProgress {
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly elapsedMs: number;
}

/**
 * One line of the answer to a hunt (NDJSON). `start` first, then `columns`, `rows` and `progress` as they come, and
 * `done` or `error` last. Values as in JSON: `datetime` as ISO 8601 in UTC with seven decimals, `timespan` as
 * `d.hh:mm:ss.fffffff`, `dynamic` as the value, `long` beyond 2^53 as text.
 */
export type HuntMessage =
  | { readonly kind: 'start'; readonly id: string; readonly limits: HuntLimits }
  | { readonly kind: 'columns'; readonly columns: readonly HuntColumn[]; readonly render?: HuntRender }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly unknown[])[] }
  | ({ readonly kind: 'progress' } & HuntProgress)
  | ({ readonly kind: 'done'; readonly rows: number; readonly compileMs: number; readonly cut: boolean } & HuntProgress)
  | {
      readonly kind: 'error';
      readonly error: { readonly class: HuntErrorClass; readonly message: string; readonly position?: number };
    };

const name = z.string().trim().min(1).max(120);

/** A query somebody keeps, for themselves or for all. */
export const savedQueryBody = z.strictObject({
  name,
  description: z.string().trim().max(2_000).default(''),
  query: z.string().min(1).max(longestQuery),
  shared: z.boolean().default(false),
});
export type SavedQueryBody = z.input<typeof savedQueryBody>;

export const savedQueryChange = z.strictObject({
  name: name.optional(),
  description: z.string().trim().max(2_000).optional(),
  query: z.string().min(1).max(longestQuery).optional(),
  shared: z.boolean().optional(),
});
export type SavedQueryChange = z.infer<typeof savedQueryChange>;

export const savedQuery = z.strictObject({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  query: z.string(),
  shared: z.boolean(),
  owner: z.string(),
  mine: z.boolean(),
  updatedAt: z.string(),
});
export type SavedQuery = z.infer<typeof savedQuery>;

/** A hunt that was run. */
export const pastHunt = z.strictObject({
  id: z.int(),
  query: z.string(),
  at: z.string(),
  /** `done`, or the class of the error. */
  result: z.string(),
  rows: z.int(),
  elapsedMs: z.int(),
});
export type PastHunt = z.infer<typeof pastHunt>;
