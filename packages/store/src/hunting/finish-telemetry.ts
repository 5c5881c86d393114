import type { RejectReason } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { storableText } from '../intake/storable-text.ts';
import { recordSet } from '../pipeline/record-set.ts';

/** What became of a source's records. */
export type TelemetryOutcome = { source: string; stored: number; duplicate: number; rejected: number };

/** A record that gave no rows; `raw` is its text. */
export type RejectedRecord = { batchId: number; source: string; reason: RejectReason; detail: string; raw: string };

/** A device as rows name it; empty where they give no such name. Times are ms UTC. */
export type DeviceSeen = { id: string; name: string; first: number; last: number };

/** What is noted of batches whose rows are on disk. */
export type TelemetryWrite = {
  batchIds: readonly number[];
  outcomes: readonly TelemetryOutcome[];
  rejected: readonly RejectedRecord[];
  devices: readonly DeviceSeen[];
};

/** Marks batches of telemetry done and counts what became of their records, within the caller's transaction. */
export async function finishTelemetry(trx: Db, tenantId: string, write: TelemetryWrite): Promise<void> {
  const { batchIds, outcomes, rejected, devices } = write;
  if (devices.length > 0) {
    const seen = devices.map(({ id, name, first, last }) => ({
      id: storableText(id),
      name: storableText(name),
      first: new Date(first).toISOString(),
      last: new Date(last).toISOString(),
    }));
    await sql`
      insert into telemetry_device as d (tenant_id, device_id, device_name, first_seen, last_seen)
      select ${tenantId}, id, name, first, last
      from json_to_recordset(${recordSet(seen)}::json) as t (id text, name text, first timestamptz, last timestamptz)
      order by id, name
      on conflict (tenant_id, device_id, device_name) do update set
        first_seen = least(d.first_seen, excluded.first_seen), last_seen = greatest(d.last_seen, excluded.last_seen)`.execute(
      trx,
    );
  }
  if (rejected.length > 0) {
    await sql`
      insert into dead_letter (tenant_id, batch_id, source, reason, detail, line, raw)
      select ${tenantId}, t.batch, t.source, t.reason, t.detail, 0, t.raw
      from unnest(
        ${rejected.map((one) => one.batchId)}::bigint[],
        ${rejected.map((one) => storableText(one.source))}::text[],
        ${rejected.map((one) => one.reason)}::text[],
        ${rejected.map((one) => storableText(one.detail))}::text[],
        ${rejected.map((one) => Buffer.from(one.raw, 'utf8'))}::bytea[]
      ) as t (batch, source, reason, detail, raw)`.execute(trx);
  }
  await sql`
    update intake_batch set done_at = now(), alerts = null where id = any(${batchIds}::bigint[])`.execute(trx);
  // Last, in order of source, as everywhere: appending requests wait for these rows.
  await sql`
    insert into ledger as l (tenant_id, source, stored, duplicate, rejected)
    select ${tenantId}, source, stored, duplicate, rejected from json_to_recordset(${recordSet(outcomes)}::json)
      as t (source text, stored bigint, duplicate bigint, rejected bigint)
    order by source
    on conflict (tenant_id, source) do update set stored = l.stored + excluded.stored,
      duplicate = l.duplicate + excluded.duplicate, rejected = l.rejected + excluded.rejected`.execute(trx);
  const reasons = reasonsOf(outcomes, rejected);
  await sql`
    insert into ledger_reason as r (tenant_id, source, reason, count)
    select ${tenantId}, source, reason, count from json_to_recordset(${recordSet(reasons)}::json)
      as t (source text, reason text, count bigint)
    where count > 0 order by source, reason
    on conflict (tenant_id, source, reason) do update set count = r.count + excluded.count`.execute(trx);
}

function reasonsOf(outcomes: readonly TelemetryOutcome[], rejected: readonly RejectedRecord[]) {
  const counts = new Map<string, { source: string; reason: string; count: number }>();
  const add = (source: string, reason: string, count: number) => {
    const key = `${source}\n${reason}`;
    const known = counts.get(key);
    if (known) known.count += count;
    else counts.set(key, { source, reason, count });
  };
  for (const { source, duplicate } of outcomes) add(source, 'unchanged', duplicate);
  for (const { source, reason } of rejected) add(source, reason, 1);
  return [...counts.values()];
}
