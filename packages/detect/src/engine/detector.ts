import type { TelemetryEvent } from '@throughline/model';
import { visitTests } from '../predicate/expression.ts';
import { categoryIds, routeOf } from '../route/route.ts';
import { applyFilters } from '../rule/apply-filters.ts';
import type { RuleSet, SigmaRule } from '../rule/rule.ts';
import { RouteIndex } from '../witness/route-index.ts';
import { CostLedger, type RuleCost } from './costs.ts';
import { Evaluator } from './evaluator.ts';
import { holds, type RoutedRule, routedRules } from './routed-rule.ts';

export type DetectorOptions = {
  /** `index` evaluates the rules whose witnesses occur; `every` evaluates each rule of the log source, to compare with. */
  strategy?: 'index' | 'every';
  /** Milliseconds with fractions; costs are timed only with it. */
  clock?: () => number;
};

/** A rule that holds for an event. */
export type RuleMatch = { rule: SigmaRule; event: TelemetryEvent };

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
  private readonly judge: (routed: RoutedRule) => boolean;

  constructor(set: Pick<RuleSet, 'rules' | 'filters' | 'correlations'>, options: DetectorOptions = {}) {
    this.rules = applyFilters(set.rules, set.filters);
    this.ids = idsOf(this.rules);
    this.ledger = new CostLedger(this.rules.length, options.clock);
    this.indexed = options.strategy !== 'every';
    this.judge = (routed) => holds(routed, this.evaluator);
  }

  /** The rules that hold for the event, in the order in which they were given. */
  match(event: TelemetryEvent): RuleMatch[] {
    const plan = this.planFor(event);
    if (plan.rules.length === 0) return [];
    this.evaluator.view.load(event);
    const matches: RuleMatch[] = [];
    const candidates = plan.index?.candidatesFor(this.evaluator.view) ?? plan.rules.keys();
    for (const candidate of candidates) {
      const routed = plan.rules[candidate] as RoutedRule;
      if (this.ledger.judge(routed.index, this.judge, routed)) matches.push({ rule: routed.rule, event });
    }
    return matches;
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
