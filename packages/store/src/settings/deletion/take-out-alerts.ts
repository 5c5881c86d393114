import { sql } from 'kysely';
import type { Db } from '../../database.ts';
import { raiseGeneration } from './correlation-generation.ts';
import { deleteAlerts } from './delete-alerts.ts';

/** Brings incidents (numbers) in line with the alerts they still hold, each at least one, within the transaction. */
export type SettleRemaining = (trx: Db, tenantId: string, incidents: readonly number[], now: Date) => Promise<void>;

/** Incidents, and alerts that these may hold together; the first incident goes whatever it holds. */
const atOnce = { incidents: 100, alerts: 3_000 };

/**
 * Takes marked alerts out of the next incidents that stay, and has these settled. One that a person or a merge emptied
 * of all else meanwhile is marked to go whole. Returns false when no alert is left to take out.
 */
export async function takeOutAlerts(
  trx: Db,
  deletion: { id: number; tenantId: string },
  settle: SettleRemaining,
  now: Date,
): Promise<boolean> {
  const { id, tenantId } = deletion;
  const { rows: next } = await sql<{ id: number }>`
    select id from (
      select i.id, sum(i.alerts_total) over (order by i.id) - i.alerts_total as before from incident i
      where i.tenant_id = ${tenantId} and i.id in (
        select a.incident_id from (
          select alert_seq from deletion_alert where deletion_id = ${id} order by alert_seq limit ${atOnce.incidents}
        ) x join alert a on a.seq = x.alert_seq)
    ) t where before < ${atOnce.alerts} order by id`.execute(trx);
  const ids = next.map((row) => row.id);
  if (ids.length === 0) return false;
  const those = sql`any(${ids}::int[])`;
  await sql`select from incident where tenant_id = ${tenantId} and id = ${those} order by id for update`.execute(trx);
  const { rows: marked } = await sql<{ seq: number; alertId: string; incidentId: number }>`
    select a.seq, a.id as "alertId", a.incident_id as "incidentId" from alert a
    join deletion_alert x on x.alert_seq = a.seq and x.deletion_id = ${id}
    where a.tenant_id = ${tenantId} and a.incident_id = ${those} order by a.seq`.execute(trx);
  await forgetNotes(
    trx,
    tenantId,
    ids,
    marked.map(({ alertId }) => alertId),
  );
  await deleteAlerts(
    trx,
    deletion,
    marked.map(({ seq }) => seq),
  );
  const { rows: holding } = await sql<{ id: number }>`
    select i.id from incident i where i.tenant_id = ${tenantId} and i.id = ${those}
      and exists (select from alert a where a.tenant_id = i.tenant_id and a.incident_id = i.id)`.execute(trx);
  const kept = holding.map((row) => row.id);
  const emptied = ids.filter((one) => !kept.includes(one));
  await sql`
    insert into deletion_item (tenant_id, incident_id, deletion_id)
    select i.tenant_id, i.id, ${id} from incident i
    where i.tenant_id = ${tenantId} and (i.id = any(${emptied}::int[]) or i.redirect_to = any(${emptied}::int[]))
    on conflict do nothing`.execute(trx);
  if (kept.length > 0) await settle(trx, tenantId, kept, now);
  // Correlation may remember what the incidents were before.
  await raiseGeneration(trx, tenantId);
  return true;
}

/** What was said and noted about an alert goes with it. */
async function forgetNotes(
  trx: Db,
  tenantId: string,
  incidents: readonly number[],
  alertIds: readonly string[],
): Promise<void> {
  const about = sql`tenant_id = ${tenantId} and alert_id = any(${[...alertIds]}::text[]) and incident_id in (
    select i.id from incident i where i.tenant_id = ${tenantId}
      and (i.id = any(${[...incidents]}::int[]) or i.redirect_to = any(${[...incidents]}::int[])))`;
  await sql`delete from activity where ${about}`.execute(trx);
  await sql`delete from comment_version where comment_id in (select id from comment where ${about})`.execute(trx);
  await sql`delete from comment where ${about}`.execute(trx);
}
