import { createGunzip, createZstdDecompress } from 'node:zlib';
import { Refused } from '../outcome.ts';

/** How many inflated bytes one body may still produce. */
export type Budget = { left: number; limit: number };

/** Small pieces in, so that a bomb is noticed before it fills memory: zstd packs 128 kB into 4 bytes. */
const pieces = { gzip: 16 * 1024, zstd: 2 * 1024 };

/**
 * Decompresses a stream. What could be unpacked is given out before an error is thrown.
 * @throws {Refused} `truncatedArchive` when the data ends early or is damaged, `bodyTooLarge` beyond the budget
 */
export async function* inflate(
  source: AsyncIterable<Buffer>,
  kind: 'gzip' | 'zstd',
  budget: Budget,
): AsyncGenerator<Buffer> {
  const engine = kind === 'gzip' ? createGunzip() : createZstdDecompress();
  let out: Buffer[] = [];
  let problem: Error | null = null;
  engine.on('data', (chunk: Buffer) => {
    budget.left -= chunk.length;
    if (budget.left >= 0) out.push(chunk);
    else
      engine.destroy(
        new Refused('bodyTooLarge', `body unpacks to more than ${budget.limit} bytes (limit inflatedBytes)`),
      );
  });
  engine.on('error', (error) => {
    problem ??= error instanceof Refused ? error : new Refused('truncatedArchive', `${kind}: ${error.message}`);
  });
  const closed = new Promise<void>((resolve) => {
    engine.once('close', resolve);
    engine.once('end', resolve);
    engine.once('error', () => resolve());
  });
  const take = () => {
    const taken = out;
    out = [];
    return taken;
  };
  try {
    for await (const chunk of source) {
      for (let i = 0; i < chunk.length && problem === null; i += pieces[kind]) {
        const piece = chunk.subarray(i, i + pieces[kind]);
        await Promise.race([closed, new Promise<void>((resolve) => engine.write(piece, () => resolve()))]);
        yield* take();
      }
      if (problem !== null) break;
    }
    if (problem === null) {
      engine.end();
      await closed;
      yield* take();
    }
  } finally {
    engine.destroy();
  }
  if (problem !== null) throw problem;
}
