import { Refused } from '../outcome.ts';

/** Bytes of a body: all at once or as they arrive. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>;

/** The sender failed, not the body: passed on to the caller as `cause`. */
export class SourceFailed extends Error {
  constructor(cause: unknown) {
    super('the source of the body failed', { cause });
    this.name = 'SourceFailed';
  }
}

const slice = 256 * 1024;

/**
 * The body in pieces of at most 256 kB, at most `limit` bytes.
 * @throws {Refused} `bodyTooLarge` beyond it
 * @throws {SourceFailed} when the source throws
 */
export async function* bytesOf(source: ByteSource, limit: number, limitName: string): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of source instanceof Uint8Array ? [source] : watched(source)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let i = 0; i < bytes.length; i += slice) {
      const piece = bytes.subarray(i, i + slice);
      seen += piece.length;
      if (seen > limit) throw new Refused('bodyTooLarge', `body is larger than ${limit} bytes (limit ${limitName})`);
      yield piece;
    }
  }
}

async function* watched(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new SourceFailed(error);
  }
}

/** The first `count` bytes (fewer when the body is shorter), and the whole body again. */
export async function peek(
  source: AsyncGenerator<Buffer>,
  count: number,
): Promise<{ head: Buffer; body: AsyncGenerator<Buffer> }> {
  const read: Buffer[] = [];
  let length = 0;
  let problem: unknown = null;
  try {
    while (length < count) {
      const next = await source.next();
      if (next.done) break;
      read.push(next.value);
      length += next.value.length;
    }
  } catch (error) {
    problem = error;
  }
  async function* whole(): AsyncGenerator<Buffer> {
    if (length > 0) yield Buffer.concat(read);
    // What came before a failure is still good.
    if (problem !== null) throw problem;
    yield* source;
  }
  return { head: Buffer.concat(read).subarray(0, count), body: whole() };
}
