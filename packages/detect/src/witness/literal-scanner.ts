/** Calls with the number of a literal that occurs. */
export type OnHit = (literal: number) => void;

/** So few literals are found faster by looking for each. */
const fewLiterals = 3;
/** Literals at least so long are looked for together with the same step; shorter ones would shorten it. */
const windows = [12, 6, 3] as const;

/**
 * Finds which of many literals (lower-case ASCII) occur in a text, without regard to case: Wu and Manber's search ("A fast
 * algorithm for multi-pattern searching", 1994) over blocks of three characters, so that most of a text is never looked at.
 */
export class LiteralScanner {
  /** No text shorter than this holds any of the literals. */
  readonly shortest: number;
  /** Bytes of its tables. */
  readonly tableBytes: number;
  private readonly literals: readonly string[];
  private readonly singly: readonly number[];
  private readonly groups: readonly WindowSearch[];

  constructor(literals: readonly string[]) {
    this.literals = literals;
    this.shortest = literals.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);
    const singly: number[] = [];
    const groups: WindowSearch[] = [];
    let left = literals.map((_, n) => n);
    for (const window of windows) {
      const fitting = left.filter((n) => (literals[n] as string).length >= window);
      left = left.filter((n) => (literals[n] as string).length < window);
      if (fitting.length <= fewLiterals) singly.push(...fitting);
      else groups.push(new WindowSearch(literals, fitting));
    }
    this.singly = [...singly, ...left];
    this.groups = groups;
    this.tableBytes = groups.reduce((sum, { tableBytes }) => sum + tableBytes, 0);
  }

  /** Calls `onHit` for every literal that occurs in the text, perhaps more than once. */
  scan(text: string, onHit: OnHit): void {
    if (text.length < this.shortest) return;
    for (const group of this.groups) group.scan(text, onHit);
    if (this.singly.length === 0) return;
    const lower = text.toLowerCase();
    for (const n of this.singly) if (lower.includes(this.literals[n] as string)) onHit(n);
  }
}

const block = 3;

/** One search with one window: as many characters of each literal as the shortest has, the rarest of it. */
class WindowSearch {
  readonly tableBytes: number;
  private readonly literals: readonly string[];
  private readonly window: number;
  private readonly mask: number;
  /** How far the next place is at which a literal could end its window, by the block that stands there. */
  private readonly steps: Uint8Array;
  /** Block → literals whose window ends with it, with the place of the window's end in the literal. */
  private readonly ends = new Map<number, { literal: number; end: number }[]>();

  constructor(literals: readonly string[], members: readonly number[]) {
    this.literals = literals;
    this.window = Math.min(200, ...members.map((n) => (literals[n] as string).length));
    this.mask = members.length > 64 ? 0x7fff : 0xfff;
    this.steps = new Uint8Array(this.mask + 1).fill(this.window - block + 1);
    this.tableBytes = this.steps.byteLength;
    const common = blockCounts(members.map((n) => literals[n] as string));
    for (const n of members) this.add(n, literals[n] as string, common);
  }

  scan(text: string, onHit: OnHit): void {
    let lower = '';
    const { window, mask, steps, ends } = this;
    const { length } = text;
    for (let at = window - 1; at < length; ) {
      const a = text.charCodeAt(at - 2);
      const b = text.charCodeAt(at - 1);
      const c = text.charCodeAt(at);
      // Beyond ASCII, lower case is more than one bit, and may take more room.
      if ((a | b | c) > 127) {
        this.scanLower(text.toLowerCase(), onHit);
        return;
      }
      const hash = hashOf(a, b, c) & mask;
      const step = steps[hash] as number;
      if (step > 0) {
        at += step;
        continue;
      }
      if (lower === '') {
        lower = text.toLowerCase();
        if (lower.length !== length) {
          this.scanLower(lower, onHit);
          return;
        }
      }
      for (const { literal, end } of ends.get(hash) as { literal: number; end: number }[]) {
        if (at >= end && lower.startsWith(this.literals[literal] as string, at - end)) onHit(literal);
      }
      at++;
    }
  }

  private scanLower(text: string, onHit: OnHit): void {
    const { window, mask, steps, ends } = this;
    for (let at = window - 1; at < text.length; ) {
      const hash = hashOf(text.charCodeAt(at - 2), text.charCodeAt(at - 1), text.charCodeAt(at)) & mask;
      const step = steps[hash] as number;
      if (step > 0) {
        at += step;
        continue;
      }
      for (const { literal, end } of ends.get(hash) as { literal: number; end: number }[]) {
        if (at >= end && text.startsWith(this.literals[literal] as string, at - end)) onHit(literal);
      }
      at++;
    }
  }

  private add(literal: number, text: string, common: ReadonlyMap<number, number>): void {
    const end = rarestEnd(text, this.window, common);
    for (let at = end - this.window + block; at <= end; at++) {
      const hash = blockHash(text, at) & this.mask;
      this.steps[hash] = Math.min(this.steps[hash] as number, end - at);
    }
    const hash = blockHash(text, end) & this.mask;
    const known = this.ends.get(hash);
    if (known === undefined) this.ends.set(hash, [{ literal, end }]);
    else known.push({ literal, end });
  }
}

function hashOf(a: number, b: number, c: number): number {
  return (((a | 32) * 31 + (b | 32)) * 37 + (c | 32)) | 0;
}

function blockHash(text: string, end: number): number {
  return hashOf(text.charCodeAt(end - 2), text.charCodeAt(end - 1), text.charCodeAt(end));
}

// What stands in many rules stands in many events too.
function blockCounts(literals: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const literal of literals) {
    for (let end = block - 1; end < literal.length; end++) {
      const hash = blockHash(literal, end);
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
  }
  return counts;
}

function rarestEnd(text: string, window: number, common: ReadonlyMap<number, number>): number {
  let best = window - 1;
  let fewest = Number.POSITIVE_INFINITY;
  for (let end = window - 1; end < text.length; end++) {
    const count = common.get(blockHash(text, end)) ?? 0;
    if (count < fewest) {
      fewest = count;
      best = end;
    }
  }
  return best;
}
