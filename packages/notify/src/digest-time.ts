import { addDays, instantOf, localTime, weekday } from './zone-time.ts';

/**
 * The next digest after an instant (ms UTC): the local day it is of, and when it is due (ms UTC). Each local day has at
 * most one, also when clocks change. `days` are 1 = Monday … 7 = Sunday; with none there is no next one.
 */
export function nextDigest(
  { time, timeZone, days }: { time: string; timeZone: string; days: readonly number[] },
  after: number,
): { day: string; at: number } | undefined {
  const today = localTime(after, timeZone).date;
  for (let ahead = -1; ahead <= 8; ahead++) {
    const day = addDays(today, ahead);
    const at = instantOf(day, time, timeZone);
    if (at > after && days.includes(weekday(day))) return { day, at };
  }
  return undefined;
}
