import { sql } from 'kysely';
import { recountScope } from '../pipeline/incident-scope.ts';
import { type IncidentWrite, upsertIncidents } from '../pipeline/write-incidents.ts';
import type { WriterTransaction } from '../pipeline/writer.ts';
import { refreshGroups } from '../scope/refresh-groups.ts';

/**
 * Brings incidents in line with the alerts they hold now: what follows from their facts (`incidents`), their entities,
 * counts, times, severity and device groups, whatever they were before. What a person locked stays.
 */
export async function settleIncidents(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  incidents: readonly IncidentWrite[],
): Promise<void> {
  const ids = incidents.map(({ id }) => id);
  await upsertIncidents(
    trx,
    tenantId,
    now,
    incidents.map((incident) => ({ ...incident, addedAlerts: 0, addedActive: 0 })),
    [],
    new Map(),
  );
  await sql`delete from incident_entity where tenant_id = ${tenantId} and incident_id = any(${ids}::int[])`.execute(
    trx,
  );
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
      from alert where tenant_id = ${tenantId} and incident_id = any(${ids}::int[]) group by 1
    ) t
    where i.tenant_id = ${tenantId} and i.id = t.incident_id`.execute(trx);
  await recountScope(trx, tenantId, ids);
  await refreshGroups(trx, tenantId, { incidents: ids });
}
