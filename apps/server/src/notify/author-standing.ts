import { can, sourcesFor } from '@throughline/access';
import type { NotificationRule, RuleStop } from '@throughline/model';
import type { AuthoredRule, RuleAuthor } from '@throughline/store';

/**
 * Why a rule is stopped: whoever saved it last is disabled, may not make rules any more, or does not see all that it is
 * about. null = it may speak. A rule without an author is the system's.
 */
export function authorStop(
  author: RuleAuthor | null,
  deviceGroups: readonly number[] | null,
  tenantId: string,
): RuleStop | null {
  if (author === null) return null;
  const { disabled, groups, ...identity } = author;
  if (disabled) return 'authorDisabled';
  const sources = sourcesFor(author, 'notifications.manage');
  if (!can({ kind: 'session', tenantId, groups, sources, ...identity }, 'notifications.manage')) return 'authorMayNot';
  // A rule is about all sources.
  if (sources !== null) return 'authorScope';
  if (groups === null) return null;
  return deviceGroups?.every((group) => groups.includes(group)) ? null : 'authorScope';
}

/** A rule as the API shows it. */
export function shownRule({ rule, author }: AuthoredRule, tenantId: string): NotificationRule {
  return { ...rule, stopped: authorStop(author, rule.deviceGroups, tenantId) };
}
