import { sql } from 'kysely';
import type { Db } from '../database.ts';

const atOnce = 10_000;

/**
 * Forgets batches that were done more than `days` ago and left no dead letter: their alerts and counts are kept
 * elsewhere. Returns how many. A few thousand at a time, so that appending never waits for it.
 */
export async function pruneIntakeLog(db: Db, days = 7): Promise<number> {
  for (let total = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`
      delete from intake_batch where id in (
        select id from intake_batch b
        where done_at < now() - make_interval(days => ${days})
          and not exists (select from dead_letter d where d.batch_id = b.id or d.replay_batch_id = b.id)
        order by id limit ${atOnce}
      )`.execute(db);
    total += Number(numAffectedRows);
    if (numAffectedRows < atOnce) return total;
  }
}
