/** Lets workers sleep until there is something to do, or for good. */
export class WakeUp {
  readonly #waiting = new Set<() => void>();
  #noticed = false;
  stopped = false;

  /** Wakes every sleeper; one that is busy will not sleep next time. */
  notify(): void {
    this.#noticed = true;
    this.#wake();
  }

  stop(): void {
    this.stopped = true;
    this.#wake();
  }

  /** Sleeps until notified, stopped, or `ms` have passed. */
  async wait(ms: number): Promise<void> {
    if (!this.#noticed) await this.pause(ms);
    this.#noticed = false;
  }

  /** Sleeps for `ms`, or less when notified or stopped meanwhile. */
  async pause(ms: number): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
