import type { ActionChoice, ActionEvent, ReportChoice, ReportEvent } from '@throughline/model';
import { concerns, type MatchResult, silent, speaking } from './match.ts';

/** A rule about response actions or threat reports, as far as it decides. */
export type EventTerms = {
  enabled: boolean;
  stopped: boolean;
  deviceGroups: readonly number[] | null;
  action: ActionChoice | null;
  report: ReportChoice | null;
};

/** Whether a rule speaks about a response action, and why (not). */
export function matchesAction(rule: EventTerms, event: ActionEvent): MatchResult {
  if (!rule.enabled) return silent('disabled');
  if (rule.stopped) return silent('stopped');
  if (!rule.action?.sources.includes(event.source)) return silent('sourceNotChosen');
  if (!(rule.action.types?.includes(event.type) ?? true)) return silent('typeNotChosen');
  if (!concerns(rule.deviceGroups, event.deviceGroups)) return silent('groupNotChosen');
  return rule.action.statuses.includes(event.status) ? speaking('firstMatch') : silent('statusNotChosen');
}

/** Whether a rule speaks about a threat report, and why (not). Tags are compared whatever their case. */
export function matchesReport(rule: EventTerms, event: ReportEvent): MatchResult {
  if (!rule.enabled) return silent('disabled');
  if (rule.stopped) return silent('stopped');
  if (rule.report === null) return silent('changeNotChosen');
  const { changes, types, tags } = rule.report;
  if (changes !== 'all' && changes !== event.change) return silent('changeNotChosen');
  if (!(types?.includes(event.type) ?? true)) return silent('typeNotChosen');
  const known = new Set(event.tags.map((tag) => tag.toLowerCase()));
  return (tags?.some((tag) => known.has(tag.toLowerCase())) ?? true) ? speaking('firstMatch') : silent('tagNotChosen');
}
