import type { TelemetryEvent } from '@throughline/model';
import type { CorrelationFinding } from '../correlation/correlation-run.ts';
import { type CorrelationStats, RuleCorrelator } from '../correlation/correlator.ts';
import { linkCorrelations } from '../correlation/link.ts';
import type { CorrelationLimits } from '../correlation/state.ts';
import { visitTests } from '../predicate/expression.ts';
import { categoryIds, routeOf } from '../route/route.ts';
import { applyFilters } from '../rule/apply-filters.ts';
import type { RuleFault, RuleSet, SigmaCorrelation, SigmaRule } from '../rule/rule.ts';
import { RouteIndex } from '../witness/route-index.ts';
import { CostLedger, type RuleCost } from './costs.ts';
import { Evaluator } from './evaluator.ts';
import { type RoutedRule, routedRules, testFor } from './routed-rule.ts';

export type DetectorOptions = {
  /** `index` evaluates the rules whose witnesses occur; `every` evaluates each rule of the log source, to compare with. */
  strategy?: 'index' | 'every';
  /** Milliseconds with fractions; costs are timed only with it. */
  clock?: () => number;
  correlation?: CorrelationLimits;
};

/** A rule that holds for an event, or a correlation that holds with it. */
export type RuleMatch =
  | { rule: SigmaRule; event: TelemetryEvent }
  | { rule: SigmaCorrelation; event: TelemetryEvent; correlated: CorrelationFinding };

/** More routes than this are not held; sources give a few dozen. */
const mostRoutes = 2_000;

type Plan = { rules: readonly RoutedRule[]; index: RouteIndex | undefined };

/** Compiled rules. Holds caches and counts, and judges one event at a time. */
export class Detector {
  private readonly rules: readonly SigmaRule[];
  private readonly ids: ReadonlySet<number>;
  private readonly evaluator = new Evaluator();
  private readonly plans = new Map<string, Plan>();
  private readonly ledger: CostLedger;
  private readonly indexed: boolean;
  private readonly correlator: RuleCorrelator | undefined;
  /** Ids whose matches only feed correlations. */
  private readonly hidden: ReadonlySet<string>;
  /** Correlations that cannot be used, because of what they refer to. */
  readonly faults: readonly RuleFault[];

  constructor(set: Pick<RuleSet, 'rules' | 'filters' | 'correlations'>, options: DetectorOptions = {}) {
    this.rules = applyFilters(set.rules, set.filters);
    this.ids = idsOf(this.rules);
    this.ledger = new CostLedger(this.rules.length, options.clock);
    this.indexed = options.strategy !== 'every';
    const { correlations, hidden, faults } = linkCorrelations(this.rules, set.correlations);
    this.correlator = correlations.length === 0 ? undefined : new RuleCorrelator(correlations, options.correlation);
    this.hidden = hidden;
    this.faults = faults;
  }

  /**
   * The rules that hold for the event, in the order in which they were given, and the correlations that hold with it or
   * whose windows its time closes. Rules that only feed correlations give no match.
   */
  match(event: TelemetryEvent): RuleMatch[] {
    const matches: RuleMatch[] = [];
    if (this.correlator !== undefined) this.add(matches, this.correlator.advance(event.time));
    const plan = this.planFor(event);
    if (plan.rules.length === 0) return matches;
    const { evaluator } = this;
    evaluator.view.load(event);
    const candidates = plan.index?.candidatesFor(evaluator.view) ?? plan.rules.keys();
    for (const candidate of candidates) {
      const routed = plan.rules[candidate] as RoutedRule;
      if (!this.ledger.judge(routed.index, testFor(routed, evaluator), evaluator.view)) continue;
      const { rule } = routed;
      if (!this.hidden.has(rule.id)) matches.push({ rule, event });
      if (this.correlator !== undefined) this.add(matches, this.correlator.take(rule.id, event));
    }
    return matches;
  }

  /** No more events will come: the correlations that hold in windows which are still open. */
  finish(): RuleMatch[] {
    const matches: RuleMatch[] = [];
    if (this.correlator !== undefined) this.add(matches, this.correlator.finish());
    return matches;
  }

  /** What correlations hold, and what they had to let go. */
  correlationStats(): CorrelationStats | undefined {
    return this.correlator?.stats();
  }

  /** Bytes of the tables that were built so far, one set a route that has been seen. */
  tableBytes(): number {
    let bytes = 0;
    for (const { index } of this.plans.values()) bytes += index?.tableBytes ?? 0;
    return bytes;
  }

  /** What every rule has cost since the detector was made. */
  costs(): RuleCost[] {
    return this.rules.map(({ id }, index) => this.ledger.of(index, id));
  }

  private add(matches: RuleMatch[], findings: readonly CorrelationFinding[]): void {
    for (const correlated of findings) {
      const { rule, event } = correlated;
      if (!this.hidden.has(rule.id)) matches.push({ rule, event, correlated });
    }
  }

  private planFor(event: TelemetryEvent): Plan {
    const route = routeOf(event, this.ids);
    const known = this.plans.get(route.key);
    if (known !== undefined) return known;
    if (this.plans.size >= mostRoutes) this.plans.clear();
    const rules = routedRules(this.rules, route);
    const plan = { rules, index: this.indexed ? new RouteIndex(rules, this.evaluator.view) : undefined };
    this.plans.set(route.key, plan);
    return plan;
  }
}

// The event ids that rules or categories name.
function idsOf(rules: readonly SigmaRule[]): Set<number> {
  const ids = new Set(categoryIds);
  for (const { detection } of rules) {
    visitTests(detection, (predicate) => {
      if (predicate.field !== 'EventID' || predicate.kind !== 'text') return;
      const id = Number(predicate.pattern.literal);
      if (Number.isInteger(id)) ids.add(id);
    });
  }
  return ids;
}
