const keyLengths = [16, 8, 4] as const;

type Entry = { literal: number; text: string };

/** Finds which of many literals a text begins (or ends) with: by maps from their first (or last) characters. */
export class AffixIndex {
  private readonly side: 'start' | 'end';
  private readonly byKey: { length: number; entries: Map<string, Entry[]> }[] = [];
  private readonly short: readonly Entry[];

  constructor(side: 'start' | 'end', literals: readonly Entry[]) {
    this.side = side;
    let left = literals;
    for (const length of keyLengths) {
      const fitting = left.filter(({ text }) => text.length >= length);
      left = left.filter(({ text }) => text.length < length);
      if (fitting.length === 0) continue;
      const entries = Map.groupBy(fitting, ({ text }) => this.keyOf(text, length));
      this.byKey.push({ length, entries });
    }
    this.short = left;
  }

  /** Calls `onHit` with the literals that fit the text, which is in lower case. */
  find(lower: string, onHit: (literal: number) => void): void {
    for (const { length, entries } of this.byKey) {
      if (lower.length < length) continue;
      const found = entries.get(this.keyOf(lower, length));
      if (found !== undefined) for (const entry of found) if (this.fits(lower, entry.text)) onHit(entry.literal);
    }
    for (const entry of this.short) if (this.fits(lower, entry.text)) onHit(entry.literal);
  }

  private keyOf(text: string, length: number): string {
    return this.side === 'start' ? text.slice(0, length) : text.slice(-length);
  }

  private fits(text: string, literal: string): boolean {
    return this.side === 'start' ? text.startsWith(literal) : text.endsWith(literal);
  }
}
