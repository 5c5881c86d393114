/** What a rule has cost so far. */
export type RuleCost = {
  ruleId: string;
  /** How often it was evaluated: events of its log source that could match at all. */
  evaluations: number;
  matches: number;
  /** Milliseconds its evaluation took, estimated from a sample; 0 without a clock. */
  estimatedMs: number;
};

/** One in so many evaluations is timed. */
const sampling = 16;

/** Counts evaluations and matches of rules by number, and times a sample of the evaluations. */
export class CostLedger {
  private readonly evaluations: Uint32Array;
  private readonly matches: Uint32Array;
  private readonly sampledMs: Float64Array;
  private readonly clock: (() => number) | undefined;
  private turn = 0;

  /** `clock` gives milliseconds with fractions. */
  constructor(rules: number, clock: (() => number) | undefined) {
    this.evaluations = new Uint32Array(rules);
    this.matches = new Uint32Array(rules);
    this.sampledMs = new Float64Array(rules);
    this.clock = clock;
  }

  /** Evaluates a rule and notes what it took. */
  judge<T>(index: number, evaluate: (what: T) => boolean, what: T): boolean {
    (this.evaluations[index] as number)++;
    let held: boolean;
    if (this.clock !== undefined && ++this.turn % sampling === 0) {
      const start = this.clock();
      held = evaluate(what);
      (this.sampledMs[index] as number) += (this.clock() - start) * sampling;
    } else held = evaluate(what);
    if (held) (this.matches[index] as number)++;
    return held;
  }

  of(index: number, ruleId: string): RuleCost {
    return {
      ruleId,
      evaluations: this.evaluations[index] ?? 0,
      matches: this.matches[index] ?? 0,
      estimatedMs: this.sampledMs[index] ?? 0,
    };
  }
}
