import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** How many accepted batches of all tenants wait for the pipeline, counted up to `most`. */
export async function countWaitingBatches(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select from intake_batch where done_at is null limit ${most}) as waiting`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
