import type { Context } from 'hono';
import { ApiError } from '../http/api-error.ts';
import type { HttpEnv } from '../http/http-env.ts';

const UNKNOWN_LENGTH = 8 * 1024 * 1024;
const understood = new Set(['identity', 'gzip', 'x-gzip', 'zstd']);

/**
 * The bytes of a request as they arrive; they are unpacked later, by their first bytes.
 *
 * @throws ApiError 415 for a `Content-Encoding` that is not read, 413 naming the limit, before the body is read when it
 *   says its length, else while it is; 400 when the sender breaks off.
 */
export function requestBody(c: Context<HttpEnv>, limit: number): AsyncIterable<Uint8Array> {
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (!understood.has(encoding)) {
    throw new ApiError(415, 'unsupportedEncoding', 'The body may be plain, gzip or zstd.', {
      target: 'content-encoding',
    });
  }
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge(limit);
  return limited(c.env.incoming ?? c.req.raw.body ?? [], limit);
}

/** How many bytes a request's body will be; a guess, at most `limit`, when it does not say. */
export function bodyLength(c: Context<HttpEnv>, limit: number): number {
  return Number(c.req.header('content-length') ?? Math.min(limit, UNKNOWN_LENGTH));
}

async function* limited(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limit: number) {
  let seen = 0;
  try {
    for await (const chunk of source) {
      seen += chunk.length;
      if (seen > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(
      400,
      'bodyIncomplete',
      'The body ended before it was complete. What had not landed was dropped.',
      {
        target: 'body',
      },
    );
  }
}

function tooLarge(limit: number): ApiError {
  return new ApiError(413, 'bodyTooLarge', `The body is larger than ${limit} bytes (limit bodyBytes).`, {
    target: 'body',
  });
}
