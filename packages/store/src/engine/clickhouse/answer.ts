import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { toWireError } from './errors.ts';
import { contentTypeOf } from './formats.ts';

/** Figures of a statement for the `X-ClickHouse-Summary` header. */
export interface Summary {
  readRows: number;
  readBytes: number;
  writtenRows: number;
  writtenBytes: number;
  resultBytes: number;
  /** Seconds. */
  elapsed: number;
}

const FLUSH_MS = 20;

/** Starts the answer to a statement. Returns the tag that marks an exception inside a streamed body. */
export function startAnswer(response: ServerResponse, queryId: string, format: string, summary: Summary): string {
  const tag = randomBytes(8).toString('hex');
  response.writeHead(200, {
    'Content-Type': contentTypeOf(format),
    'X-ClickHouse-Query-Id': queryId,
    'X-ClickHouse-Format': format,
    'X-ClickHouse-Timezone': 'UTC',
    'X-ClickHouse-Server-Display-Name': 'throughline',
    'X-ClickHouse-Exception-Tag': tag,
    'X-ClickHouse-Summary': JSON.stringify({
      read_rows: String(summary.readRows),
      read_bytes: String(summary.readBytes),
      written_rows: String(summary.writtenRows),
      written_bytes: String(summary.writtenBytes),
      total_rows_to_read: '0',
      result_rows: String(summary.writtenRows),
      result_bytes: String(summary.resultBytes),
      elapsed_ns: String(Math.round(summary.elapsed * 1e9)),
    }),
  });
  return tag;
}

/** Writes a chunk and waits while the client is slower than the engine. Throws once the client has gone. */
export async function writeChunk(response: ServerResponse, chunk: Uint8Array, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!response.write(chunk)) await once(response, 'drain', { signal });
}

/**
 * Ends a body that has begun with the exception block of ClickHouse ≥ 25.11, which `@clickhouse/client` recognises by
 * the tag of the headers: marker, tag, message, its length in bytes, tag, marker. The client looks for the whole block
 * in one piece, so what was written before is given time to be read first.
 */
export async function endWithException(response: ServerResponse, tag: string, error: unknown): Promise<void> {
  while (response.writableLength > 0 && !response.destroyed) await sleep(FLUSH_MS);
  await sleep(FLUSH_MS);
  const message = toWireError(error).body;
  response.end(`\r\n__exception__\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n__exception__\r\n`);
}

/** Answers with an error before anything else was sent. */
export function sendError(response: ServerResponse, queryId: string | undefined, error: unknown): void {
  const wire = toWireError(error);
  response.writeHead(wire.status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': String(wire.code),
    ...(queryId === undefined ? {} : { 'X-ClickHouse-Query-Id': queryId }),
  });
  response.end(wire.body);
}
