import type { HuntColumn } from '@throughline/model';
import { ApiError } from '../http/api-error.ts';
import { type HuntEnd, type HuntRequest, huntMessages } from './hunt-stream.ts';

/** The answer to a hunt, all of it at once. */
export interface WholeHunt {
  readonly columns: readonly HuntColumn[];
  /** Each row by the names of its columns; whole numbers are numbers in JSON whatever their size. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly elapsedMs: number;
}

/**
 * Runs a hunt to its end.
 *
 * @throws ApiError 400 for what is wrong with the query or goes beyond its limits (code: the class of the error), 503
 * when the event store does not answer.
 */
export async function wholeHunt(request: HuntRequest, ended: (end: HuntEnd) => void): Promise<WholeHunt> {
  let columns: readonly HuntColumn[] = [];
  const rows: Record<string, unknown>[] = [];
  for await (const message of huntMessages(request, ended)) {
    if (message.kind === 'columns') columns = message.columns;
    if (message.kind === 'rows') {
      for (const row of message.rows) {
        rows.push(Object.fromEntries(columns.map(({ name, type }, at) => [name, plain(row[at], type)])));
      }
    }
    if (message.kind === 'error') throw refusal(message.error);
    if (message.kind !== 'done') continue;
    if (message.cut) {
      throw new ApiError(
        400,
        'resultSize',
        `The answer has more than ${request.maxRows} rows. Summarize, or take fewer.`,
        { target: 'query' },
      );
    }
    return { columns, rows, elapsedMs: message.elapsedMs };
  }
  throw new Error('the hunt ended without an answer');
}

function refusal({ class: kind, message, position }: { class: string; message: string; position?: number }): ApiError {
  if (kind === 'engine') return new ApiError(503, kind, message, { retryAfterSeconds: 10 });
  const place = position === undefined ? '' : ` (at character ${position + 1} of the query)`;
  return new ApiError(400, kind, `${message}${place}`, { target: 'query' });
}

// Beyond 2^53 a number is known as text; it is written as the number it is.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };

function plain(value: unknown, type: HuntColumn['type']): unknown {
  return (type === 'long' || type === 'int') && typeof value === 'string' ? rawJSON(value) : value;
}
