import { sql } from 'kysely';
import type { WriterTransaction } from '../pipeline/writer.ts';
import { type RearrangedBy, writeJournal } from './journal.ts';

/**
 * Puts alerts of one incident into another, which exists, and notes it in the journal. The incidents' rows are to be
 * settled afterwards. Returns the entry's number.
 */
export async function moveAlerts(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  { from, into, alerts }: { from: number; into: number; alerts: readonly number[] },
  by: RearrangedBy,
): Promise<number> {
  const id = await writeJournal(trx, tenantId, now, { ...by, kind: 'move', from, into, alerts });
  await putAlerts(trx, tenantId, now, { into, alerts, id });
  return id;
}

/** Sets where alerts are, and which entry of the journal put them there. */
export async function putAlerts(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  { into, alerts, id }: { into: number; alerts: readonly number[]; id: number },
): Promise<void> {
  await sql`
    update alert set incident_id = ${into}, rearrangement_id = ${id}, updated_at = ${now}
    where tenant_id = ${tenantId} and seq = any(${alerts}::bigint[])`.execute(trx);
}
