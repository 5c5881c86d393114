import type { Ledger } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

type Row = {
  source: string;
  received: number;
  stored: number;
  duplicate: number;
  rejected: number;
  pending: number;
  deleted: number;
  hidden: number;
  autoResolved: number;
  reasons: Record<string, number>;
  last_received_at: string | null;
};

/**
 * The ledger of a tenant at one moment, by source in alphabetical order. `pending` is counted from the batches that
 * still wait, not derived from the other columns: `balanced` says that received = stored + duplicate + rejected +
 * pending for every source; `deleted` of the stored were deleted since; tuning rules
 * hid `hidden` of them and resolved `autoResolved` as they came in.
 */
export async function readLedger(db: Db, tenantId: string): Promise<Ledger> {
  const { rows } = await sql<Row>`
    with waiting as (
      select e.key as source, sum(e.value::bigint)::bigint as pending
      from intake_batch b, jsonb_each_text(b.sources) e
      where b.tenant_id = ${tenantId} and b.done_at is null
      group by e.key
    ),
    reasons as (
      select source, jsonb_object_agg(reason, count order by reason) as reasons
      from ledger_reason where tenant_id = ${tenantId} and count > 0 group by source
    )
    select l.source, l.received, l.stored, l.duplicate, l.rejected, l.deleted, l.hidden,
      l.auto_resolved as "autoResolved", l.last_received_at,
      coalesce(w.pending, 0) as pending, coalesce(r.reasons, '{}') as reasons
    from ledger l left join waiting w using (source) left join reasons r using (source)
    where l.tenant_id = ${tenantId}
    order by l.source`.execute(db);
  return {
    sources: rows.map(({ last_received_at, ...row }) => ({ ...row, lastReceivedDateTime: last_received_at })),
    balanced: rows.every((row) => row.received === row.stored + row.duplicate + row.rejected + row.pending),
  };
}
