import type { Expression } from '../predicate/expression.ts';
import { type Route, routed } from '../route/route.ts';
import type { SigmaRule } from '../rule/rule.ts';
import type { Evaluator } from './evaluator.ts';
import type { Test } from './test-predicate.ts';

/** A rule as it is evaluated for events of one route. */
export type RoutedRule = {
  rule: SigmaRule;
  /** The place of the rule among all, for its costs. */
  index: number;
  demands: Expression;
  /** Compiled when the rule is first a candidate. */
  test: Test | undefined;
};

/** The rules that are about events of a route. */
export function routedRules(rules: readonly SigmaRule[], route: Route): RoutedRule[] {
  const found: RoutedRule[] = [];
  rules.forEach((rule, index) => {
    const demands = routed(rule.logSource, rule.detection, route);
    if (demands.kind === 'constant' && !demands.value) return;
    found.push({ rule, index, demands, test: undefined });
  });
  return found;
}

/** The test of the rule for events in the evaluator's view, compiled when it is first asked for. */
export function testFor(routed: RoutedRule, evaluator: Evaluator): Test {
  routed.test ??= evaluator.compile(routed.demands);
  return routed.test;
}
