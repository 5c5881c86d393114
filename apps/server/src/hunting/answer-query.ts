import type { ClickHouseClient } from '@clickhouse/client';
import { type Catalogue, type Column, HuntError, type Surroundings } from '@throughline/hunt';
import { compileHunt } from './compile-hunt.ts';
import type { HuntLimits } from './hunt-limits.ts';
import { findColumns, HuntFailure, type HuntRow, runHunt } from './run-hunt.ts';

/** What became of one query: its answer, or why there is none. Times in milliseconds. */
export interface QueryAnswer {
  readonly ok: boolean;
  readonly columns?: readonly Column[];
  readonly rows?: readonly HuntRow[];
  readonly error?: { readonly class: string; readonly message: string; readonly position?: number };
  readonly notices?: readonly string[];
  readonly sql?: string;
  readonly compileMs: number;
  readonly runMs?: number;
}

/** How to answer queries. */
export interface AnswerOptions {
  /** Where to run; undefined to compile only. */
  readonly client: ClickHouseClient | undefined;
  readonly catalogue: Catalogue;
  readonly surroundings: Surroundings;
  readonly limits: HuntLimits;
  /** Called with the compiled statement before it runs. */
  readonly before?: () => Promise<void>;
}

/** Compiles and runs one query. Never throws for what is wrong with the query; the answer says it. */
export async function answerQuery(text: string, options: AnswerOptions): Promise<QueryAnswer> {
  const started = performance.now();
  let compileMs = 0;
  let sql: string | undefined;
  let runStarted: number | undefined;
  try {
    const { client } = options;
    const compiled = await compileHunt(
      text,
      options.catalogue,
      options.surroundings,
      client === undefined
        ? undefined
        : async (probe) => {
            await options.before?.();
            return findColumns(client, probe, options.limits);
          },
    );
    compileMs = performance.now() - started;
    sql = compiled.sql;
    const shown = { columns: compiled.columns, ...(compiled.notices.length > 0 ? { notices: compiled.notices } : {}) };
    if (options.client === undefined) return { ok: true, ...shown, sql, compileMs };
    await options.before?.();
    runStarted = performance.now();
    const rows: HuntRow[] = [];
    for await (const block of runHunt(options.client, compiled, options.limits, crypto.randomUUID()))
      rows.push(...block);
    return { ok: true, ...shown, rows, sql, compileMs, runMs: performance.now() - runStarted };
  } catch (error) {
    return {
      ok: false,
      error: errorOf(error),
      ...(sql === undefined ? {} : { sql }),
      compileMs: sql === undefined ? performance.now() - started : compileMs,
      ...(runStarted === undefined ? {} : { runMs: performance.now() - runStarted }),
    };
  }
}

function errorOf(error: unknown): NonNullable<QueryAnswer['error']> {
  if (error instanceof HuntError) return { class: error.class, message: error.message, position: error.position };
  if (error instanceof HuntFailure) return { class: error.class, message: error.message };
  return { class: 'internal', message: error instanceof Error ? error.message : String(error) };
}
