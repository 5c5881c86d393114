import { devicelessId, type NotificationRuleBody } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import type { Viewer } from '../query/viewer.ts';
import { changedFields } from './changed-fields.ts';
import { requirePolicy } from './escalation-policies.ts';
import { NotifyError, withFreeName } from './notify-error.ts';
import { type AuthoredRule, noSuchRule, readRule, ruleFields, ruleTarget, seesRule, webhooksOf } from './read-rules.ts';
import type { StoredRecipient, StoredRuleDefinition } from './stored-shapes.ts';
import { findWebhooks } from './webhooks.ts';

/** Who changes something, and when. */
export type Change = { by: string; now: Date };
/** The same for a rule. `author`: their account; null = no person, whose rights are never asked. */
export type RuleChange = Change & { author: number | null };

/**
 * Makes a rule. It tells about incidents that begin from now on. Throws NotifyError `nameTaken`, `noSuchWebhook`,
 * `noSuchGroup`; `beyondScope` for what the viewer does not see.
 */
export async function createRule(
  db: Db,
  viewer: Viewer,
  body: NotificationRuleBody,
  { by, now, author }: RuleChange,
): Promise<AuthoredRule> {
  const { tenantId } = viewer;
  return withFreeName('rule', body.name, () =>
    db.transaction().execute(async (trx) => {
      await requireReach(trx, viewer, body, { webhooks: [], policyId: null });
      await requireWebhooks(trx, tenantId, body.webhooks);
      await requirePolicy(trx, tenantId, body.policyId);
      const { id } = await trx
        .insertInto('notification_rule')
        .values({
          tenant_id: tenantId,
          kind: body.kind,
          author_id: author,
          ...columnsOf(body),
          recipients: JSON.stringify(recipientsOf(body, [], now)),
          created_at: now,
          created_by: by,
          updated_at: now,
          updated_by: by,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      noteChange(trx, { target: ruleTarget(id), after: body });
      return readRule(trx, viewer, id);
    }),
  );
}

/**
 * Replaces a rule. New recipients hear of incidents that begin from now on; messages that wait for recipients no longer
 * named, or for a rule that is switched off, are discarded. Its kind stays. Throws NotifyError `noSuchRule`, `nameTaken`,
 * `noSuchWebhook`, `noSuchGroup`; `beyondScope` for what the viewer does not see.
 */
export async function updateRule(
  db: Db,
  viewer: Viewer,
  id: number,
  body: NotificationRuleBody,
  { by, now, author }: RuleChange,
): Promise<AuthoredRule> {
  const { tenantId } = viewer;
  return withFreeName('rule', body.name, () =>
    db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('notification_rule')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where(seesRule(viewer))
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) throw noSuchRule();
      const known = { webhooks: webhooksOf(row.recipients), policyId: row.policy_id };
      await requireReach(trx, viewer, body, known);
      await requireWebhooks(trx, tenantId, body.webhooks);
      await requirePolicy(trx, tenantId, body.policyId);
      const recipients = recipientsOf(body, row.recipients, now);
      await trx
        .updateTable('notification_rule')
        .set({
          ...columnsOf(body),
          recipients: JSON.stringify(recipients),
          author_id: author,
          updated_at: now,
          updated_by: by,
        })
        .where('id', '=', id)
        .execute();
      await discardWaiting(trx, tenantId, id, body.enabled ? recipients : []);
      noteChange(trx, { target: ruleTarget(id), ...changedFields(ruleFields(row), body) });
      return readRule(trx, viewer, id);
    }),
  );
}

/** Removes a rule and its messages that wait; what was sent stays in the list. Throws NotifyError `noSuchRule`. */
export async function deleteRule(db: Db, viewer: Viewer, id: number): Promise<void> {
  const { tenantId } = viewer;
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .deleteFrom('notification_rule')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where(seesRule(viewer))
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw noSuchRule();
    noteChange(trx, { target: ruleTarget(id), before: ruleFields(row) });
    await forgetRule(trx, tenantId, id);
  });
}

/** Removes what a rule that is gone leaves behind: threads, counts, messages that wait. */
export async function forgetRule(trx: Db, tenantId: string, id: number): Promise<void> {
  await trx.deleteFrom('notification_thread').where('tenant_id', '=', tenantId).where('rule_id', '=', id).execute();
  await sql`delete from notification_rule_count where tenant_id = ${tenantId} and rule_id = ${id}`.execute(trx);
  await discardWaiting(trx, tenantId, id, []);
}

/** Removes the messages of a rule that wait, but for those of `keep`. */
export async function discardWaiting(
  trx: Db,
  tenantId: string,
  ruleId: number,
  keep: readonly StoredRecipient[],
): Promise<void> {
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

/** Refuses a rule that reaches further than its writer sees, or names a group that is not there. */
async function requireReach(
  db: Db,
  viewer: Viewer,
  body: NotificationRuleBody,
  known: { webhooks: readonly number[]; policyId: number | null },
): Promise<void> {
  const { deviceGroups, webhooks, policyId } = body;
  const own = viewer.groups;
  if (own !== null) {
    if (deviceGroups === null || !deviceGroups.every((group) => own.includes(group))) {
      throw new NotifyError('beyondScope', 'Choose among your device groups: the rule may be about no others.');
    }
    if (!webhooks.every((id) => known.webhooks.includes(id))) {
      throw new NotifyError('beyondScope', 'Webhooks concern everything: an administrator without a scope adds them.');
    }
    if (policyId !== null && policyId !== known.policyId) {
      throw new NotifyError(
        'beyondScope',
        'Escalations concern everything: an administrator without a scope adds them.',
      );
    }
  }
  const wanted = (deviceGroups ?? []).filter((group) => group !== devicelessId);
  const { rows } = await sql<{ id: number }>`
    select wanted as id from unnest(${wanted}::int[]) wanted
    where not exists (select from device_group g where g.tenant_id = ${viewer.tenantId} and g.id = wanted)
    limit 1`.execute(db);
  if (rows[0] !== undefined) throw new NotifyError('noSuchGroup', `There is no device group ${rows[0].id}.`);
}

async function requireWebhooks(db: Db, tenantId: string, ids: readonly number[]): Promise<void> {
  const found = await findWebhooks(db, tenantId, ids);
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new NotifyError('noSuchWebhook', `There is no webhook ${missing}.`);
}

function columnsOf({ name, description, enabled, deviceGroups, policyId, ...body }: NotificationRuleBody) {
  const { sources, severities, firstOnly, includeOrganization, includeLink, quietMinutes } = body;
  const { action, report, operations } = body;
  const definition: StoredRuleDefinition = {
    ...{ sources, severities, firstOnly, includeOrganization, includeLink, quietMinutes },
    ...{ action, report, operations },
  };
  return {
    name,
    description,
    enabled,
    device_groups: deviceGroups,
    policy_id: policyId,
    definition: JSON.stringify(definition),
  };
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
