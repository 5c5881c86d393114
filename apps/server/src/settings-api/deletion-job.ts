import { setTimeout as wait } from 'node:timers/promises';
import { type Db, deleteSlice, retainingTenants, startRetention } from '@throughline/store';
import type { Logger } from 'pino';

const ROUND_MS = 2_000;
const RETENTION_MS = 3_600_000;
/** After each slice others have the database for this long. */
const BREATH_MS = 20;

export type DeletionJobOptions = { db: Db; clock: () => Date; log: Logger };

/**
 * Looks every hour for what retention no longer keeps, and deletes whatever is to be deleted, slice by slice; after a
 * crash it goes on where it was. Returns what ends it.
 */
export function startDeletionJob({ db, clock, log }: DeletionJobOptions): () => Promise<void> {
  const ended = new AbortController();
  const stopped = () => ended.signal.aborted;
  const pause = (ms: number) => wait(ms, undefined, { signal: ended.signal, ref: false }).catch(() => {});
  let retainedAt = Number.NEGATIVE_INFINITY;
  const run = async () => {
    while (!stopped()) {
      try {
        if (performance.now() - retainedAt >= RETENTION_MS) {
          await retain(db, clock());
          retainedAt = performance.now();
        }
        while (!stopped() && (await deleteSlice(db, clock()))) await pause(BREATH_MS);
      } catch (error) {
        if (!stopped()) log.error({ err: error }, 'deletion stopped; it goes on in a moment');
      }
      await pause(ROUND_MS);
    }
  };
  const running = run();
  return async () => {
    ended.abort();
    await running;
  };
}

/** Begins to delete, for every tenant, what its retention no longer keeps. */
export async function retain(db: Db, now: Date): Promise<void> {
  for (const { tenantId, days } of await retainingTenants(db)) await startRetention(db, tenantId, days, now);
}
