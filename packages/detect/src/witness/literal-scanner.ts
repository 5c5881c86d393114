import { WindowSearch } from './window-search.ts';

/** Calls with the number of a literal that occurs. */
export type OnHit = (literal: number) => void;

// Rough nanoseconds a character: one look of the window search, one native search for a single literal, lower-casing.
const lookCost = 4;
const singleCost = 0.25;
const lowerCost = 0.4;
/** More single literals than this are never better. */
const mostSingle = 12;

/** Finds which of many literals (lower-case ASCII) occur in a text, without regard to case. */
export class LiteralScanner {
  /** No text shorter than this holds any of the literals. */
  readonly shortest: number;
  /** Bytes of its tables. */
  readonly tableBytes: number;
  private readonly literals: readonly string[];
  private readonly singly: readonly number[];
  private readonly search: WindowSearch | undefined;

  constructor(literals: readonly string[]) {
    this.literals = literals;
    const byLength = literals.map((_, n) => n).sort((a, b) => lengthOf(literals, a) - lengthOf(literals, b));
    this.shortest = lengthOf(literals, byLength[0] ?? 0);
    const single = singleCount(literals, byLength);
    this.singly = byLength.slice(0, single);
    const together = byLength.slice(single);
    this.search = together.length === 0 ? undefined : new WindowSearch(literals, together);
    this.tableBytes = this.search?.tableBytes ?? 0;
  }

  /** Calls `onHit` for every literal that occurs in the text, perhaps more than once. */
  scan(text: string, onHit: OnHit): void {
    if (text.length < this.shortest) return;
    this.search?.scan(text, onHit);
    if (this.singly.length === 0) return;
    const lower = text.toLowerCase();
    for (const n of this.singly) if (lower.includes(this.literals[n] as string)) onHit(n);
  }
}

/** How many of the shortest literals are better looked for one by one, so that the rest can be searched in wider steps. */
function singleCount(literals: readonly string[], byLength: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let single = 0; single <= byLength.length; single++) {
    const next = byLength[single];
    const step = next === undefined ? Number.POSITIVE_INFINITY : lengthOf(literals, next) - 1;
    if (step < 1) continue;
    const cost = lookCost / step + (single === 0 ? 0 : lowerCost + single * singleCost);
    if (cost < least) {
      least = cost;
      best = single;
    }
    if (single >= mostSingle && least < Number.POSITIVE_INFINITY) break;
  }
  return best;
}

function lengthOf(literals: readonly string[], n: number): number {
  return literals[n]?.length ?? 0;
}
