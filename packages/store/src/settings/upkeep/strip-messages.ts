import { sql } from 'kysely';
import type { Db } from '../../database.ts';

/**
 * Removes the text of a tenant's messages that were made before `before` and sent: alerts, subject, note. That a message
 * was sent, to whom, when and about which incident stays. Those that were given up go whole; none that waits is touched.
 */
export async function stripMessages(db: Db, tenantId: string, before: Date): Promise<void> {
  const old = sql`tenant_id = ${tenantId} and created_at < ${before.toISOString()}`;
  await sql`delete from notification_delivery where ${old} and state = 'dead'`.execute(db);
  await sql`
    update notification_delivery set subject = null, last_error = null, said = said - 'note'
    where ${old} and state = 'sent' and subject is not null`.execute(db);
  await sql`
    update notification_notice n set alerts = '[]', about = case when about is null then null else '{}'::jsonb end
    where ${old} and (alerts <> '[]' or about <> '{}'::jsonb) and not exists (
      select from notification_delivery d where d.notice_id = n.id and d.state in ('waiting', 'sending'))`.execute(db);
  await sql`
    delete from notification_escalation where tenant_id = ${tenantId} and state <> 'running'
      and ended_at < ${before.toISOString()}`.execute(db);
}
