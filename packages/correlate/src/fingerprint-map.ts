import { roomAfterEviction } from './eviction.ts';

const smallest = 256;

/**
 * A map from texts to numbers that keeps 64 bits of each text: 24 bytes an entry, where a Map of strings takes a hundred.
 * Two of five million texts fall together with a chance below one in a million. Entries are in order of first
 * setting; once `limit` is passed the oldest go, a twentieth at once.
 */
export class FingerprintMap {
  readonly #limit: number;
  #size = 0;
  #highs = new Int32Array(smallest);
  #lows = new Int32Array(smallest);
  #values = new Float64Array(smallest);
  /** Hash table: the number of an entry plus one, or 0. Twice as many places as entries. */
  #places = new Int32Array(2 * smallest);
  #high = 0;
  #low = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  get(text: string): number | undefined {
    const entry = this.#places[this.#find(text)] as number;
    return entry === 0 ? undefined : this.#values[entry - 1];
  }

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  set(text: string, value: number): void {
    const place = this.#find(text);
    const entry = this.#places[place] as number;
    if (entry > 0) {
      this.#values[entry - 1] = value;
      return;
    }
    this.#highs[this.#size] = this.#high;
    this.#lows[this.#size] = this.#low;
    this.#values[this.#size] = value;
    this.#places[place] = ++this.#size;
    if (this.#size > this.#limit) this.#evict();
    else if (this.#size === this.#values.length) this.#resize(2 * this.#size);
  }

  *lines(): Iterable<string> {
    for (let n = 0; n < this.#size; n++) yield `${this.#highs[n]} ${this.#lows[n]} ${this.#values[n]}`;
  }

  /** The place of a text, or the free one it would take. */
  #find(text: string): number {
    this.#digest(text);
    const mask = this.#places.length - 1;
    let place = (this.#high ^ this.#low) & mask;
    for (;;) {
      const entry = this.#places[place] as number;
      if (entry === 0) return place;
      if (this.#lows[entry - 1] === this.#low && this.#highs[entry - 1] === this.#high) return place;
      place = (place + 1) & mask;
    }
  }

  /** Two lanes of multiply and rotate over the code units, each mixed at the end as MurmurHash3 does. */
  #digest(text: string): void {
    let a = 0x811c9dc5;
    let b = text.length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul((b << 13) | (b >>> 19), 5) + Math.imul(code + 1, 0xcc9e2d51);
    }
    this.#high = mixed(a);
    this.#low = mixed(b);
  }

  #evict(): void {
    const room = roomAfterEviction(this.#limit);
    const gone = this.#size - room;
    for (const column of [this.#highs, this.#lows, this.#values]) column.copyWithin(0, gone, this.#size);
    this.#size = room;
    this.#place();
  }

  #resize(length: number): void {
    const { highs, lows, values } = { highs: this.#highs, lows: this.#lows, values: this.#values };
    this.#highs = new Int32Array(length);
    this.#lows = new Int32Array(length);
    this.#values = new Float64Array(length);
    this.#highs.set(highs);
    this.#lows.set(lows);
    this.#values.set(values);
    this.#places = new Int32Array(2 * length);
    this.#place();
  }

  /** Gives every entry its place. */
  #place(): void {
    const mask = this.#places.length - 1;
    this.#places.fill(0);
    for (let n = 0; n < this.#size; n++) {
      let place = ((this.#highs[n] as number) ^ (this.#lows[n] as number)) & mask;
      while (this.#places[place] !== 0) place = (place + 1) & mask;
      this.#places[place] = n + 1;
    }
  }
}

function mixed(lane: number): number {
  let x = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
