import { countWaitingBatches, type Db } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';
import type { Settings } from '../settings.ts';

// The count is asked for at most this often, ms: a sender's burst must not become a burst of questions.
const FRESH_MS = 250;
const counts = new WeakMap<Db, { at: number; waiting: Promise<number> }>();

/** Refuses more work while too much of the accepted waits for the pipeline. Throws ApiError 503 with `Retry-After`. */
export async function refuseWhenBehind({ db, settings }: { db: Db; settings: Settings }): Promise<void> {
  const now = performance.now();
  let count = counts.get(db);
  if (count === undefined || now - count.at > FRESH_MS) {
    count = { at: now, waiting: countWaitingBatches(db, settings.queueLimit) };
    counts.set(db, count);
  }
  if ((await count.waiting) < settings.queueLimit) return;
  throw new ApiError(
    503,
    'behind',
    `${settings.queueLimit} accepted batches wait to be processed. Send this again later.`,
    {
      retryAfterSeconds: 2,
    },
  );
}
