import { AffixIndex } from './affix-index.ts';
import { LiteralScanner } from './literal-scanner.ts';
import type { Witness } from './witness.ts';

/** Values up to this length are remembered with what they witness. */
const longestRemembered = 300;
const mostRemembered = 2_000;

const pastAscii = /[^\0-\x7f]/;
const nothing: readonly number[] = [];

/** What a value of one field witnesses: the rules (by number) that could hold with it. */
export class FieldIndex {
  readonly tableBytes: number;
  /** What a value witnesses that is there and has no text. */
  readonly whenEmpty: readonly number[];
  private readonly beyondAscii: readonly number[];
  private readonly equals: ReadonlyMap<string, readonly number[]>;
  private readonly prefixes: AffixIndex | undefined;
  private readonly suffixes: AffixIndex | undefined;
  private readonly scanner: LiteralScanner | undefined;
  /** Rules of each literal, by the literal's number. */
  private readonly rules: readonly (readonly number[])[];
  private readonly scanned: readonly (readonly number[])[];
  private readonly remembered = new Map<string, readonly number[]>();
  private found: Set<number> = new Set();

  constructor(witnesses: readonly { witness: Witness; rules: readonly number[] }[]) {
    const of = (how: Witness['how']) => witnesses.filter(({ witness }) => witness.how === how);
    this.rules = witnesses.map(({ rules }) => rules);
    this.whenEmpty = [...new Set(of('present').flatMap(({ rules }) => rules))];
    this.beyondAscii = [...new Set(of('beyondAscii').flatMap(({ rules }) => rules))];
    this.equals = new Map(of('equals').map(({ witness, rules }) => [witness.literal, rules]));
    const affixes = (how: 'prefix' | 'suffix') => {
      const entries = witnesses.flatMap(({ witness }, literal) =>
        witness.how === how ? [{ literal, text: witness.literal }] : [],
      );
      return entries.length === 0 ? undefined : new AffixIndex(how === 'prefix' ? 'start' : 'end', entries);
    };
    this.prefixes = affixes('prefix');
    this.suffixes = affixes('suffix');
    const contained = of('contains');
    this.scanned = contained.map(({ rules }) => rules);
    this.scanner =
      contained.length === 0 ? undefined : new LiteralScanner(contained.map(({ witness }) => witness.literal));
    this.tableBytes = this.scanner?.tableBytes ?? 0;
  }

  /** The rules that a value witnesses. */
  rulesFor(text: string): readonly number[] {
    if (text.length > longestRemembered) return this.search(text);
    const known = this.remembered.get(text);
    if (known !== undefined) return known;
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    const found = this.search(text);
    this.remembered.set(text, found);
    return found;
  }

  private search(text: string): readonly number[] {
    const { found } = this;
    for (const rule of this.whenEmpty) found.add(rule);
    if (this.beyondAscii.length > 0 && pastAscii.test(text)) for (const rule of this.beyondAscii) found.add(rule);
    if (this.equals.size > 0 || this.prefixes !== undefined || this.suffixes !== undefined) {
      const lower = text.toLowerCase();
      const equal = this.equals.get(lower);
      if (equal !== undefined) for (const rule of equal) found.add(rule);
      this.prefixes?.find(lower, this.onAffix);
      this.suffixes?.find(lower, this.onAffix);
    }
    this.scanner?.scan(text, this.onScanned);
    if (found.size === 0) return nothing;
    this.found = new Set();
    return [...found];
  }

  private readonly onAffix = (literal: number): void => {
    for (const rule of this.rules[literal] as readonly number[]) this.found.add(rule);
  };

  private readonly onScanned = (literal: number): void => {
    for (const rule of this.scanned[literal] as readonly number[]) this.found.add(rule);
  };
}
