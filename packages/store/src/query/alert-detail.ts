import type { Alert, AlertDetail } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { type Sentence, toAlertLink } from './alert-link.ts';
import { type AlertColumns, alertRowColumns, survivorOfE } from './alert-row.ts';
import { severityOf } from './severity-rank.ts';
import { mayNameEntity, seesAlert, type Viewer } from './viewer.ts';
import { visibleDecisions } from './visible-decision.ts';

type DetailColumns = AlertColumns & {
  doc: Alert;
  updated_at: string;
  resolved_at: string | null;
  entities: AlertDetail['entities'];
};

/** An alert in full with its link and the entities it names, or null. What people changed stands over what the source sent. */
export async function getAlert(db: Db, viewer: Viewer, id: string, sentence: Sentence): Promise<AlertDetail | null> {
  if (id.includes('\0')) return null;
  const { rows } = await sql<DetailColumns>`
    select ${alertRowColumns}, a.doc, a.updated_at, a.resolved_at,
      (select coalesce(json_agg(json_build_object('kind', kind, 'id', id, 'name', name, 'roles', roles) order by place), '[]')
       from (
         select s.kind, s.id, s.name, min(ae.evidence_index) as place,
           coalesce(array_agg(distinct role) filter (where role is not null), '{}') as roles
         from alert_entity ae join entity e on e.n = ae.entity_n join entity s on s.n = ${survivorOfE}
         left join unnest(ae.roles) role on true
         where ae.alert_seq = a.seq and ${mayNameEntity(viewer)} group by s.kind, s.id, s.name) named) as entities
    from alert a join incident i on i.tenant_id = a.tenant_id and i.id = a.incident_id
    where ${seesAlert(viewer)} and a.id = ${id}`.execute(db);
  const [row] = await visibleDecisions(db, viewer, rows);
  if (row === undefined) return null;
  return {
    alert: {
      ...row.doc,
      severity: severityOf(row.severity),
      status: row.status,
      classification: row.classification,
      determination: row.determination,
      assignedTo: row.assigned_to,
      resolvedDateTime: row.resolved_at,
      lastUpdateDateTime: row.updated_at,
    },
    link: toAlertLink(row, sentence),
    incident: { id: row.incident_id, displayName: row.incident_name },
    entities: row.entities,
  };
}
