import { artefactKinds, type IncidentDetail, type PriorityFactor } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesActivity } from './activity-entry.ts';
import { familyOf, survivingIncident } from './incident-family.ts';
import { type IncidentColumns, incidentRowColumns, toIncidentRow } from './incident-row.ts';
import { mayNameEntity, seesAlert, seesIncident, type Viewer } from './viewer.ts';

type DetailColumns = IncidentColumns & {
  tenant_id: string;
  description: string;
  resolving_comment: string | null;
  last_modified_by: string | null;
  categories: string[];
  products: string[];
  threats: string[];
  factors: PriorityFactor[];
  continues: number | null;
  continued_by: number | null;
  merged_from: number[];
  entity_counts: Record<string, number>;
  alert_count: number;
  activity_count: number;
};

/** An id beyond PostgreSQL's integer names no incident. */
function isIncidentId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id < 2 ** 31;
}

/** An incident in full; `redirect` to the survivor when it was merged; null when the viewer sees none of that id. */
export async function getIncident(
  db: Db,
  viewer: Viewer,
  id: number,
): Promise<IncidentDetail | { redirect: number } | null> {
  if (!isIncidentId(id)) return null;
  const { tenantId } = viewer;
  const { rows } = await sql<DetailColumns>`
    select ${incidentRowColumns(viewer)}, i.tenant_id, i.description, i.resolving_comment, i.last_modified_by,
      i.categories, i.products, i.threats, i.factors,
      (select p.id from incident p where ${seesIncident(viewer, 'p')} and p.id = i.continues) as continues,
      (select min(c.id) from incident c where ${seesIncident(viewer, 'c')} and c.continues = i.id) as continued_by,
      array(select f.id from ${familyOf(tenantId, id)} f where f.id <> i.id order by 1) as merged_from,
      (select coalesce(json_object_agg(kind, n), '{}') from (
        select e.kind, count(distinct case when e.redirect_to is null then e.n else surviving_entity(e.n) end) as n
        from alert a join alert_entity ae on ae.alert_seq = a.seq join entity e on e.n = ae.entity_n
        where ${seesAlert(viewer)} and a.incident_id = i.id and ${mayNameEntity(viewer)} group by 1) kinds) as entity_counts,
      (select count(*) from alert a where ${seesAlert(viewer)} and a.incident_id = i.id) as alert_count,
      (select count(*) from activity v
        where ${seesActivity(viewer, 'v')} and v.incident_id in (select f.id from ${familyOf(tenantId, id)} f)) as activity_count
    from incident i where ${seesIncident(viewer)} and i.id = ${id}`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  if (row.redirect_to !== null) {
    return { redirect: (await survivingIncident(db, viewer, id)) ?? row.redirect_to };
  }
  const ofKind = (kind: string) => row.entity_counts[kind] ?? 0;
  return {
    ...toIncidentRow(row),
    tenantId: row.tenant_id,
    description: row.description,
    resolvingComment: row.resolving_comment,
    lastModifiedBy: row.last_modified_by,
    categories: row.categories,
    products: row.products,
    threats: row.threats,
    factors: row.factors,
    mergedFrom: row.merged_from,
    continues: row.continues,
    continuedBy: row.continued_by,
    counts: {
      alerts: row.alert_count,
      devices: ofKind('device'),
      users: ofKind('user'),
      mailboxes: ofKind('mailbox'),
      apps: ofKind('cloudApplication'),
      evidence: artefactKinds.reduce((sum, kind) => sum + ofKind(kind), 0),
      activity: row.activity_count,
    },
  };
}
