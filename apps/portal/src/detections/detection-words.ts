import type { DetectionLevel, DetectionRule, ExceptionOperator } from '@throughline/model';
import type { MarkedSeverity } from '../kit/index.ts';

export const levelWords: Readonly<Record<DetectionLevel, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  informational: 'Informational',
};

/** The severity of the alerts that rules of a level raise. */
export const severityOfLevel: Readonly<Record<DetectionLevel, MarkedSeverity>> = {
  critical: 'high',
  high: 'high',
  medium: 'medium',
  low: 'low',
  informational: 'informational',
};

export const operatorWords: Readonly<Record<ExceptionOperator, string>> = {
  equals: 'is',
  startsWith: 'starts with',
  endsWith: 'ends with',
  contains: 'contains',
};

/** What rules are filtered by: whether they are in use, and whether they had anything to say. */
export const ruleStates = ['on', 'off', 'held', 'matched', 'silent'] as const;
export type RuleState = (typeof ruleStates)[number];

export const stateWords: Readonly<Record<RuleState, string>> = {
  on: 'On',
  off: 'Off',
  held: 'Held back',
  matched: 'Matched in 30 days',
  silent: 'Silent for 30 days',
};

/** Every state that holds of a rule. */
export function statesOf({ enabled, held, matches }: DetectionRule): RuleState[] {
  return [enabled ? (held === null ? 'on' : 'held') : 'off', matches > 0 ? 'matched' : 'silent'];
}

/** Why a rule is held back, in a sentence. */
export function heldWords({ why, facts }: NonNullable<DetectionRule['held']>): string {
  if (why === 'noisy') {
    return `It raised ${facts.alertsInAnHour ?? 'too many'} alerts within an hour. New ones are counted, not told; those there are go on growing.`;
  }
  return `It took ${facts.ms ?? 'too many'} ms of ${facts.ofMs ?? 'the last'} ms. It is not asked until then.`;
}

/** "12%", "under 0.1%" or "0%". */
export function shareWords(share: number): string {
  if (share === 0) return '0%';
  return share < 0.001 ? 'under 0.1%' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}
