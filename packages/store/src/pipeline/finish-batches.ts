import { sql } from 'kysely';
import { recordSet } from './record-set.ts';
import type { WriterTransaction } from './writer.ts';

/** What became of a source's alerts. */
export type SourceOutcome = {
  source: string;
  stored: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Of those stored: hidden, or resolved, by tuning rules. */
  hidden: number;
  autoResolved: number;
};

/** An alert the database would not have; `raw` is its JSON. */
export type RefusedAlert = { batchId: number; source: string; detail: string; raw: string };

/** Marks batches done, counts what became of their alerts, and keeps what was refused as dead letters. */
export async function finishBatches(
  trx: WriterTransaction,
  tenantId: string,
  batchIds: readonly number[],
  outcomes: readonly SourceOutcome[],
  refused: readonly RefusedAlert[],
): Promise<void> {
  if (refused.length > 0) {
    await sql`
      insert into dead_letter (tenant_id, batch_id, source, reason, detail, line, raw)
      select ${tenantId}, "batchId", source, 'storeRefused', detail, 0, convert_to(raw, 'UTF8')
      from json_to_recordset(${recordSet(refused)}::json) as t ("batchId" bigint, source text, detail text, raw text)`.execute(
      trx,
    );
  }
  await sql`
    update intake_batch set done_at = now(), alerts = null where id = any(${batchIds}::bigint[])`.execute(trx);
  // Last, in order of source: appending requests wait for these rows.
  const reasons = outcomes.flatMap(({ source, updated, unchanged, refused: storeRefused }) =>
    Object.entries({ updated, unchanged, storeRefused }).map(([reason, count]) => ({ source, reason, count })),
  );
  await sql`
    insert into ledger as l (tenant_id, source, stored, duplicate, rejected, hidden, auto_resolved)
    select ${tenantId}, source, stored, updated + unchanged, refused, hidden, "autoResolved"
    from json_to_recordset(${recordSet(outcomes)}::json)
      as t (source text, stored bigint, updated bigint, unchanged bigint, refused bigint, hidden bigint,
        "autoResolved" bigint)
    order by source
    on conflict (tenant_id, source) do update set stored = l.stored + excluded.stored,
      duplicate = l.duplicate + excluded.duplicate, rejected = l.rejected + excluded.rejected,
      hidden = l.hidden + excluded.hidden, auto_resolved = l.auto_resolved + excluded.auto_resolved`.execute(trx);
  await sql`
    insert into ledger_reason as r (tenant_id, source, reason, count)
    select ${tenantId}, source, reason, count
    from json_to_recordset(${recordSet(reasons)}::json) as t (source text, reason text, count bigint)
    where count > 0 order by source, reason
    on conflict (tenant_id, source, reason) do update set count = r.count + excluded.count`.execute(trx);
}
