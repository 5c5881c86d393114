const minute = 60_000;

/** Pauses before the second, third … try, ms; the last one repeats. */
export const retryPauses: readonly number[] = [0.5, 1, 2, 5, 10, 20, 30, 60].map((minutes) => minutes * minute);

/** How long a message is tried, ms; then it is a dead letter. */
export const giveUpAfter = 24 * 60 * minute;

/** ms to wait after the `failures`-th failure in a row (1 = the first). */
export function pauseAfter(failures: number, pauses: readonly number[] = retryPauses): number {
  return pauses[Math.min(failures, pauses.length) - 1] ?? 0;
}
