import type { Decision } from '@throughline/model';
import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../database.ts';
import { recountScope } from '../../pipeline/incident-scope.ts';
import { type IncidentWrite, upsertIncidents } from '../../pipeline/write-incidents.ts';
import type { WriterTransaction } from '../../pipeline/writer.ts';
import { refreshGroups } from '../../scope/refresh-groups.ts';

/** An alert that an incident still holds, as correlation saw and decided it. */
export type RemainingAlert = { incidentId: number; observation: unknown; decision: Decision };

/** The alerts that incidents (numbers) hold, in order of correlation, with the kind of each incident. */
export async function readRemaining(
  trx: Db,
  tenantId: string,
  ids: readonly number[],
): Promise<{ alerts: RemainingAlert[]; background: ReadonlySet<number>; survivors: ReadonlyMap<string, string> }> {
  const held = sql<SqlBool>`a.tenant_id = ${tenantId} and a.incident_id = any(${[...ids]}::int[])`;
  const alerts = await sql<RemainingAlert>`
    select a.incident_id as "incidentId", a.observation, a.decision from alert a where ${held} order by a.seq`.execute(
    trx,
  );
  const background = await sql<{ id: number }>`
    select id from incident where tenant_id = ${tenantId} and id = any(${[...ids]}::int[]) and kind = 'background'`.execute(
    trx,
  );
  const survivors = await sql<{ id: string; survivor: string }>`
    select distinct e.id, s.id as survivor
    from alert a cross join lateral json_array_elements(a.observation -> 'entities') o
      join entity e on e.tenant_id = a.tenant_id and e.id = o ->> 'id' and e.redirect_to is not null
      join entity s on s.n = surviving_entity(e.n)
    where ${held}`.execute(trx);
  return {
    alerts: alerts.rows,
    background: new Set(background.rows.map(({ id }) => id)),
    survivors: new Map(survivors.rows.map(({ id, survivor }) => [id, survivor])),
  };
}

/**
 * Writes what follows from the alerts that incidents still hold: facts (`incidents`), entities, counts, times, severity
 * and device groups, whatever they were before. What a person locked stays.
 */
export async function writeRemaining(
  db: Db,
  tenantId: string,
  now: string,
  incidents: readonly IncidentWrite[],
): Promise<void> {
  const trx = db as WriterTransaction;
  const ids = incidents.map(({ id }) => id);
  const theirs = sql`tenant_id = ${tenantId} and incident_id = any(${ids}::int[])`;
  await upsertIncidents(
    trx,
    tenantId,
    now,
    incidents.map((incident) => ({ ...incident, addedAlerts: 0, addedActive: 0 })),
    [],
    new Map(),
  );
  await sql`delete from incident_entity where ${theirs}`.execute(trx);
  await sql`
    insert into incident_entity (tenant_id, incident_id, entity_n, kind, alerts_total, first_seen, last_seen)
    select a.tenant_id, a.incident_id, ae.entity_n, e.kind, count(*), min(a.first_activity), max(a.last_activity)
    from alert a join alert_entity ae on ae.alert_seq = a.seq join entity e on e.n = ae.entity_n
    where a.tenant_id = ${tenantId} and a.incident_id = any(${ids}::int[])
    group by a.tenant_id, a.incident_id, ae.entity_n, e.kind`.execute(trx);
  await sql`
    update incident i set alerts_total = t.total, alerts_active = t.active, first_activity = t.first,
      last_activity = t.last, severity = case when i.severity_locked then i.severity else t.severity end
    from (
      select incident_id, count(*) as total, count(*) filter (where status <> 'resolved') as active,
        min(first_activity) as first, max(last_activity) as last, max(severity) as severity
      from alert where ${theirs} group by 1
    ) t
    where i.tenant_id = ${tenantId} and i.id = t.incident_id`.execute(trx);
  await recountScope(trx, tenantId, ids);
  await refreshGroups(trx, tenantId, { incidents: ids });
}
