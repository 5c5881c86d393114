import type { NotificationRule, Role, RuleKind } from '@throughline/model';
import { type Selectable, sql } from 'kysely';
import type { NotificationRuleTable } from '../database/notification-tables.ts';
import type { Db } from '../database.ts';
import type { Condition, Viewer } from '../query/viewer.ts';
import { type AccountAccess, groupsOfAccount, rolesOfAccount } from '../scope/account-access.ts';
import { NotifyError } from './notify-error.ts';
import type { StoredRecipient, StoredRuleDefinition } from './stored-shapes.ts';

/** Who saved a rule last, with what they may see and do now. */
export type RuleAuthor = AccountAccess & { accountId: number; userName: string; disabled: boolean; role: Role };

/** A rule as the planner reads it. `author` null: no person, or from before authors were kept. */
export type StoredRule = StoredRuleDefinition & {
  id: number;
  kind: RuleKind;
  name: string;
  enabled: boolean;
  deviceGroups: number[] | null;
  recipients: StoredRecipient[];
  author: RuleAuthor | null;
};

/** A rule as people see it, and its author, whose rights now decide whether it is stopped. */
export type AuthoredRule = { rule: Omit<NotificationRule, 'stopped'>; author: RuleAuthor | null };

const countedDays = 30;
const authorOf = sql<RuleAuthor | null>`(
  select json_build_object('accountId', account.id, 'userName', account.user_name, 'disabled', account.disabled,
    'role', account.role, 'groups', ${groupsOfAccount}, 'assigned', ${rolesOfAccount})
  from account where account.tenant_id = notification_rule.tenant_id and account.id = notification_rule.author_id)`;

/** All rules of a tenant, for the planner. */
export async function readRules(db: Db, tenantId: string): Promise<StoredRule[]> {
  const rows = await db
    .selectFrom('notification_rule')
    .select(['id', 'kind', 'name', 'enabled', 'definition', 'recipients', 'device_groups as deviceGroups'])
    .select(authorOf.as('author'))
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .execute();
  return rows.map(({ definition, recipients, ...row }) => ({
    ...madeWhole(definition),
    ...row,
    recipients: recipientsIn(recipients),
  }));
}

/** The rules a viewer sees, by name. */
export async function listRules(db: Db, viewer: Viewer): Promise<AuthoredRule[]> {
  const rows = await ruleQuery(db, viewer).orderBy('name').orderBy('id').execute();
  return rows.map(authored);
}

/** Throws NotifyError `noSuchRule`, also for one that the viewer does not see. */
export async function readRule(db: Db, viewer: Viewer, id: number): Promise<AuthoredRule> {
  const row = await ruleQuery(db, viewer).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw noSuchRule();
  return authored(row);
}

/** The condition that a viewer sees a rule: every device group it is about is theirs. */
export function seesRule({ groups }: Viewer): Condition {
  return groups === null ? sql<boolean>`true` : sql<boolean>`coalesce(device_groups <@ ${groups}::int[], false)`;
}

type Row = Selectable<NotificationRuleTable> & {
  last_notice_at: string | null;
  counts: Record<string, number>;
  author: RuleAuthor | null;
};

function ruleQuery(db: Db, viewer: Viewer) {
  return db
    .selectFrom('notification_rule')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('notification_notice')
        .select('created_at')
        .whereRef('notification_notice.tenant_id', '=', 'notification_rule.tenant_id')
        .whereRef('notification_notice.rule_id', '=', 'notification_rule.id')
        .orderBy('notification_notice.id', 'desc')
        .limit(1)
        .as('last_notice_at'),
    )
    .select(
      sql<Record<string, number>>`(
        select coalesce(json_object_agg(reason, count), '{}') from (
          select reason, sum(count) as count from notification_rule_count c
          where c.tenant_id = notification_rule.tenant_id and c.rule_id = notification_rule.id
            and c.day > (now() at time zone 'utc')::date - ${countedDays}::int
          group by reason) s)`.as('counts'),
    )
    .select(authorOf.as('author'))
    .where('tenant_id', '=', viewer.tenantId)
    .where(seesRule(viewer));
}

function authored({ author, ...row }: Row): AuthoredRule {
  const { last_notice_at, counts } = row;
  return { author, rule: { ...ruleFields(row), counts, lastNoticeDateTime: last_notice_at } };
}

/** A rule's row as people know it. */
export function ruleFields(row: Selectable<NotificationRuleTable>) {
  const all = recipientsIn(row.recipients);
  const of = (wanted: StoredRecipient['channel']) =>
    all.filter(({ channel }) => channel === wanted).map(({ target }) => target);
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    enabled: row.enabled,
    deviceGroups: row.device_groups,
    ...madeWhole(row.definition),
    recipients: of('mail'),
    webhooks: webhooksOf(all),
    policyId: row.policy_id,
    createdDateTime: row.created_at,
    createdBy: row.created_by,
    lastUpdateDateTime: row.updated_at,
    lastModifiedBy: row.updated_by,
  };
}

// Rules of older versions have no fields for the kinds that came later. One that a hand in the database broke hears of
// nothing and tells nobody; the others go on.
function madeWhole(stored: StoredRuleDefinition | null): StoredRuleDefinition {
  const definition = typeof stored === 'object' && stored !== null ? stored : ({} as StoredRuleDefinition);
  return { ...brokenRule, ...definition };
}

const brokenRule: StoredRuleDefinition = {
  sources: null,
  severities: [],
  firstOnly: false,
  includeOrganization: false,
  includeLink: false,
  quietMinutes: 0,
  action: null,
  report: null,
  operations: null,
};

function recipientsIn(stored: StoredRecipient[]): StoredRecipient[] {
  return Array.isArray(stored) ? stored.filter((each) => typeof each?.target === 'string') : [];
}

/** Ids of the webhooks among recipients. */
export function webhooksOf(recipients: readonly StoredRecipient[]): number[] {
  return recipients.filter(({ channel }) => channel === 'webhook').map(({ target }) => Number(target));
}

/** A rule as the audit log names it. */
export function ruleTarget(id: number) {
  return { kind: 'notificationRule', id: String(id) };
}

export function noSuchRule(): NotifyError {
  return new NotifyError('noSuchRule', 'There is no such rule.');
}
