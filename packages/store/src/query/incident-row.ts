import {
  type AssetKind,
  type Classification,
  type Determination,
  type IncidentRow,
  type IncidentStatus,
  tacticsOfMask,
} from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { groupsOfIncident } from './incident-groups.ts';
import { severityOf } from './severity-rank.ts';
import { mayNameEntity, seesAlert, seesEverything, type Viewer } from './viewer.ts';

const ownColumns = sql`
  i.id, i.kind, i.display_name, i.name_locked, i.severity, i.status, i.classification, i.determination, i.assigned_to,
  i.custom_tags, i.system_tags, i.priority_score, i.reason, i.tactic_mask, i.service_sources, i.detection_sources,
  i.first_activity, i.last_activity, i.created_at, i.updated_at, i.redirect_to`;
const countColumns = sql`
  i.devices, i.users, i.mailboxes, i.apps, i.cloud_resources, i.alerts_active, i.alerts_total`;

/** What a queue row needs of `incident i`. A scoped viewer's counts and groups are of the alerts and devices they see. */
export function incidentRowColumns(viewer: Viewer): RawBuilder<unknown> {
  const counts = seesEverything(viewer) ? countColumns : countedColumns(viewer);
  return sql`${ownColumns}, ${counts}, ${groupsOfIncident(viewer)} as groups`;
}

function countedColumns(viewer: Viewer): RawBuilder<unknown> {
  const alerts = sql`select count(*) from alert a where ${seesAlert(viewer)} and a.incident_id = i.id`;
  const assets = (kind: AssetKind) => sql`(select count(distinct e.n) from alert a
    join alert_entity ae on ae.alert_seq = a.seq join entity e on e.n = ae.entity_n
    where ${seesAlert(viewer)} and a.incident_id = i.id and e.kind = ${kind} and ${mayNameEntity(viewer)})`;
  return sql`${assets('device')} as devices, ${assets('user')} as users, ${assets('mailbox')} as mailboxes,
    ${assets('cloudApplication')} as apps, ${assets('cloudResource')} as cloud_resources,
    (${alerts} and a.status <> 'resolved') as alerts_active, (${alerts}) as alerts_total`;
}

export type IncidentColumns = {
  id: number;
  kind: 'incident' | 'background';
  display_name: string;
  name_locked: boolean;
  severity: number;
  status: IncidentStatus;
  classification: Classification;
  determination: Determination;
  assigned_to: string | null;
  custom_tags: string[];
  system_tags: string[];
  priority_score: number;
  reason: string;
  tactic_mask: number;
  service_sources: string[];
  detection_sources: string[];
  groups: { id: number; name: string }[];
  devices: number;
  users: number;
  mailboxes: number;
  apps: number;
  cloud_resources: number;
  alerts_active: number;
  alerts_total: number;
  first_activity: string;
  last_activity: string;
  created_at: string;
  updated_at: string;
  redirect_to: number | null;
};

/** A stored incident as a row of the queue. */
export function toIncidentRow(row: IncidentColumns): IncidentRow {
  return {
    id: row.id,
    kind: row.kind,
    displayName: row.display_name,
    nameLocked: row.name_locked,
    severity: severityOf(row.severity),
    status: row.status,
    classification: row.classification,
    determination: row.determination,
    assignedTo: row.assigned_to,
    customTags: row.custom_tags,
    systemTags: row.system_tags,
    priorityScore: row.priority_score,
    reason: row.reason,
    tactics: tacticsOfMask(row.tactic_mask),
    serviceSources: row.service_sources,
    detectionSources: row.detection_sources,
    deviceGroups: row.groups,
    scope: {
      devices: row.devices,
      users: row.users,
      mailboxes: row.mailboxes,
      apps: row.apps,
      cloudResources: row.cloud_resources,
    },
    alertsActive: row.alerts_active,
    alertsTotal: row.alerts_total,
    firstActivityDateTime: row.first_activity,
    lastActivityDateTime: row.last_activity,
    createdDateTime: row.created_at,
    lastUpdateDateTime: row.updated_at,
    redirectIncidentId: row.redirect_to,
  };
}
