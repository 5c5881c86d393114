import { can, sourcesFor } from '@throughline/access';
import type { RuleStop, TuningRule } from '@throughline/model';
import type { AuthoredTuningRule, RuleAuthor } from '@throughline/store';

/**
 * Why a tuning rule is stopped: whoever saved it last is disabled, may not make rules any more, or does not see all that
 * it is about. null = it may act.
 */
export function tuningStop(
  author: RuleAuthor | null,
  deviceGroups: readonly number[] | null,
  tenantId: string,
): RuleStop | null {
  if (author === null) return 'authorDisabled';
  const { disabled, groups, ...identity } = author;
  if (disabled) return 'authorDisabled';
  const sources = sourcesFor(author, 'tuning.manage');
  if (!can({ kind: 'session', tenantId, groups, sources, ...identity }, 'tuning.manage')) return 'authorMayNot';
  // A rule is about all sources.
  if (sources !== null) return 'authorScope';
  if (groups === null) return null;
  return deviceGroups?.every((group) => groups.includes(group)) ? null : 'authorScope';
}

/** A rule as the API shows it at `now`. */
export function shownTuningRule({ rule, author }: AuthoredTuningRule, tenantId: string, now: Date): TuningRule {
  const ended = rule.expiresDateTime !== null && Date.parse(rule.expiresDateTime) <= now.getTime();
  return { ...rule, stopped: ended ? 'expired' : tuningStop(author, rule.deviceGroups, tenantId) };
}
