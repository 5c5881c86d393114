/** How long after the time they carry alerts of a source arrive, ms: the middle, and the width of the middle half. */
export type Lag = { medianMs: number; spreadMs: number; alerts: number };

const minute = 60_000;
const fewest = 20;
/** Further back is history that was imported, or delivery that was down; no time zone is further off. */
const mostBehindMs = 26 * 60 * minute;

/**
 * How far a source's clock is behind (ms, negative: ahead), as far as arrival can tell; null = it cannot. What arrives
 * before the time it carries was made by a clock ahead. What arrives late may simply have taken long; when it is late by
 * nearly the same each time, the clock, its time zone or the delivery is off by that much. Medians and quartiles: a few
 * strays change nothing. Pure.
 */
export function clockOffset({ medianMs, spreadMs, alerts }: Lag): number | null {
  if (alerts < fewest || medianMs > mostBehindMs) return null;
  if (medianMs < 0) return medianMs;
  return spreadMs <= Math.max(minute, medianMs / 20) ? medianMs : null;
}
