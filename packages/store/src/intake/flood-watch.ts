const windowMs = 60_000;
const mostKnown = 20_000;

/**
 * Tells detectors that flood from those that do not: more than `most` alerts within the minute under way or the one
 * before. Bounded: where more detectors speak within a minute than it can know, it starts over.
 */
export class FloodWatch {
  readonly #most: number;
  #from = Number.NEGATIVE_INFINITY;
  #now = new Map<string, number>();
  #before = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts an alert at `now` (ms) and says whether its detector floods. */
  floods(detector: string, now: number): boolean {
    if (now - this.#from >= windowMs) {
      this.#before = now - this.#from < 2 * windowMs ? this.#now : new Map();
      this.#now = new Map();
      this.#from = now;
    }
    if (this.#now.size >= mostKnown && !this.#now.has(detector)) this.#now.clear();
    const count = (this.#now.get(detector) ?? 0) + 1;
    this.#now.set(detector, count);
    return count > this.#most || (this.#before.get(detector) ?? 0) > this.#most;
  }
}
