import type { Delivery, DeliveryPage, DeliveryState } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { NotifyError } from './notify-error.ts';

/** Messages of a tenant, newest first, with counts by state. */
export async function listDeliveries(
  db: Db,
  tenantId: string,
  { state, limit, cursor }: { state?: DeliveryState | undefined; limit: number; cursor?: string | undefined },
): Promise<DeliveryPage> {
  let query = deliveryQuery(db, tenantId)
    .orderBy('d.id', 'desc')
    .limit(limit + 1);
  if (state !== undefined) query = query.where('d.state', '=', state);
  if (cursor !== undefined) query = query.where('d.id', '<', Number(cursor));
  const [rows, counts] = await Promise.all([query.execute(), countByState(db, tenantId)]);
  const items = rows.slice(0, limit);
  return { items, counts, next: rows.length > limit ? String(items.at(-1)?.id) : null };
}

async function countByState(db: Db, tenantId: string): Promise<DeliveryPage['counts']> {
  const rows = await db
    .selectFrom('notification_delivery')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .where('tenant_id', '=', tenantId)
    .groupBy('state')
    .execute();
  return {
    waiting: 0,
    sending: 0,
    sent: 0,
    dead: 0,
    ...Object.fromEntries(rows.map(({ state, count }) => [state, count])),
  };
}

/**
 * Tries a dead letter again, with full patience (ms); one that waits is tried at once. Throws NotifyError
 * `noSuchDelivery`, `notRetryable`.
 */
export async function retryDelivery(
  db: Db,
  tenantId: string,
  id: number,
  { now, patience }: { now: Date; patience: number },
): Promise<Delivery> {
  const { numUpdatedRows } = await db
    .updateTable('notification_delivery')
    .set({ state: 'waiting', attempts: 0, due_at: now, give_up_at: new Date(now.getTime() + patience) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', 'in', ['dead', 'waiting'])
    .executeTakeFirst();
  const delivery = await deliveryQuery(db, tenantId).where('d.id', '=', id).executeTakeFirst();
  if (delivery === undefined) throw new NotifyError('noSuchDelivery', 'There is no such message.');
  if (numUpdatedRows === 0n) throw new NotifyError('notRetryable', `The message is ${delivery.state}.`);
  return delivery;
}

function deliveryQuery(db: Db, tenantId: string) {
  return db
    .selectFrom('notification_delivery as d')
    .leftJoin('notification_notice as n', 'n.id', 'd.notice_id')
    .select([
      'd.id',
      'd.channel',
      'd.state',
      'd.subject',
      'd.attempts',
      'd.last_error as lastError',
      'd.created_at as createdDateTime',
      'd.due_at as dueDateTime',
      'd.sent_at as sentDateTime',
    ])
    .select([
      sql<number>`coalesce(n.rule_id, 0)`.as('ruleId'),
      sql<string>`coalesce(n.rule_name, d.said ->> 'policyName', d.said ->> 'ruleName', d.said ->> 'by', '')`.as(
        'ruleName',
      ),
      sql<number | null>`coalesce(n.incident_id, (d.said ->> 'incidentId')::int)`.as('incidentId'),
      sql<Delivery['event']>`coalesce(n.event, d.said ->> 'kind')`.as('event'),
    ])
    .select(
      sql<string>`case d.channel when 'mail' then d.target else coalesce((select name from notification_webhook w
        where w.tenant_id = d.tenant_id and w.id::text = d.target), 'webhook ' || d.target) end`.as('target'),
    )
    .where('d.tenant_id', '=', tenantId);
}
