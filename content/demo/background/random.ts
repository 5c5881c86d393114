/** A small repeatable generator: the same seed gives the same sequence, on every machine. */
export class Dice {
  #state: number;

  constructor(seed: string) {
    this.#state = [...seed].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    // xorshift32
    let x = this.#state || 1;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return low + (this.#state % (high - low + 1));
  }

  of<T>(list: readonly T[]): T {
    const item = list[this.between(0, list.length - 1)];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  }
}
