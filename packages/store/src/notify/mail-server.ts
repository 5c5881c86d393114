import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';
import { changedFields } from './changed-fields.ts';
import type { StoredMailServer } from './stored-shapes.ts';

/** Owner of the password or token that signs in to the mail server. */
export const mailSecretOwner = 'notification.mail';

/** Owners of what access tokens are asked for with; they go to the token endpoint alone. */
export const mailClientOwner = 'notification.mail.client';
export const mailRefreshOwner = 'notification.mail.refresh';

/** Where alone that secret may go. */
export function mailDestination({ host, port }: Pick<StoredMailServer, 'host' | 'port'>): string {
  return `smtp://${host.toLowerCase()}:${port}`;
}

/** A tenant's mail server. */
export type MailServerRow = { config: StoredMailServer; updatedAt: string; updatedBy: string };

export async function readMailServer(db: Db, tenantId: string): Promise<MailServerRow | undefined> {
  const row = await db
    .selectFrom('notification_mail_server')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  // What is no object is no mail server: it has to be set again.
  if (row === undefined || Object(row.config) !== row.config) return undefined;
  return { config: row.config, updatedAt: row.updated_at, updatedBy: row.updated_by };
}

/** Sets the mail server; `secretChanged` is for the audit log. */
export async function saveMailServer(
  db: Db,
  tenantId: string,
  { config, secretChanged, by, now }: { config: StoredMailServer; secretChanged: boolean; by: string; now: Date },
): Promise<void> {
  const row = { config: JSON.stringify(config), updated_at: now, updated_by: by };
  await db.transaction().execute(async (trx) => {
    const before = await readMailServer(trx, tenantId);
    await trx
      .insertInto('notification_mail_server')
      .values({ tenant_id: tenantId, ...row })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
      .execute();
    const { before: old, after } = changedFields(before?.config ?? {}, config);
    noteChange(trx, { target, before: old, after: { ...after, ...(secretChanged ? { secret: 'changed' } : {}) } });
  });
}

export async function deleteMailServer(db: Db, tenantId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await readMailServer(trx, tenantId);
    if (before === undefined) return;
    await trx.deleteFrom('notification_mail_server').where('tenant_id', '=', tenantId).execute();
    noteChange(trx, { target, before: { ...before.config } });
  });
}

const target = { kind: 'notificationMailServer', id: 'mail' };

/** The tenant's name, which messages call the organization. */
export async function organizationName(db: Db, tenantId: string): Promise<string> {
  const row = await db.selectFrom('tenant').select('name').where('id', '=', tenantId).executeTakeFirst();
  return row?.name ?? tenantId;
}
