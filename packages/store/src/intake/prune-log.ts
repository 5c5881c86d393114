import { sql } from 'kysely';
import type { Db } from '../database.ts';

const atOnce = 10_000;

/**
 * Forgets a tenant's batches that were done before `before` and left no dead letter: their alerts and counts are kept
 * elsewhere. Returns how many. A few thousand at a time, so that appending never waits for it.
 */
export async function pruneIntakeLog(db: Db, tenantId: string, before: Date): Promise<number> {
  for (let total = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`
      delete from intake_batch where id in (
        select id from intake_batch b
        where b.tenant_id = ${tenantId} and done_at < ${before.toISOString()}
          and not exists (select from dead_letter d where d.batch_id = b.id or d.replay_batch_id = b.id)
        order by id limit ${atOnce}
      )`.execute(db);
    total += Number(numAffectedRows);
    if (numAffectedRows < atOnce) return total;
  }
}
