import type { LogSource } from '@throughline/model';
import { allOf, negated } from '../predicate/expression.ts';
import type { SigmaFilter, SigmaRule } from './rule.ts';

/** The rules with what filters leave out: each filter that names a rule, over a log source that holds the rule's. */
export function applyFilters(rules: readonly SigmaRule[], filters: readonly SigmaFilter[]): SigmaRule[] {
  if (filters.length === 0) return [...rules];
  return rules.map((rule) => {
    const reaching = filters.filter((filter) => reaches(filter, rule));
    if (reaching.length === 0) return rule;
    return { ...rule, detection: allOf([rule.detection, ...reaching.map(({ suppresses }) => negated(suppresses))]) };
  });
}

function reaches({ rules, logSource }: SigmaFilter, rule: SigmaRule): boolean {
  const named = rules === 'any' || rules.includes(rule.id) || (rule.name !== undefined && rules.includes(rule.name));
  return named && holds(logSource, rule.logSource);
}

function holds(filter: LogSource, rule: LogSource): boolean {
  return (['product', 'category', 'service'] as const).every(
    (part) => filter[part] === undefined || filter[part] === rule[part],
  );
}
