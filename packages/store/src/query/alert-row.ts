import {
  type AlertMove,
  type AlertRow,
  type AlertStatus,
  type AssetBadge,
  assetKinds,
  type Classification,
  type Decision,
  type Determination,
  tacticsOfMask,
} from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { type Sentence, toAlertLink } from './alert-link.ts';
import { severityOf } from './severity-rank.ts';
import { mayNameEntity, type Viewer } from './viewer.ts';

/** What an alert row needs of `alert a` and `incident i`. */
export const alertRowColumns = sql`
  a.seq, a.id, a.incident_id, a.origin_incident_id, i.display_name as incident_name, a.title, a.severity, a.status,
  a.classification, a.determination, a.category, a.tactic_mask, a.service_source, a.detection_source, a.product_name,
  a.assigned_to, a.first_activity, a.last_activity, a.created_at, a.received_at, a.decision,
  (select json_build_object('dateTime', to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'actor', json_build_object('kind', r.actor_kind, 'name', r.actor_name), 'reason', r.reason, 'note', r.note,
      'fromIncidentId', r.from_id, 'intoIncidentId', r.into_id, 'undoing', r.undoes is not null)
    from rearrangement r where r.id = a.rearrangement_id) as moved`;

export type AlertColumns = {
  seq: number;
  id: string;
  incident_id: number;
  origin_incident_id: number;
  incident_name: string;
  title: string;
  severity: number;
  status: AlertStatus;
  classification: Classification;
  determination: Determination;
  category: string | null;
  tactic_mask: number;
  service_source: string;
  detection_source: string;
  product_name: string | null;
  assigned_to: string | null;
  first_activity: string;
  last_activity: string;
  created_at: string;
  received_at: string;
  decision: Decision;
  moved: AlertMove | null;
};

/** The entity that `e` answers as, after identities were absorbed. */
export const survivorOfE = sql`case when e.redirect_to is null then e.n else surviving_entity(e.n) end`;

/** The assets an alert of number `seq` names that the viewer may see, as a JSON array of badges in the order of the evidence. */
export function assetsOfAlert(viewer: Viewer, seq: RawBuilder<unknown>): RawBuilder<AssetBadge[]> {
  return sql<
    AssetBadge[]
  >`(select coalesce(json_agg(json_build_object('kind', kind, 'id', id, 'name', name) order by place), '[]')
    from (
      select s.kind, s.id, s.name, min(ae.evidence_index) as place
      from alert_entity ae join entity e on e.n = ae.entity_n join entity s on s.n = ${survivorOfE}
      where ae.alert_seq = ${seq} and e.kind = any(${assetKinds}::text[]) and ${mayNameEntity(viewer)}
      group by s.kind, s.id, s.name order by place limit 50) named)`;
}

/** A stored alert as a row of an alert list. */
export function toAlertRow(row: AlertColumns & { assets: AssetBadge[] }, sentence: Sentence): AlertRow {
  return {
    id: row.id,
    incidentId: row.incident_id,
    incidentName: row.incident_name,
    title: row.title,
    severity: severityOf(row.severity),
    status: row.status,
    classification: row.classification,
    determination: row.determination,
    category: row.category,
    tactics: tacticsOfMask(row.tactic_mask),
    serviceSource: row.service_source,
    detectionSource: row.detection_source,
    productName: row.product_name,
    assignedTo: row.assigned_to,
    assets: row.assets,
    firstActivityDateTime: row.first_activity,
    lastActivityDateTime: row.last_activity,
    createdDateTime: row.created_at,
    link: toAlertLink(row, sentence),
  };
}
