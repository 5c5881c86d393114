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

/** How many batches are due, of all tenants and by lane, counted up to `most` in all. */
export async function countDueBatches(db: Db, most: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ lane: string; count: number }>`
    select lane, count(*) as count
    from (select lane from intake_batch where done_at is null and due_at <= now() limit ${most}) as due
    group by lane`.execute(db);
  return new Map(rows.map(({ lane, count }) => [lane, count]));
}
