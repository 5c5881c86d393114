import type { Writer } from '@throughline/store';
import { type Prepared, type PrepareOptions, writePrepared } from './process-batches.ts';

/** A transaction under way, while the next batches are decided. */
export type Flight = {
  prepared: Prepared;
  /** Resolves when it is committed; throws why it failed. */
  landed(): Promise<void>;
  /** Resolves when it has ended, either way. */
  settled: Promise<unknown>;
};

/** Starts to write what was prepared. */
export function takeOff(
  writer: Writer,
  prepared: Prepared,
  options: Pick<PrepareOptions, 'tenantId' | 'state' | 'now'>,
): Flight {
  const settled = writer
    .transaction()
    .execute((trx) => writePrepared(trx, prepared, options))
    .then(
      () => null,
      (error: unknown) => ({ error }),
    );
  return {
    prepared,
    settled,
    async landed() {
      const failure = await settled;
      if (failure) throw failure.error;
    },
  };
}
