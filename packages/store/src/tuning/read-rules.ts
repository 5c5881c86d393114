import type { TuningRule, TuningRuleBody } from '@throughline/model';
import { type Selectable, sql } from 'kysely';
import type { TuningRuleTable } from '../database/tuning-tables.ts';
import type { Db } from '../database.ts';
import type { RuleAuthor } from '../notify/read-rules.ts';
import type { Condition, Viewer } from '../query/viewer.ts';
import { groupsOfAccount, roleSourcesOfAccount, rolesOfAccount } from '../scope/account-access.ts';
import { TuningError } from './tuning-error.ts';

/** A rule as people see it, and its author, whose rights now decide whether it is stopped. */
export type AuthoredTuningRule = { rule: Omit<TuningRule, 'stopped'>; author: RuleAuthor | null };

/** Who saved a rule last, with what they may see and do now. */
export const tuningAuthor = sql<RuleAuthor | null>`(
  select json_build_object('accountId', account.id, 'userName', account.user_name, 'disabled', account.disabled,
    'role', account.role, 'groups', ${groupsOfAccount}, 'assigned', ${rolesOfAccount},
    'roleSources', ${roleSourcesOfAccount})
  from account where account.tenant_id = tuning_rule.tenant_id and account.id = tuning_rule.author_id)`;

/** The rules a viewer sees, by name. */
export async function listTuningRules(db: Db, viewer: Viewer): Promise<AuthoredTuningRule[]> {
  const rows = await ruleQuery(db, viewer).orderBy('name').orderBy('id').execute();
  return rows.map(authored);
}

/** Throws TuningError `noSuchRule`, also for one that the viewer does not see. */
export async function readTuningRule(db: Db, viewer: Viewer, id: number): Promise<AuthoredTuningRule> {
  const row = await ruleQuery(db, viewer).where('tuning_rule.id', '=', id).executeTakeFirst();
  if (row === undefined) throw noSuchTuningRule();
  return authored(row);
}

/** The condition that a viewer sees a rule: every device group it is about is theirs, and they see all sources. */
export function seesTuningRule({ groups, sources }: Viewer): Condition {
  if (sources !== null) return sql<boolean>`false`;
  return groups === null
    ? sql<boolean>`true`
    : sql<boolean>`coalesce(tuning_rule.device_groups <@ ${groups}::int[], false)`;
}

/** A rule's row as people write it. */
export function bodyOfRule(row: Selectable<TuningRuleTable>): TuningRuleBody {
  return {
    name: row.name,
    enabled: row.enabled,
    deviceGroups: row.device_groups,
    expiresDateTime: row.expires_at,
    ...row.definition,
  };
}

export function noSuchTuningRule(): TuningError {
  return new TuningError('noSuchRule', 'There is no such tuning rule.');
}

type Row = Selectable<TuningRuleTable> & {
  matched: number | null;
  last_match_at: string | null;
  author: RuleAuthor | null;
};

function ruleQuery(db: Db, viewer: Viewer) {
  return db
    .selectFrom('tuning_rule')
    .leftJoin('tuning_match', (join) =>
      join
        .onRef('tuning_match.tenant_id', '=', 'tuning_rule.tenant_id')
        .onRef('tuning_match.rule_id', '=', 'tuning_rule.id'),
    )
    .selectAll('tuning_rule')
    .select(['tuning_match.matched', 'tuning_match.last_match_at'])
    .select(tuningAuthor.as('author'))
    .where('tuning_rule.tenant_id', '=', viewer.tenantId)
    .where(seesTuningRule(viewer));
}

function authored({ author, matched, last_match_at, ...row }: Row): AuthoredTuningRule {
  return {
    author,
    rule: {
      id: row.id,
      version: row.version,
      ...bodyOfRule(row),
      matched: matched ?? 0,
      lastMatchDateTime: last_match_at,
      createdDateTime: row.created_at,
      createdBy: row.created_by,
      lastUpdateDateTime: row.updated_at,
      lastModifiedBy: row.updated_by,
    },
  };
}
