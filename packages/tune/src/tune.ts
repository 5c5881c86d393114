import type { Alert, TuningMark } from '@throughline/model';
import { type CompiledRules, candidatesOf, type TuneRule } from './compile.ts';
import type { Subject } from './evaluate.ts';
import { type Facet, facetsOf } from './facets.ts';

/**
 * The rule that applies to an alert, or null: of those that match, the one with the strictest action, and of equals the
 * oldest. `groupsOf` says the device groups of the alert's devices, −1 for one that names none; it is asked only for
 * rules about some groups. The same alert, rules and groups always give the same answer.
 */
export function tune(rules: CompiledRules, alert: Alert, groupsOf: () => readonly number[]): TuningMark | null {
  if (rules.size === 0) return null;
  const subject = subjectOf(alert);
  const candidates = candidatesOf(rules, subject);
  let groups: readonly number[] | null = null;
  for (const { rule, test } of candidates) {
    if (rule.deviceGroups !== null) {
      groups ??= groupsOf();
      if (!isWithin(rule, groups)) continue;
    }
    if (test(subject)) return rule.mark;
  }
  return null;
}

/** An alert to judge; its evidence is read when a rule first asks for it. */
export function subjectOf(alert: Alert): Subject {
  let facets: Facet[] | null = null;
  return {
    alert,
    facets() {
      facets ??= facetsOf(alert);
      return facets;
    },
  };
}

/** Whether all of an alert's devices are in the groups of a rule: what also concerns others is not its to silence. */
export function isWithin({ deviceGroups }: Pick<TuneRule, 'deviceGroups'>, groups: readonly number[]): boolean {
  return deviceGroups === null || (groups.length > 0 && groups.every((group) => deviceGroups.includes(group)));
}
