import { type ClickHouseClient, ClickHouseError } from '@clickhouse/client';
import { answerCell, type CompiledQuery } from '@throughline/hunt';
import type { HuntErrorClass } from '@throughline/model';
import { type HuntLimits, huntSettings } from './hunt-limits.ts';

/** Why a compiled query did not give an answer. */
export type HuntFailureClass = Extract<HuntErrorClass, 'timeout' | 'memory' | 'resultSize' | 'cancelled' | 'engine'>;

/** A compiled query that the engine could not finish. */
export class HuntFailure extends Error {
  override readonly name = 'HuntFailure';
  readonly class: HuntFailureClass;
  /** ClickHouse's error code, when the engine answered. */
  readonly code: number | undefined;

  constructor(kind: HuntFailureClass, message: string, code: number | undefined) {
    super(message);
    this.class = kind;
    this.code = code;
  }
}

/** Values in the order of the compiled query's columns, in KQL's JSON forms. */
export type HuntRow = readonly unknown[];

/**
 * Runs a compiled query and gives its rows in blocks as the engine sends them. `queryId` is the id under which
 * `cancelHunt` ends it.
 *
 * @throws HuntFailure when it goes beyond its limits, is cancelled or fails in the engine.
 */
export async function* runHunt(
  client: ClickHouseClient,
  compiled: CompiledQuery,
  limits: HuntLimits,
  queryId: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly HuntRow[]> {
  try {
    const result = await client.query({
      query: compiled.sql,
      format: 'JSONCompactEachRow',
      query_id: queryId,
      clickhouse_settings: huntSettings(limits),
      ...(signal === undefined ? {} : { abort_signal: signal }),
    });
    for await (const block of result.stream<unknown[]>()) {
      yield block.map((row) => {
        const values = row.json();
        return compiled.columns.map(({ type }, at) => answerCell(values[at], type));
      });
    }
  } catch (error) {
    throw failureOf(error, limits, signal);
  }
}

/** Runs a probe of the compiler: its rows are (name, type) of columns. @throws HuntFailure as `runHunt`. */
export async function findColumns(
  client: ClickHouseClient,
  probe: string,
  limits: HuntLimits,
): Promise<readonly (readonly [name: string, type: string])[]> {
  try {
    const result = await client.query({
      query: probe,
      format: 'JSONCompactEachRow',
      clickhouse_settings: huntSettings(limits),
    });
    return await result.json<[string, string]>();
  } catch (error) {
    throw failureOf(error, limits, undefined);
  }
}

/** Ends a running hunt; resolves at once, the hunt fails as cancelled. */
export async function cancelHunt(client: ClickHouseClient, queryId: string): Promise<void> {
  if (!/^[A-Za-z0-9-]{1,80}$/.test(queryId)) throw new Error(`${JSON.stringify(queryId)} is no id of a query.`);
  await client.command({ query: `KILL QUERY WHERE query_id = '${queryId}' ASYNC` });
}

const CLASSES: Readonly<Record<number, HuntFailureClass>> = {
  159: 'timeout',
  160: 'timeout',
  241: 'memory',
  396: 'resultSize',
  394: 'cancelled',
};

function failureOf(error: unknown, limits: HuntLimits, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return new HuntFailure('cancelled', 'The query was cancelled.', undefined);
  if (!(error instanceof ClickHouseError)) return error;
  const code = Number(error.code);
  const kind = CLASSES[code] ?? 'engine';
  const messages: Readonly<Record<HuntFailureClass, string>> = {
    timeout: `The query ran longer than ${limits.timeMs / 1_000} s. Ask for less time or filter earlier.`,
    memory: `The query needed more than ${Math.round(limits.memoryBytes / 1e6)} MB. Filter earlier, or summarize fewer columns.`,
    resultSize: `The answer is larger than ${limits.rows} rows or ${Math.round(limits.bytes / 1e6)} MB. Summarize, or take fewer rows.`,
    cancelled: 'The query was cancelled.',
    engine: error.message,
  };
  return new HuntFailure(kind, messages[kind], code);
}
