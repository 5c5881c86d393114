/**
 * Duty cycle: in what share of hours does something happen? Real noise is bursty and follows the day, so hours in which
 * it happened at all predict the next hour far better than a rate of events does.
 */

/** Hours in which one thing happened, the current episode apart. All fields are hours since 1970. */
export type Duty = {
  /** Decayed count of hours in closed episodes, as of `closedAt`. */
  past: number;
  closedAt: number;
  episodeStart: number;
  episodeHours: number;
  last: number;
};

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

export function newDuty(hour: number): Duty {
  return { past: 0, closedAt: hour, episodeStart: hour, episodeHours: 1, last: hour };
}

/** Counts a firing in `hour`. Returns whether the hour was not counted before. */
export function fire(duty: Duty, hour: number, rules: DutyRules): boolean {
  if (hour <= duty.last && !clockWasWrong(duty, hour, rules)) return false;
  if (endsEpisode(duty, hour, rules)) {
    duty.past = decayed(duty, hour, rules) + duty.episodeHours;
    duty.closedAt = hour;
    duty.episodeStart = hour;
    duty.episodeHours = 0;
  }
  duty.episodeHours++;
  duty.last = hour;
  return true;
}

/** Hours fired before the episode that a firing in `hour` belongs to. */
export function pastHours(duty: Duty, hour: number, rules: DutyRules): number {
  return decayed(duty, hour, rules) + (endsEpisode(duty, hour, rules) ? duty.episodeHours : 0);
}

/** Hours of the running episode, 0 when a firing in `hour` would begin a new one. */
export function episodeHours(duty: Duty, hour: number, rules: DutyRules): number {
  return endsEpisode(duty, hour, rules) ? 0 : duty.episodeHours;
}

/** Observed hours that still count, of `hours` observed: the integral of the same forgetting. */
export function rememberedHours(hours: number, memory: number): number {
  return hours <= 0 ? 0 : memory * -Math.expm1(-hours / memory);
}

function endsEpisode(duty: Duty, hour: number, rules: DutyRules): boolean {
  return (
    hour - duty.last > rules.episodeGap ||
    hour - duty.episodeStart >= rules.episodeMax ||
    clockWasWrong(duty, hour, rules)
  );
}

/** One alert dated far in the future must not stop the count for ever. */
function clockWasWrong(duty: Duty, hour: number, rules: DutyRules): boolean {
  return duty.last - hour > rules.memory;
}

function decayed(duty: Duty, hour: number, rules: DutyRules): number {
  return duty.past === 0 ? 0 : duty.past * Math.exp(-Math.max(0, hour - duty.closedAt) / rules.memory);
}
