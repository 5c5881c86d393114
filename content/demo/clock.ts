const minute = 60_000;
const day = 24 * 60 * minute;

/** The moment of the story at which it stops and the reader's "now" begins. */
export const storyEnd = '2 17:56';

/**
 * Turns a moment of the story into an instant. A moment is "DAY HH:MM" or "DAY HH:MM:SS": days 1 and 2 are those of the
 * attack, 0 and below are the days before.
 */
export type Clock = (moment: string) => Date;

/**
 * A clock whose {@link storyEnd} is `now`. `now` is cut to the full minute, so that two loads in the same minute give
 * the same bytes.
 */
export function clockEndingAt(now: Date): Clock {
  const shift = Math.floor(now.getTime() / minute) * minute - offsetOf(storyEnd);
  return (moment) => new Date(offsetOf(moment) + shift);
}

/** Milliseconds of a moment since the start of day 1; throws on a moment that is not one. */
function offsetOf(moment: string): number {
  const match = /^(-?\d) (\d\d):(\d\d)(?::(\d\d))?$/.exec(moment);
  if (!match) throw new RangeError(`"${moment}" is not a moment of the story: write "1 09:41" or "1 09:41:07"`);
  const [, days, hours, minutes, seconds] = match;
  return (Number(days) - 1) * day + (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds ?? 0) * 1000;
}

/** `seconds` after `instant`. */
export function after(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
