import type { Webhook, WebhookFormat } from '@throughline/model';
import { type Selectable, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { NotificationWebhookTable } from '../database/notification-tables.ts';
import type { Db } from '../database.ts';
import { changedFields } from './changed-fields.ts';
import { NotifyError, withFreeName } from './notify-error.ts';

/** Owner of the secret that signs a webhook's calls. */
export function webhookSecretOwner(id: number): string {
  return `notification.webhook/${id}`;
}

export async function listWebhooks(db: Db, tenantId: string): Promise<Webhook[]> {
  const rows = await db
    .selectFrom('notification_webhook')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('name')
    .execute();
  return rows.map(webhookOf);
}

/** Those of `ids` that exist, by id. */
export async function findWebhooks(db: Db, tenantId: string, ids: readonly number[]): Promise<Map<number, Webhook>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('notification_webhook')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, webhookOf(row)]));
}

/** Throws NotifyError `nameTaken`. */
export async function createWebhook(
  db: Db,
  tenantId: string,
  { name, url, format, by, now }: { name: string; url: string; format: WebhookFormat; by: string; now: Date },
): Promise<Webhook> {
  return withFreeName('webhook', name, () =>
    db.transaction().execute(async (trx) => {
      const row = await trx
        .insertInto('notification_webhook')
        .values({ tenant_id: tenantId, name, url, format, created_at: now, updated_by: by })
        .returningAll()
        .executeTakeFirstOrThrow();
      noteChange(trx, { target: targetOf(row.id), after: told({ name, url, format }) });
      return webhookOf(row);
    }),
  );
}

/** Returns the webhook as it was as well. Throws NotifyError `noSuchWebhook`, `nameTaken`. */
export async function updateWebhook(
  db: Db,
  tenantId: string,
  id: number,
  { name, url, format, by }: { name: string; url: string; format: WebhookFormat; by: string },
): Promise<{ before: Webhook; after: Webhook }> {
  return withFreeName('webhook', name, () =>
    db.transaction().execute(async (trx) => {
      const before = await trx
        .selectFrom('notification_webhook')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (before === undefined) throw noSuchWebhook();
      const after = await trx
        .updateTable('notification_webhook')
        .set({ name, url, format, updated_by: by })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      noteChange(trx, { target: targetOf(id), ...changedFields(told(before), told(after)) });
      return { before: webhookOf(before), after: webhookOf(after) };
    }),
  );
}

/** Throws NotifyError `webhookInUse` when a rule names it, `noSuchWebhook`. */
export async function deleteWebhook(db: Db, tenantId: string, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const using = await trx
      .selectFrom('notification_rule')
      .select('name')
      .where('tenant_id', '=', tenantId)
      .where(sql<boolean>`recipients @> ${JSON.stringify([{ channel: 'webhook', target: String(id) }])}::jsonb`)
      .orderBy('name')
      .execute();
    if (using.length > 0) {
      const names = using.slice(0, 3).map(({ name }) => `“${name}”`);
      throw new NotifyError(
        'webhookInUse',
        `Take the webhook out of the rules that use it first: ${names.join(', ')}.`,
      );
    }
    const { rows: policies } = await sql<{ name: string }>`
      select name from escalation_policy where tenant_id = ${tenantId}
        and steps @> ${JSON.stringify([{ webhooks: [id] }])}::jsonb order by name limit 1`.execute(trx);
    if (policies[0] !== undefined) {
      throw new NotifyError('webhookInUse', `Take the webhook out of the policy “${policies[0].name}” first.`);
    }
    const row = await trx
      .deleteFrom('notification_webhook')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .returning(['name', 'url', 'format'])
      .executeTakeFirst();
    if (row === undefined) throw noSuchWebhook();
    noteChange(trx, { target: targetOf(id), before: told(row) });
  });
}

function webhookOf(row: Selectable<NotificationWebhookTable>): Webhook {
  const { id, name, format, url, created_at, updated_by } = row;
  return { id, name, format, url, createdDateTime: created_at, lastModifiedBy: updated_by };
}

/** What the audit log may hold: the paths of chat systems' addresses are as good as passwords. */
function told({ name, url, format }: { name: string; url: string; format: WebhookFormat }) {
  return { name, format, host: new URL(url).host };
}

function targetOf(id: number) {
  return { kind: 'notificationWebhook', id: String(id) };
}

function noSuchWebhook(): NotifyError {
  return new NotifyError('noSuchWebhook', 'There is no such webhook.');
}
