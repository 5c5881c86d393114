import type { NotificationRule, NotificationRuleBody } from '@throughline/model';
import { type Selectable, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { NotificationRuleTable } from '../database/notification-tables.ts';
import type { Db } from '../database.ts';
import { changedFields } from './changed-fields.ts';
import { NotifyError, withFreeName } from './notify-error.ts';
import type { StoredRecipient, StoredRuleDefinition } from './stored-shapes.ts';
import { findWebhooks } from './webhooks.ts';

/** Who changes a rule, and when. */
export type Change = { by: string; now: Date };

/** A rule as the planner reads it. */
export type StoredRule = StoredRuleDefinition & {
  id: number;
  name: string;
  enabled: boolean;
  recipients: StoredRecipient[];
};

/** All rules of a tenant, for the planner. */
export async function readRules(db: Db, tenantId: string): Promise<StoredRule[]> {
  const rows = await db
    .selectFrom('notification_rule')
    .select(['id', 'name', 'enabled', 'definition', 'recipients'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .execute();
  return rows.map(({ definition, ...row }) => ({ ...definition, ...row }));
}

/** All rules of a tenant by name. */
export async function listRules(db: Db, tenantId: string): Promise<NotificationRule[]> {
  const rows = await ruleQuery(db, tenantId).orderBy('name').orderBy('id').execute();
  return rows.map(ruleOf);
}

/** Throws NotifyError `noSuchRule`. */
export async function readRule(db: Db, tenantId: string, id: number): Promise<NotificationRule> {
  const row = await ruleQuery(db, tenantId).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw noSuchRule();
  return ruleOf(row);
}

/** Makes a rule. It tells about incidents that begin from now on. Throws NotifyError `nameTaken`, `noSuchWebhook`. */
export async function createRule(
  db: Db,
  tenantId: string,
  body: NotificationRuleBody,
  { by, now }: Change,
): Promise<NotificationRule> {
  return withFreeName('rule', body.name, () =>
    db.transaction().execute(async (trx) => {
      await requireWebhooks(trx, tenantId, body.webhooks);
      const { id } = await trx
        .insertInto('notification_rule')
        .values({
          tenant_id: tenantId,
          ...columnsOf(body),
          recipients: JSON.stringify(recipientsOf(body, [], now)),
          created_at: now,
          created_by: by,
          updated_at: now,
          updated_by: by,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      noteChange(trx, { target: targetOf(id), after: body });
      return readRule(trx, tenantId, id);
    }),
  );
}

/**
 * Replaces a rule. New recipients hear of incidents that begin from now on; messages that wait for recipients no longer
 * named, or for a rule that is switched off, are discarded. Throws NotifyError `noSuchRule`, `nameTaken`, `noSuchWebhook`.
 */
export async function updateRule(
  db: Db,
  tenantId: string,
  id: number,
  body: NotificationRuleBody,
  { by, now }: Change,
): Promise<NotificationRule> {
  return withFreeName('rule', body.name, () =>
    db.transaction().execute(async (trx) => {
      await requireWebhooks(trx, tenantId, body.webhooks);
      const row = await trx
        .selectFrom('notification_rule')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) throw noSuchRule();
      const recipients = recipientsOf(body, row.recipients, now);
      await trx
        .updateTable('notification_rule')
        .set({ ...columnsOf(body), recipients: JSON.stringify(recipients), updated_at: now, updated_by: by })
        .where('id', '=', id)
        .execute();
      await discardWaiting(trx, tenantId, id, body.enabled ? recipients : []);
      noteChange(trx, { target: targetOf(id), ...changedFields(ruleOf({ ...row, last_notice_at: null }), body) });
      return readRule(trx, tenantId, id);
    }),
  );
}

/** Removes a rule and its messages that wait; what was sent stays in the list. Throws NotifyError `noSuchRule`. */
export async function deleteRule(db: Db, tenantId: string, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .deleteFrom('notification_rule')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw noSuchRule();
    noteChange(trx, { target: targetOf(id), before: ruleOf({ ...row, last_notice_at: null }) });
    await trx.deleteFrom('notification_thread').where('tenant_id', '=', tenantId).where('rule_id', '=', id).execute();
    await discardWaiting(trx, tenantId, id, []);
  });
}

async function discardWaiting(trx: Db, tenantId: string, ruleId: number, keep: readonly StoredRecipient[]) {
  const kept = keep.map(({ channel, target }) => `${channel}/${target.toLowerCase()}`);
  await trx
    .deleteFrom('notification_delivery')
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'waiting')
    .where('notice_id', 'in', (eb) =>
      eb.selectFrom('notification_notice').select('id').where('tenant_id', '=', tenantId).where('rule_id', '=', ruleId),
    )
    .where(sql<boolean>`channel || '/' || lower(target) <> all(${kept}::text[])`)
    .execute();
}

async function requireWebhooks(db: Db, tenantId: string, ids: readonly number[]): Promise<void> {
  const found = await findWebhooks(db, tenantId, ids);
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new NotifyError('noSuchWebhook', `There is no webhook ${missing}.`);
}

function columnsOf({ name, description, enabled, ...body }: NotificationRuleBody) {
  const { sources, severities, firstOnly, includeOrganization, includeLink, quietMinutes } = body;
  const definition: StoredRuleDefinition = {
    sources,
    severities,
    firstOnly,
    includeOrganization,
    includeLink,
    quietMinutes,
  };
  return { name, description, enabled, definition: JSON.stringify(definition) };
}

function recipientsOf(
  { recipients, webhooks }: NotificationRuleBody,
  before: readonly StoredRecipient[],
  now: Date,
): StoredRecipient[] {
  const since = new Map(before.map((old) => [`${old.channel}/${old.target.toLowerCase()}`, old.since]));
  const sinceOf = (channel: string, target: string) =>
    since.get(`${channel}/${target.toLowerCase()}`) ?? now.toISOString();
  return [
    ...recipients.map((target) => ({ channel: 'mail' as const, target, since: sinceOf('mail', target) })),
    ...webhooks
      .map(String)
      .map((target) => ({ channel: 'webhook' as const, target, since: sinceOf('webhook', target) })),
  ];
}

function ruleQuery(db: Db, tenantId: string) {
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
    .where('tenant_id', '=', tenantId);
}

function ruleOf(row: Selectable<NotificationRuleTable> & { last_notice_at: string | null }): NotificationRule {
  const of = (wanted: StoredRecipient['channel']) =>
    row.recipients.filter(({ channel }) => channel === wanted).map(({ target }) => target);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    enabled: row.enabled,
    ...row.definition,
    recipients: of('mail'),
    webhooks: of('webhook').map(Number),
    createdDateTime: row.created_at,
    createdBy: row.created_by,
    lastUpdateDateTime: row.updated_at,
    lastModifiedBy: row.updated_by,
    lastNoticeDateTime: row.last_notice_at,
  };
}

function targetOf(id: number) {
  return { kind: 'notificationRule', id: String(id) };
}

function noSuchRule(): NotifyError {
  return new NotifyError('noSuchRule', 'There is no such rule.');
}
