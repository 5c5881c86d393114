import type { ClickHouseClient } from '@clickhouse/client';
import { type Catalogue, type CompiledQuery, HuntError, type Surroundings } from '@throughline/hunt';
import type { HuntErrorClass, HuntMessage, HuntProgress } from '@throughline/model';
import { huntProgress } from '@throughline/store';
import { compileHunt } from './compile-hunt.ts';
import type { HuntLimits } from './hunt-limits.ts';
import { cancelHunt, HuntFailure, runHunt } from './run-hunt.ts';

/** A hunt to answer as a stream of messages. */
export interface HuntRequest {
  readonly query: string;
  /** Rows after which the answer is cut. */
  readonly maxRows: number;
  readonly limits: HuntLimits;
  readonly client: ClickHouseClient;
  readonly catalogue: Catalogue;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
}

/** How a hunt ended: what the history remembers. */
export interface HuntEnd {
  readonly result: 'done' | HuntErrorClass;
  readonly rows: number;
  readonly elapsedMs: number;
}

const PROGRESS_EVERY_MS = 500;

/**
 * Answers a hunt message by message, `start` first and `done` or `error` last, and tells `ended` once. Ending the signal
 * kills the query in the engine at once. Never throws for what is wrong with the query.
 */
export async function* huntMessages(request: HuntRequest, ended: (end: HuntEnd) => void): AsyncGenerator<HuntMessage> {
  const { limits, maxRows, client, signal } = request;
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  const id = crypto.randomUUID();
  const kill = () => void cancelHunt(client, id).catch(() => {});
  let rows = 0;
  signal.addEventListener('abort', kill, { once: true });
  try {
    yield {
      kind: 'start',
      id,
      limits: { rows: maxRows, seconds: limits.timeMs / 1_000, memoryBytes: limits.memoryBytes },
    };
    const compiled = await compileHunt(request.query, request.catalogue, request.surroundings);
    const compileMs = elapsed();
    yield columnsOf(compiled);
    let progress: HuntProgress = { rowsRead: 0, bytesRead: 0, elapsedMs: elapsed() };
    let cut = false;
    const limited = { ...compiled, sql: `${compiled.sql} LIMIT ${maxRows + 1}` };
    const blocks = runHunt(client, limited, { ...limits, rows: maxRows + 1 }, id, signal)[Symbol.asyncIterator]();
    try {
      let next = blocks.next();
      let beat = tick();
      for (;;) {
        const result = await Promise.race([next, beat]);
        if (result === undefined) {
          beat = tick();
          const read = await huntProgress(client, id);
          if (read !== undefined) progress = { ...read, elapsedMs: elapsed() };
          yield { kind: 'progress', ...progress, elapsedMs: elapsed() };
          continue;
        }
        if (result.done) break;
        const block = result.value.slice(0, maxRows - rows);
        cut ||= block.length < result.value.length;
        rows += block.length;
        if (block.length > 0) yield { kind: 'rows', rows: block };
        if (cut) break;
        next = blocks.next();
      }
    } finally {
      if (cut) kill();
      await blocks.return(undefined).catch(() => {});
    }
    yield { kind: 'done', rows, compileMs, cut, ...progress, elapsedMs: elapsed() };
    ended({ result: 'done', rows, elapsedMs: elapsed() });
  } catch (error) {
    const told = errorOf(error, signal);
    ended({ result: told.class, rows, elapsedMs: elapsed() });
    yield { kind: 'error', error: told };
  } finally {
    signal.removeEventListener('abort', kill);
  }
}

function columnsOf({ columns, rendering }: CompiledQuery): HuntMessage {
  return {
    kind: 'columns',
    columns: columns.map(({ name, type }) => ({ name, type })),
    ...(rendering && { render: { kind: rendering.chart, properties: rendering.options } }),
  };
}

function tick(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PROGRESS_EVERY_MS));
}

function errorOf(error: unknown, signal: AbortSignal): Extract<HuntMessage, { kind: 'error' }>['error'] {
  if (signal.aborted) return { class: 'cancelled', message: 'The hunt was cancelled.' };
  if (error instanceof HuntError) return { class: error.class, message: error.message, position: error.position };
  if (error instanceof HuntFailure) return { class: error.class, message: error.message };
  return { class: 'engine', message: 'The event store did not answer. Try again; the health page says how it is.' };
}
