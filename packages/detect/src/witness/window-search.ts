import type { OnHit } from './literal-scanner.ts';

/** So many literals are told apart well enough by two characters. */
const fewLiterals = 48;
const widestWindow = 200;

/** `before` is the character before the block, folded; -1 when the window is no wider than the block. */
type End = { literal: number; end: number; before: number };

/**
 * Wu and Manber's search ("A fast algorithm for multi-pattern searching", 1994): of each literal a window as wide as the
 * shortest literal, the rarest piece of it; the block of two or three characters at a place of the text says how far the
 * next place is at which a window could end, so that most of a text is never looked at. Without regard to case.
 */
export class WindowSearch {
  readonly tableBytes: number;
  private readonly literals: readonly string[];
  private readonly window: number;
  /** Characters that are looked at together. */
  private readonly block: 2 | 3;
  private readonly mask: number;
  private readonly steps: Uint8Array;
  /** Block → literals whose window ends with it, with the place of the window's end in the literal. */
  private readonly ends = new Map<number, End[]>();

  /** `members` are the places of those literals that are looked for; none is shorter than two characters. */
  constructor(literals: readonly string[], members: readonly number[]) {
    this.literals = literals;
    const texts = members.map((n) => literals[n] as string);
    this.window = texts.reduce((least, { length }) => Math.min(least, length), widestWindow);
    this.block = members.length <= fewLiterals || this.window < 3 ? 2 : 3;
    this.mask = this.block === 3 ? 0x7fff : 0xfff;
    this.steps = new Uint8Array(this.mask + 1).fill(this.window - this.block + 1);
    this.tableBytes = this.steps.byteLength;
    const common = this.blockCounts(texts);
    for (const [at, n] of members.entries()) this.add(n, texts[at] as string, common);
  }

  /** Calls `onHit` for every literal that occurs, perhaps more than once. */
  scan(text: string, onHit: OnHit): void {
    const { window, mask, steps, block } = this;
    const { length } = text;
    let lower = '';
    for (let at = window - 1; at < length; ) {
      const b = text.charCodeAt(at - 1);
      const c = text.charCodeAt(at);
      let hash = ((b | 32) << 5) ^ (c | 32);
      let all = b | c;
      if (block === 3) {
        const a = text.charCodeAt(at - 2);
        hash ^= (a | 32) << 10;
        all |= a;
      }
      // Beyond ASCII, lower case is more than one bit, and may take more room.
      if (all > 127 && lower !== text) {
        lower = text.toLowerCase();
        if (lower !== text) {
          this.scan(lower, onHit);
          return;
        }
      }
      const step = steps[hash & mask] as number;
      if (step > 0) {
        at += step;
        continue;
      }
      for (const { literal, end, before } of this.ends.get(hash & mask) as End[]) {
        const found = text.charCodeAt(at - block);
        if (before >= 0 && found < 128 && (found | 32) !== before) continue;
        // Lower case keeps places up to the last character, which alone may become longer.
        const start = at - end;
        const wanted = this.literals[literal] as string;
        if (
          start >= 0 &&
          text
            .slice(start, start + wanted.length)
            .toLowerCase()
            .startsWith(wanted)
        )
          onHit(literal);
      }
      at++;
    }
  }

  private add(literal: number, text: string, common: ReadonlyMap<number, number>): void {
    const end = this.rarestEnd(text, common);
    for (let at = end - this.window + this.block; at <= end; at++) {
      const hash = this.hashAt(text, at);
      this.steps[hash] = Math.min(this.steps[hash] as number, end - at);
    }
    const hash = this.hashAt(text, end);
    const before = this.window > this.block ? text.charCodeAt(end - this.block) | 32 : -1;
    const known = this.ends.get(hash);
    if (known === undefined) this.ends.set(hash, [{ literal, end, before }]);
    else known.push({ literal, end, before });
  }

  private hashAt(text: string, at: number): number {
    const two = ((text.charCodeAt(at - 1) | 32) << 5) ^ (text.charCodeAt(at) | 32);
    return (this.block === 3 ? two ^ ((text.charCodeAt(at - 2) | 32) << 10) : two) & this.mask;
  }

  // What stands in many rules stands in many events too.
  private blockCounts(texts: readonly string[]): Map<number, number> {
    const counts = new Map<number, number>();
    for (const text of texts) {
      for (let at = this.block - 1; at < text.length; at++) {
        const hash = this.hashAt(text, at);
        counts.set(hash, (counts.get(hash) ?? 0) + 1);
      }
    }
    return counts;
  }

  private rarestEnd(text: string, common: ReadonlyMap<number, number>): number {
    let best = this.window - 1;
    let fewest = Number.POSITIVE_INFINITY;
    for (let end = this.window - 1; end < text.length; end++) {
      const count = common.get(this.hashAt(text, end)) ?? 0;
      if (count < fewest) {
        fewest = count;
        best = end;
      }
    }
    return best;
  }
}
