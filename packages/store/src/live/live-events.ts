import type { LiveEvent } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** A stored live event; numbers grow, with gaps. */
export type StoredLiveEvent = {
  id: number;
  tenantId: string;
  event: LiveEvent;
  /** Device groups of its incident now; null when it is about none. */
  groups: number[] | null;
};

/** The numbers of the oldest event kept and of the newest; both 0 when there is none. */
export async function liveEventRange(db: Db): Promise<{ oldest: number; newest: number }> {
  const row = await db
    .selectFrom('live_event')
    .select((eb) => [eb.fn.min('id').as('oldest'), eb.fn.max('id').as('newest')])
    .executeTakeFirst();
  return { oldest: row?.oldest ?? 0, newest: row?.newest ?? 0 };
}

/** Events of all tenants with a number above `after`, oldest first, at most `limit`. */
export async function liveEventsAfter(db: Db, after: number, limit: number): Promise<StoredLiveEvent[]> {
  const rows = await db
    .selectFrom('live_event')
    .select(['id', 'tenant_id', 'event'])
    .select(groupsOfEvent.as('groups'))
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, tenant_id, event, groups }) => ({ id, tenantId: tenant_id, event, groups }));
}

const groupsOfEvent = sql<number[] | null>`case when event ? 'incidentId' then coalesce((
  select i.device_groups from incident i
  where i.tenant_id = live_event.tenant_id and i.id = (event ->> 'incidentId')::int), '{}') end`;

/** Removes a tenant's events from before `before`: whoever was away longer reads everything again. */
export async function pruneLiveEvents(db: Db, tenantId: string, before: Date): Promise<void> {
  await db.deleteFrom('live_event').where('tenant_id', '=', tenantId).where('at', '<', before.toISOString()).execute();
}
