/** A moving window over text that arrives in pieces: `text` from `at` on is unread. */
export class TextCursor {
  text = '';
  at = 0;
  /** 1-based line of `at`. */
  line = 1;
  ended = false;
  /** What the source failed with; the text before it is good. */
  problem: unknown = null;
  readonly #source: AsyncIterator<string>;
  /** The first line break at or after the last place looked at; kept, or text without breaks would be searched again for every record. */
  #break = -1;

  constructor(source: AsyncIterable<string>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Characters not yet read. */
  get pending(): number {
    return this.text.length - this.at;
  }

  /**
   * Reads more text behind what is pending, at least as much again, so that one long record costs linear time. Returns
   * false at the end of the source.
   */
  async grow(): Promise<boolean> {
    const wanted = this.pending;
    const parts = [this.text.slice(this.at)];
    let added = 0;
    while (!this.ended && (added === 0 || added < wanted)) {
      try {
        const next = await this.#source.next();
        if (next.done) this.ended = true;
        else {
          parts.push(next.value);
          added += next.value.length;
        }
      } catch (error) {
        this.problem = error;
        this.ended = true;
      }
    }
    this.text = parts.join('');
    this.at = 0;
    this.#break = -1;
    return added > 0;
  }

  /** Moves to `index` of `text` and counts the lines passed. */
  moveTo(index: number): void {
    if (this.#break < this.at) this.#break = this.#breakFrom(this.at);
    for (; this.#break < index; this.#break = this.#breakFrom(this.#break + 1)) this.line++;
    this.at = index;
  }

  #breakFrom(index: number): number {
    const found = this.text.indexOf('\n', index);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  }

  /** Moves to the next character that is no white space and returns it; '' at the end. */
  async skipSpace(also = ''): Promise<string> {
    for (;;) {
      let i = this.at;
      while (i < this.text.length) {
        const c = this.text.charCodeAt(i);
        if (c > 32 && c !== 0xfeff && (also === '' || !also.includes(this.text[i] as string))) break;
        i++;
      }
      this.moveTo(i);
      if (i < this.text.length) return this.text[i] as string;
      if (!(await this.grow())) return '';
    }
  }

  /** What is left, piece by piece. */
  async *rest(): AsyncGenerator<string> {
    do {
      const piece = this.text.slice(this.at);
      this.at = this.text.length;
      if (piece !== '') yield piece;
    } while (await this.grow());
  }
}
