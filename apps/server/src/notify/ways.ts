import { pauseAfter } from '@throughline/notify';

type Closed = { failures: number; until: number };

/** Which ways out are closed for now, so that a server that is down is asked by a few messages and not by all. */
export class Ways {
  readonly #closed = new Map<string, Closed>();
  readonly #pauses: readonly number[];

  constructor(pauses: readonly number[]) {
    this.#pauses = pauses;
  }

  /** Notes a failure; returns the ms until the way is tried again. Messages under way together count once. */
  close(way: string, now: number): number {
    const before = this.#closed.get(way);
    if (before !== undefined && before.until > now) return before.until - now;
    const failures = (before?.failures ?? 0) + 1;
    const pause = pauseAfter(failures, this.#pauses);
    this.#closed.set(way, { failures, until: now + pause });
    return pause;
  }

  /** Notes that something went through; true when the way was closed before. */
  open(way: string): boolean {
    return this.#closed.delete(way);
  }

  /** Those that are not to be tried at `now` (ms UTC). */
  blocked(now: number): string[] {
    return [...this.#closed].filter(([, { until }]) => until > now).map(([way]) => way);
  }

  /** When the next closed way is tried again, ms UTC. */
  nextOpening(now: number): number | undefined {
    const times = [...this.#closed.values()].map(({ until }) => until).filter((until) => until > now);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
