/**
 * Duty cycle: in what share of hours does something happen? Real noise is bursty and follows the day, so hours in which
 * it happened at all predict the next hour far better than a rate of events does.
 */

/**
 * Duties of several things, oldest first, as one flat list with five numbers each: whose, hours in closed episodes (decayed,
 * as of the start of the running one), first hour, number of hours and last hour of the running episode; hours since 1970.
 * There are millions of them, and an object each takes twice the room.
 */
export type Duties = number[];

const width = 5;
const past = 1;
const start = 2;
const hours = 3;
const last = 4;

export type DutyRules = {
  /** Hours of silence that end an episode. */
  episodeGap: number;
  /** Hours after which an episode is habit, not event. */
  episodeMax: number;
  /** Hours after which the past counts 1/e. */
  memory: number;
};

export const hourMs = 3_600_000;

export function hourOf(time: number): number {
  return Math.floor(time / hourMs);
}

/** Where in the list the duty of `key` begins, or −1. */
export function findDuty(duties: Duties, key: number): number {
  for (let at = 0; at < duties.length; at += width) if (duties[at] === key) return at;
  return -1;
}

/** A list with one more duty, that of `key`, which fired in `hour`; at most `limit` are kept. */
export function withDuty(duties: Duties, key: number, hour: number, limit: number): Duties {
  const kept = duties.length < width * limit ? duties : duties.slice(width);
  return kept.concat([key, 0, hour, 1, hour]);
}

/** Counts a firing in `hour`. Returns whether the hour was not counted before. */
export function fire(duties: Duties, at: number, hour: number, rules: DutyRules): boolean {
  if (hour <= lastHour(duties, at) && !clockWasWrong(duties, at, hour, rules)) return false;
  if (endsEpisode(duties, at, hour, rules)) {
    duties[at + past] = decayed(duties, at, hour, rules) + (duties[at + hours] as number);
    duties[at + start] = hour;
    duties[at + hours] = 0;
  }
  duties[at + hours] = (duties[at + hours] as number) + 1;
  duties[at + last] = hour;
  return true;
}

/** Notes a firing in `hour` that is no habit: something else explains it. A duty that begins so has no hours yet. */
export function excuse(duties: Duties, at: number, hour: number, isNew: boolean): void {
  duties[at + last] = Math.max(lastHour(duties, at), hour);
  if (isNew) duties[at + hours] = 0;
}

/** Hours fired before the episode that a firing in `hour` belongs to. */
export function pastHours(duties: Duties, at: number, hour: number, rules: DutyRules): number {
  return decayed(duties, at, hour, rules) + (endsEpisode(duties, at, hour, rules) ? (duties[at + hours] as number) : 0);
}

/** Hours of the running episode, 0 when a firing in `hour` would begin a new one. */
export function episodeHours(duties: Duties, at: number, hour: number, rules: DutyRules): number {
  return endsEpisode(duties, at, hour, rules) ? 0 : (duties[at + hours] as number);
}

/** The hour of the latest firing. */
export function lastHour(duties: Duties, at: number): number {
  return duties[at + last] as number;
}

/** Adds the duties of `from`, thing by thing: hours of both count, an hour of both twice. */
export function joinDuties(into: Duties, from: Duties): Duties {
  let joined = into;
  for (let other = 0; other < from.length; other += width) {
    const at = findDuty(joined, from[other] as number);
    if (at < 0) joined = joined.concat(from.slice(other, other + width));
    else joinDuty(joined, at, from, other);
  }
  return joined;
}

function joinDuty(into: Duties, at: number, from: Duties, other: number): void {
  const sum = (into[at + past] as number) + (from[other + past] as number);
  const most = Math.max(into[at + hours] as number, from[other + hours] as number);
  const isLater = lastHour(from, other) >= lastHour(into, at);
  if (isLater) for (const field of [start, last]) into[at + field] = from[other + field] as number;
  into[at + past] = sum;
  into[at + hours] = most;
}

/** Observed hours that still count, of `hours` observed: the integral of the same forgetting. */
export function rememberedHours(observed: number, memory: number): number {
  return observed <= 0 ? 0 : memory * -Math.expm1(-observed / memory);
}

function endsEpisode(duties: Duties, at: number, hour: number, rules: DutyRules): boolean {
  return (
    hour - lastHour(duties, at) > rules.episodeGap ||
    hour - (duties[at + start] as number) >= rules.episodeMax ||
    clockWasWrong(duties, at, hour, rules)
  );
}

/** One alert dated far in the future must not stop the count for ever. */
function clockWasWrong(duties: Duties, at: number, hour: number, rules: DutyRules): boolean {
  return lastHour(duties, at) - hour > rules.memory;
}

function decayed(duties: Duties, at: number, hour: number, rules: DutyRules): number {
  const closed = duties[at + past] as number;
  return closed === 0 ? 0 : closed * Math.exp(-Math.max(0, hour - (duties[at + start] as number)) / rules.memory);
}
