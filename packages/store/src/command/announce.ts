import type { LiveEvent } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

/**
 * Writes live events. The last statement of a transaction: from here to the commit other writers of live events wait, so
 * that the events' numbers become visible in order.
 */
export async function announce(trx: Db, tenantId: string, events: readonly LiveEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into live_event (tenant_id, event)
    select ${tenantId}, event from jsonb_array_elements(${JSON.stringify(events)}::jsonb) with ordinality e (event, place)
    order by place`.execute(trx);
}
