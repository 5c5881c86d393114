import type { WaitingBatch } from '@throughline/store';

/** Batches one by one, those held back for the same moment together. */
export function momentsOf(batches: readonly WaitingBatch[]): WaitingBatch[][] {
  const moments: WaitingBatch[][] = [];
  for (const batch of batches) {
    const last = moments.at(-1);
    const moment = batch.moment ?? null;
    if (last && moment !== null && last[0]?.moment === moment) last.push(batch);
    else moments.push([batch]);
  }
  return moments;
}
