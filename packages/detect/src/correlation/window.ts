import type { TelemetryEvent } from '@throughline/model';

/** One match of a member rule in a group. */
export type Entry = {
  /** Event time in ms UTC. */
  time: number;
  /** Which of the correlation's rules matched, by its place. */
  member: number;
  /** What is counted or added up; undefined for correlations that only count matches. */
  value: string | number | undefined;
};

/** How many of a group's events are kept for whoever reads the match. */
const eventsKept = 20;

/** What is held of one group: its matches within the time span, by time, and the last events. */
export class GroupWindow {
  readonly group: Readonly<Record<string, string>>;
  entries: Entry[] = [];
  events: TelemetryEvent[] = [];
  /** When the first match was, for windows that are judged as they close. */
  opened = 0;

  constructor(group: Readonly<Record<string, string>>) {
    this.group = group;
  }

  /**
   * Adds a match in order of time; equal times keep the order of arrival. Forgets what is older than `span` ms before the
   * latest. Gives the place of the entry, or -1 when it is itself that old.
   */
  add(entry: Entry, event: TelemetryEvent, span: number): number {
    const { entries } = this;
    const latest = entries.at(-1)?.time ?? entry.time;
    if (entry.time < latest - span) return -1;
    let place = entries.length;
    while (place > 0 && (entries[place - 1] as Entry).time > entry.time) place--;
    entries.splice(place, 0, entry);
    if (this.events.push(event) > eventsKept) this.events.shift();
    return place;
  }

  /** Forgets matches before a time; gives how many. */
  forgetBefore(time: number): number {
    let old = 0;
    while (old < this.entries.length && (this.entries[old] as Entry).time < time) old++;
    if (old > 0) this.entries.splice(0, old);
    return old;
  }

  /** Forgets the oldest match. */
  forgetOldest(): void {
    this.entries.shift();
  }
}
