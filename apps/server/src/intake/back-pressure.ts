import { countDueBatches, type Db } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';
import type { Settings } from '../settings.ts';

// The count is asked for at most this often, ms: a sender's burst must not become a burst of questions.
const FRESH_MS = 250;
const counts = new WeakMap<Db, { at: number; due: Promise<Map<string, number>> }>();

/**
 * Refuses more work while too much of the accepted waits for the pipeline: of one source half of the limit, so that a
 * flood leaves room for the others. `auto` may be any of them. Throws ApiError 503 with `Retry-After`.
 */
export async function refuseWhenBehind(
  { db, settings: { queueLimit } }: { db: Db; settings: Pick<Settings, 'queueLimit'> },
  source: string,
): Promise<void> {
  const now = performance.now();
  let count = counts.get(db);
  if (count === undefined || now - count.at > FRESH_MS) {
    count = { at: now, due: countDueBatches(db, queueLimit) };
    counts.set(db, count);
  }
  let all = 0;
  let own = 0;
  for (const [lane, batches] of await count.due) {
    all += batches;
    if (source === 'auto' || lane === source || lane.startsWith(`${source} `)) own += batches;
  }
  const share = Math.ceil(queueLimit / 2);
  if (all < queueLimit && (share === 0 || own < share)) return;
  const waiting = all < queueLimit ? `${share} accepted batches of this source` : `${queueLimit} accepted batches`;
  throw new ApiError(503, 'behind', `${waiting} wait to be processed. Send this again later.`, {
    retryAfterSeconds: 2,
  });
}
