import { visitTexts } from '../engine/field-path.ts';
import { LiteralScanner } from './literal-scanner.ts';

/** What the texts of a whole event witness of keywords. */
export class KeywordIndex {
  readonly tableBytes: number;
  private readonly shortest: number;
  private readonly scanner: LiteralScanner;
  private readonly rules: readonly (readonly number[])[];
  /** A literal could stand in a number or a boolean. */
  private readonly scalars: boolean;
  private onRule: (rule: number) => void = () => {};

  constructor(literals: readonly { literal: string; rules: readonly number[] }[]) {
    this.scanner = new LiteralScanner(literals.map(({ literal }) => literal));
    this.rules = literals.map(({ rules }) => rules);
    this.shortest = this.scanner.shortest;
    this.tableBytes = this.scanner.tableBytes;
    this.scalars = literals.some(
      ({ literal }) =>
        /^[-+.\de]*$|^[-+]?(?:infinity|nan)$/.test(literal) || 'true'.includes(literal) || 'false'.includes(literal),
    );
  }

  /** Calls `onRule` for each rule one of whose keywords occurs, perhaps more than once. */
  find(fields: Readonly<Record<string, unknown>>, onRule: (rule: number) => void): void {
    this.onRule = onRule;
    visitTexts(fields, this.scalars, this.onText);
  }

  private readonly onText = (text: string): void => {
    if (text.length >= this.shortest) this.scanner.scan(text, this.onHit);
  };

  private readonly onHit = (literal: number): void => {
    for (const rule of this.rules[literal] as readonly number[]) this.onRule(rule);
  };
}
