import type { LiveEvent } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { liveChannel } from '../live/listen.ts';

/** Any constant: whoever writes live events takes this lock first, so that their numbers become visible in order. */
export const liveEventLock = 7_412_602;

/**
 * Writes live events and wakes the listeners at commit. The last statements of a transaction: the lock it takes keeps
 * other writers of live events waiting until the commit.
 */
export async function announce(trx: Db, tenantId: string, events: readonly LiveEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`select pg_advisory_xact_lock(${liveEventLock}::bigint)`.execute(trx);
  await sql`
    with written as (
      insert into live_event (tenant_id, event)
      select ${tenantId}, event from jsonb_array_elements(${JSON.stringify(events)}::jsonb) with ordinality e (event, place)
      order by place
    )
    select pg_notify(${liveChannel}, '')`.execute(trx);
}
