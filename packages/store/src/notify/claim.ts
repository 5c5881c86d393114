import type { NoticeAbout, NoticeEvent } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { Said } from './said.ts';
import type { StoredAlertLine } from './stored-shapes.ts';

/** A delivery that is ours to try now. */
export type ClaimedDelivery = {
  id: number;
  tenantId: string;
  /** Of a rule's message; otherwise `said` tells. */
  noticeId: number | null;
  said: Said | null;
  escalationId: number | null;
  key: string;
  threadKey: string;
  channel: 'mail' | 'webhook';
  target: string;
  /** As rendered at the first try; null before it. */
  message: unknown;
  messageId: string | null;
  /** This try included. */
  attempts: number;
};

/** One address out: the tenant's mail server, or one webhook. */
export function wayOut(tenantId: string, channel: 'mail' | 'webhook', target: string): string {
  return channel === 'mail' ? `${tenantId}/mail` : `${tenantId}/webhook/${target}`;
}

/**
 * Takes deliveries that are due, oldest first, at most `limit`; of one thread one at a time, so that messages arrive in
 * order: one that was tried and waits to be tried again holds back those after it, one that waits out a quiet period does
 * not. `blocked` are ways out (`wayOut`) not to be tried now.
 */
export async function claimDeliveries(
  db: Db,
  { now, limit, blocked }: { now: Date; limit: number; blocked: readonly string[] },
): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedDelivery>`
    with due as (
      select d.id from notification_delivery d
      where d.state = 'waiting' and d.due_at <= ${now}
        and d.tenant_id || case d.channel when 'mail' then '/mail' else '/webhook/' || d.target end
          <> all(${blocked}::text[])
        and not exists (
          select from notification_delivery e
          where e.tenant_id = d.tenant_id and e.thread_key = d.thread_key and (e.state = 'sending'
            or e.state = 'waiting' and e.id < d.id and (e.attempts > 0 or e.due_at <= ${now})))
      order by d.due_at, d.id limit ${limit}
      for update skip locked
    )
    update notification_delivery d set state = 'sending', attempts = attempts + 1
    from due where d.id = due.id
    returning d.id, d.tenant_id as "tenantId", d.notice_id as "noticeId", d.key, d.thread_key as "threadKey",
      d.channel, d.target, d.message, d.said,
      d.escalation_id as "escalationId", d.message_id as "messageId", d.attempts`.execute(db);
  return rows.sort((a, b) => a.id - b.id);
}

/** What a message is to say. Nothing is added to it from now on. */
export type ClosedNotice = {
  ruleId: number;
  ruleName: string;
  /** 0 = it is about something else. */
  incidentId: number;
  event: NoticeEvent;
  /** What it is about when it is no incident. */
  about: NoticeAbout | null;
  /** Device groups that its rule is about: nothing else may be told; null = all. A rule that is gone has none. */
  deviceGroups: number[] | null;
  alerts: StoredAlertLine[];
  alertCount: number;
  mergedFrom: number[];
  includeOrganization: boolean;
  includeLink: boolean;
  stream: string;
};

/** Closes a notice for rendering and reads it, with what its rule wants shown. */
export async function closeNotice(db: Db, noticeId: number, now: Date): Promise<ClosedNotice> {
  const { rows } = await sql<ClosedNotice & { definition: unknown }>`
    with closed as (
      update notification_notice set rendered_at = coalesce(rendered_at, ${now}) where id = ${noticeId} returning *
    )
    select n.rule_id as "ruleId", n.rule_name as "ruleName", coalesce(n.incident_id, 0) as "incidentId", n.event,
      n.about, case when r.id is null then '{}' else r.device_groups end as "deviceGroups", n.alerts,
      n.alert_count as "alertCount", n.merged_from as "mergedFrom", p.stream,
      coalesce((r.definition ->> 'includeOrganization')::boolean, false) as "includeOrganization",
      coalesce((r.definition ->> 'includeLink')::boolean, false) as "includeLink"
    from closed n
    join notification_position p on p.tenant_id = n.tenant_id
    left join notification_rule r on r.tenant_id = n.tenant_id and r.id = n.rule_id`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error(`notice ${noticeId} is gone`);
  return row;
}

/** Message-IDs of what was sent before in the same thread, oldest first: the first one and the last few. */
export async function earlierMessageIds(
  db: Db,
  tenantId: string,
  threadKey: string,
  before: number,
): Promise<string[]> {
  const sent = db
    .selectFrom('notification_delivery')
    .select(['id', 'message_id'])
    .where('tenant_id', '=', tenantId)
    .where('thread_key', '=', threadKey)
    .where('id', '<', before)
    .where('state', '=', 'sent')
    .where('message_id', 'is not', null);
  const [first, last] = await Promise.all([
    sent.orderBy('id').limit(1).execute(),
    sent.orderBy('id', 'desc').limit(10).execute(),
  ]);
  const byId = new Map([...first, ...last.reverse()].map((row) => [row.id, row.message_id as string]));
  return [...byId.values()];
}

/** Keeps a rendered message, so that every try sends the same. */
export async function keepMessage(
  db: Db,
  id: number,
  { message, messageId, subject }: { message: object; messageId: string; subject: string },
): Promise<void> {
  await db
    .updateTable('notification_delivery')
    .set({ message: JSON.stringify(message), message_id: messageId, subject })
    .where('id', '=', id)
    .execute();
}
