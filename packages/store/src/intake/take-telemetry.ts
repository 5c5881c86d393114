import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { decodeTelemetry, type TelemetryRecord } from './telemetry-codec.ts';

/** An accepted batch of telemetry that waits to be stored. `receivedAt`: ISO 8601. */
export type WaitingTelemetry = { id: number; receivedAt: string; records: TelemetryRecord[] };

/**
 * The oldest waiting batches of telemetry of a tenant, save those in `except`: at least one when any waits, more as far
 * as the limits allow. `maxBytes` counts as stored, compressed.
 */
export async function takeTelemetry(
  db: Db,
  tenantId: string,
  { except = [], maxRecords, maxBytes }: { except?: readonly number[]; maxRecords: number; maxBytes: number },
): Promise<WaitingTelemetry[]> {
  const { rows } = await sql<{ id: number; received_at: string; alerts: Buffer | null }>`
    select id, received_at, alerts from intake_batch where id in (
      select id from (
        select id, sum(accepted) over w as records, sum(octet_length(alerts)) over w as bytes, row_number() over w as n
        from (
          select id, accepted, alerts from intake_batch
          where tenant_id = ${tenantId} and done_at is null and telemetry and id <> all(${except}::bigint[])
          order by id limit 1000
        ) as waiting window w as (order by id)
      ) as counted
      where n = 1 or (records <= ${maxRecords} and bytes <= ${maxBytes})
    ) order by id`.execute(db);
  return Promise.all(
    rows.map(async ({ id, received_at, alerts }) => ({
      id,
      receivedAt: received_at,
      records: alerts === null ? [] : await decodeTelemetry(alerts),
    })),
  );
}

/** The newest waiting batch of telemetry; 0 when none waits. */
export async function newestTelemetry(db: Db, tenantId: string): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`
    select max(id) as id from intake_batch where tenant_id = ${tenantId} and done_at is null and telemetry`.execute(db);
  return rows[0]?.id ?? 0;
}
