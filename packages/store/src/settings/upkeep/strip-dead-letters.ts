import { sql } from 'kysely';
import type { Db } from '../../database.ts';

const atOnce = 1_000;

/**
 * Removes the raw bytes of a tenant's dead letters from before `before`; source, reason, line and time stay. Returns of
 * how many. Some at a time, so that nobody waits for it.
 */
export async function stripDeadLetters(db: Db, tenantId: string, before: Date): Promise<number> {
  for (let total = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`
      update dead_letter set raw = null where id in (
        select id from dead_letter where tenant_id = ${tenantId} and at < ${before.toISOString()} and raw is not null
        order by at limit ${atOnce}
      )`.execute(db);
    total += Number(numAffectedRows);
    if (numAffectedRows < atOnce) return total;
  }
}
