import type { Classification, Decision, Determination, IncidentStatus } from '@throughline/model';
import { sql } from 'kysely';
import type { WriterTransaction } from '../pipeline/writer.ts';
import { seesAlert, type Viewer } from '../query/viewer.ts';

/** An incident that a rearrangement concerns. */
export type ConcernedIncident = {
  id: number;
  kind: 'incident' | 'background';
  status: IncidentStatus;
  redirectTo: number | null;
  assignedTo: string | null;
  classification: Classification;
  determination: Determination;
  alerts: number;
  /** Of them, those that do not repeat another. */
  different: number;
  /** The device group of the first alert that names one, as correlation knows it. */
  deviceGroup: string | null;
  /** Of them, those that the viewer does not see. */
  hidden: number;
};

/** An alert of one, in order of correlation. */
export type ConcernedAlert = { seq: number; id: string; incidentId: number; observation: unknown; decision: Decision };

/** The surviving incidents of these numbers, locked until the transaction ends, lowest first; unknown ones are left out. */
export async function lockConcerned(
  trx: WriterTransaction,
  viewer: Viewer,
  ids: readonly number[],
): Promise<ConcernedIncident[]> {
  const { tenantId } = viewer;
  await sql`
    select from incident where tenant_id = ${tenantId} and id = any(${ids}::int[]) order by id for update`.execute(trx);
  const { rows } = await sql<ConcernedIncident>`
    select i.id, i.kind, i.status, i.redirect_to as "redirectTo", i.assigned_to as "assignedTo", i.classification,
      i.determination, count(a.seq)::int as alerts,
      (count(a.seq) filter (where a.decision #>> '{terms,0,signal}' is distinct from 'repeat'))::int as different,
      (array_agg(a.observation ->> 'deviceGroup' order by a.seq)
        filter (where a.observation ->> 'deviceGroup' is not null))[1] as "deviceGroup",
      (count(a.seq) filter (where not ${seesAlert(viewer)}))::int as hidden
    from incident i left join alert a on a.tenant_id = i.tenant_id and a.incident_id = i.id
    where i.tenant_id = ${tenantId} and i.id = any(${ids}::int[])
    group by i.tenant_id, i.id order by i.id`.execute(trx);
  return rows;
}

/** Where these alerts are, and whether the viewer sees them; unknown ones are left out. */
export async function placesOfAlerts(
  trx: WriterTransaction,
  viewer: Viewer,
  { ids = [], seqs = [] }: { ids?: readonly string[]; seqs?: readonly number[] },
): Promise<{ seq: number; id: string; incidentId: number; visible: boolean }[]> {
  const { rows } = await sql<{ seq: number; id: string; incidentId: number; visible: boolean }>`
    select a.seq, a.id, a.incident_id as "incidentId", ${seesAlert(viewer)} as visible from alert a
    where a.tenant_id = ${viewer.tenantId} and (a.id = any(${ids}::text[]) or a.seq = any(${seqs}::bigint[]))
    order by a.seq`.execute(trx);
  return rows;
}

/**
 * All alerts of these incidents with what correlation saw and decided, in order of correlation, page by page: an
 * incident may hold any number of repeats. One reading at a time in a transaction.
 */
export async function* alertsOfIncidents(
  trx: WriterTransaction,
  tenantId: string,
  ids: readonly number[],
  pageSize = 500,
): AsyncGenerator<ConcernedAlert[]> {
  await sql`
    declare concerned_alerts no scroll cursor for
    select seq, id, incident_id as "incidentId", observation, decision from alert
    where tenant_id = ${tenantId} and incident_id = any(${ids}::int[]) order by seq`.execute(trx);
  for (;;) {
    const { rows } = await sql<ConcernedAlert>`fetch ${sql.lit(pageSize)} from concerned_alerts`.execute(trx);
    if (rows.length > 0) yield rows;
    if (rows.length < pageSize) break;
  }
  await sql`close concerned_alerts`.execute(trx);
}

/** How many of these alerts (alert.seq) do not repeat another. */
export async function differentAlerts(
  trx: WriterTransaction,
  tenantId: string,
  seqs: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ different: number }>`
    select count(*)::int as different from alert
    where tenant_id = ${tenantId} and seq = any(${seqs}::bigint[])
      and decision #>> '{terms,0,signal}' is distinct from 'repeat'`.execute(trx);
  return rows[0]?.different ?? 0;
}

/** How many different assets these incidents name together. */
export async function assetsTogether(
  trx: WriterTransaction,
  tenantId: string,
  ids: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ assets: number }>`
    select count(distinct entity_n)::int as assets from incident_entity
    where tenant_id = ${tenantId} and incident_id = any(${ids}::int[])
      and kind in ('device', 'user', 'mailbox', 'cloudApplication', 'cloudResource')`.execute(trx);
  return rows[0]?.assets ?? 0;
}

/** The next incident number of a tenant; one that was deleted is not given out again. */
export async function nextIncidentId(trx: WriterTransaction, tenantId: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select greatest(
      (select max(id) from incident where tenant_id = ${tenantId}),
      (select max(id) from deleted_incident where tenant_id = ${tenantId}), 0) + 1 as next`.execute(trx);
  return rows[0]?.next ?? 1;
}
