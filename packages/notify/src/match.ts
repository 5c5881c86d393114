import type { JudgedAlert, Rule } from './rule.ts';

/** Why a rule speaks or stays silent: closed list, the same in code, counts, log and tests. */
export const matchReasons = [
  /** The first alert of the incident that fits, or whatever else fits. */
  'firstMatch',
  /** A further alert that fits, of an incident the rule has told about. */
  'newAlert',
  /** The source raised the severity of an alert that fits now. */
  'severityRaised',
  'disabled',
  /** The rule reaches further than its author may see. */
  'stopped',
  'background',
  'sourceNotChosen',
  'groupNotChosen',
  'severityNotChosen',
  'toldBefore',
  /** The incident began before every recipient was added. */
  'beganBefore',
  'typeNotChosen',
  'statusNotChosen',
  'changeNotChosen',
  'tagNotChosen',
] as const;
export type MatchReason = (typeof matchReasons)[number];

export type MatchResult = { matched: boolean; reason: MatchReason };

/** An alert that correlation put into an incident, or whose source raised its severity. */
export type AlertEvent = {
  alert: JudgedAlert;
  /** The incident is a background group. */
  background: boolean;
  /** The rule has told about this incident before. */
  toldBefore: boolean;
  /** The alert is known; its severity rose. */
  raised: boolean;
};

/** What of a rule decides about an alert. */
export type AlertTerms = Pick<Rule, 'sources' | 'severities' | 'deviceGroups'>;

/** Whether a rule speaks about an alert, and why (not). */
export function matches(
  rule: AlertTerms & Pick<Rule, 'enabled' | 'stopped' | 'firstOnly'>,
  event: AlertEvent,
): MatchResult {
  const { alert, background, toldBefore, raised } = event;
  if (!rule.enabled) return silent('disabled');
  if (rule.stopped) return silent('stopped');
  if (background) return silent('background');
  const refusal = alertRefusal(rule, alert);
  if (refusal !== null) return silent(refusal);
  if (!toldBefore) return speaking('firstMatch');
  if (rule.firstOnly) return silent('toldBefore');
  return speaking(raised ? 'severityRaised' : 'newAlert');
}

type AlertRefusal = 'sourceNotChosen' | 'groupNotChosen' | 'severityNotChosen';

/** Why an alert is outside a rule's sources, device groups and severities; null when it is inside. */
export function alertRefusal(rule: AlertTerms, alert: JudgedAlert): AlertRefusal | null {
  const chosen = rule.sources?.filter(
    ({ serviceSource, detectionSource }) =>
      serviceSource === alert.serviceSource && (detectionSource === null || detectionSource === alert.detectionSource),
  );
  if (chosen?.length === 0) return 'sourceNotChosen';
  if (!concerns(rule.deviceGroups, alert.groups)) return 'groupNotChosen';
  const allowed = chosen?.map(({ severities }) => severities ?? rule.severities) ?? [rule.severities];
  return allowed.some((severities) => severities.includes(alert.severity)) ? null : 'severityNotChosen';
}

/** Whether something that concerns `groups` is within the chosen device groups; null = all are. */
export function concerns(chosen: readonly number[] | null, groups: readonly number[]): boolean {
  return chosen === null || groups.some((group) => chosen.includes(group));
}

export function speaking(reason: MatchReason): MatchResult {
  return { matched: true, reason };
}

export function silent(reason: MatchReason): MatchResult {
  return { matched: false, reason };
}
