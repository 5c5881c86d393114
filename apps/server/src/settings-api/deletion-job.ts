import { setTimeout as wait } from 'node:timers/promises';
import { type Db, deleteSlice } from '@throughline/store';
import type { Logger } from 'pino';
import type { NoteRun } from '../operations-watch/job-registry.ts';
import { settleRemaining } from './settle-remaining.ts';

const ROUND_MS = 2_000;
/** After each slice others have the database for this long. */
const BREATH_MS = 20;

/** The job that deletion is. */
export const deletionJob = 'Deletion';

export type DeletionJobOptions = { db: Db; clock: () => Date; log: Logger; note?: NoteRun };

/**
 * Deletes whatever is to be deleted, slice by slice; after a crash it goes on where it was. Returns what ends it.
 */
export function startDeletionJob({ db, clock, log, note }: DeletionJobOptions): () => Promise<void> {
  const ended = new AbortController();
  const stopped = () => ended.signal.aborted;
  const pause = (ms: number) => wait(ms, undefined, { signal: ended.signal, ref: false }).catch(() => {});
  const run = async () => {
    while (!stopped()) {
      try {
        while (!stopped() && (await deleteSlice(db, clock(), settleRemaining))) await pause(BREATH_MS);
        note?.(deletionJob, null);
      } catch (error) {
        if (!stopped()) {
          note?.(deletionJob, error as Error);
          log.error({ err: error }, 'deletion stopped; it goes on in a moment');
        }
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
