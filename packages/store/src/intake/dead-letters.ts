import type { DeadLetterPage, RejectReason } from '@throughline/model';
import { sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';

export type DeadLetterQuery = {
  source?: string | undefined;
  reason?: RejectReason | undefined;
  limit: number;
  /** `next` of the page before. */
  cursor?: string | undefined;
};

/** A page of dead letters, newest first. `total` is exact for the filter. An unreadable cursor starts at the newest. */
export async function listDeadLetters(db: Db, tenantId: string, query: DeadLetterQuery): Promise<DeadLetterPage> {
  let matching = db.selectFrom('dead_letter').where('tenant_id', '=', tenantId);
  if (query.source !== undefined) matching = matching.where('source', '=', query.source);
  if (query.reason !== undefined) matching = matching.where('reason', '=', query.reason);
  const before = /^\d{1,15}$/.test(query.cursor ?? '') ? Number(query.cursor) : null;
  const [rows, { total }] = await Promise.all([
    (before === null ? matching : matching.where('id', '<', before))
      .select(['id', 'at', 'source', 'reason', 'detail', 'line', 'batch_id', 'replayed_at'])
      .select(sql<number | null>`octet_length(raw)`.as('size'))
      .orderBy('id', 'desc')
      .limit(query.limit + 1)
      .execute(),
    matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  const items = rows.slice(0, query.limit).map(({ batch_id, replayed_at, ...row }) => ({
    ...row,
    batchId: String(batch_id),
    replayedDateTime: replayed_at,
  }));
  return { items, total, next: rows.length > query.limit ? String(items.at(-1)?.id) : null };
}

/**
 * The raw bytes of a dead letter and where it came from, or `null` when the tenant has none of this id. `raw` is null
 * once retention removed the bytes.
 */
export async function deadLetterRaw(
  db: Db,
  tenantId: string,
  id: number,
): Promise<{ source: string; reason: RejectReason; raw: Buffer | null; replayedDateTime: string | null } | null> {
  const row = await db
    .selectFrom('dead_letter')
    .select(['source', 'reason', 'raw', 'replayed_at'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? { source: row.source, reason: row.reason, raw: row.raw, replayedDateTime: row.replayed_at } : null;
}

/**
 * Notes that a dead letter went through intake again as batch `batchId`. The replay counts as newly received; the
 * letter itself stays, and stays counted as rejected: it was. Returns false when it had been replayed already.
 */
export async function markReplayed(db: Db, tenantId: string, id: number, batchId: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('dead_letter')
      .set({ replayed_at: sql`now()`, replay_batch_id: batchId })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('replayed_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    noteChange(trx, { target: { kind: 'deadLetter', id: String(id) }, after: { batch: String(batchId) } });
    return true;
  });
}
