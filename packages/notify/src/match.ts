import type { JudgedAlert, Rule } from './rule.ts';

/** Why a rule speaks or stays silent: closed list, the same in code, log and tests. */
export const matchReasons = [
  /** The first alert of the incident that fits. */
  'firstMatch',
  /** A further alert that fits, of an incident the rule has told about. */
  'newAlert',
  'disabled',
  'background',
  'sourceNotChosen',
  'severityNotChosen',
  'toldBefore',
] as const;
export type MatchReason = (typeof matchReasons)[number];

export type MatchResult = { matched: boolean; reason: MatchReason };

/** An alert that correlation put into an incident. */
export type AlertEvent = {
  alert: JudgedAlert;
  /** The incident is a background group. */
  background: boolean;
  /** The rule has told about this incident before. */
  toldBefore: boolean;
};

/** Whether a rule speaks about an alert, and why (not). */
export function matches(
  rule: Pick<Rule, 'enabled' | 'sources' | 'severities' | 'firstOnly'>,
  event: AlertEvent,
): MatchResult {
  const { alert, background, toldBefore } = event;
  if (!rule.enabled) return silent('disabled');
  if (background) return silent('background');
  const refusal = alertRefusal(rule, alert);
  if (refusal !== null) return silent(refusal);
  if (!toldBefore) return { matched: true, reason: 'firstMatch' };
  return rule.firstOnly ? silent('toldBefore') : { matched: true, reason: 'newAlert' };
}

/** Why an alert is outside a rule's sources and severities; null when it is inside. */
export function alertRefusal(
  rule: Pick<Rule, 'sources' | 'severities'>,
  alert: JudgedAlert,
): 'sourceNotChosen' | 'severityNotChosen' | null {
  if (rule.sources === null) return rule.severities.includes(alert.severity) ? null : 'severityNotChosen';
  const chosen = rule.sources.filter(
    ({ serviceSource, detectionSource }) =>
      serviceSource === alert.serviceSource && (detectionSource === null || detectionSource === alert.detectionSource),
  );
  if (chosen.length === 0) return 'sourceNotChosen';
  return chosen.some(({ severities }) => (severities ?? rule.severities).includes(alert.severity))
    ? null
    : 'severityNotChosen';
}

function silent(reason: MatchReason): MatchResult {
  return { matched: false, reason };
}
