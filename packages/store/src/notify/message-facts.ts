import { type EntityKind, type IncidentStatus, type Severity, type SourceLimit, severities } from '@throughline/model';
import { type Selectable, sql } from 'kysely';
import type { Database, Db } from '../database.ts';
import { mayNameEntity, seesAlert, type Viewer } from '../query/viewer.ts';

/** An incident as messages show it; see `IncidentView` of the notify room. */
export type IncidentFactsForMessage = {
  id: number;
  displayName: string;
  severity: Severity;
  status: IncidentStatus;
  assignedTo: string | null;
  priorityScore: number;
  reason: string;
  categories: string[];
  tags: string[];
  sources: string[];
  scope: { devices: number; users: number; mailboxes: number; apps: number; cloudResources: number };
  alertsActive: number;
  alertsTotal: number;
  firstActivity: string;
  lastActivity: string;
};

/**
 * The incident, or the one it was merged into. `groups` are the device groups that may be told about, `sources` the
 * service sources, null = all: an incident that reaches further shows their part only, under the title of its first alert there and without its reason,
 * which may name anything. Undefined when there is none, or none of it is theirs.
 */
export async function incidentForMessage(
  db: Db,
  tenantId: string,
  id: number,
  groups: readonly number[] | null,
  sources: SourceLimit | null = null,
): Promise<IncidentFactsForMessage | undefined> {
  const row = await db
    .selectFrom('incident')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  // A redirect leads to the last incident: merges keep it so.
  if (row?.redirect_to && row.redirect_to !== id) {
    return incidentForMessage(db, tenantId, row.redirect_to, groups, sources);
  }
  if (row === undefined) return undefined;
  const whole = factsOf(row);
  const allGroups = groups === null || row.device_groups.every((group) => groups.includes(group));
  if (allGroups && sources === null) return whole;
  const part = await visiblePart(db, { tenantId, userName: '', groups, sources }, row.id);
  return part && { ...whole, ...part };
}

function factsOf(row: Selectable<Database['incident']>): IncidentFactsForMessage {
  return {
    id: row.id,
    displayName: row.display_name,
    severity: severities[row.severity] ?? 'unknown',
    status: row.status,
    assignedTo: row.assigned_to,
    priorityScore: row.priority_score,
    reason: row.reason,
    categories: row.categories,
    tags: [...row.system_tags, ...row.custom_tags],
    sources: row.service_sources,
    scope: {
      devices: row.devices,
      users: row.users,
      mailboxes: row.mailboxes,
      apps: row.apps,
      cloudResources: row.cloud_resources,
    },
    alertsActive: row.alerts_active,
    alertsTotal: row.alerts_total,
    firstActivity: row.first_activity,
    lastActivity: row.last_activity,
  };
}

type Part = Pick<
  IncidentFactsForMessage,
  | 'displayName'
  | 'reason'
  | 'severity'
  | 'categories'
  | 'sources'
  | 'scope'
  | 'alertsActive'
  | 'alertsTotal'
  | 'firstActivity'
  | 'lastActivity'
>;

/** What an incident is to those who may hear of a part of it only. */
async function visiblePart(db: Db, viewer: Viewer, id: number): Promise<Part | undefined> {
  const { tenantId } = viewer;
  const { rows } = await sql<Omit<Part, 'severity' | 'reason'> & { severity: number }>`
    with seen as (
      select seq, title, severity, status, category, service_source, first_activity, last_activity from alert a
      where ${seesAlert(viewer)} and incident_id = ${id}
    ),
    named as (
      select e.kind, count(distinct e.n) as count from seen s join alert_entity ae on ae.alert_seq = s.seq
      join entity e on e.n = ae.entity_n and e.tenant_id = ${tenantId}
      where ${mayNameEntity(viewer)}
      group by 1
    )
    select (select title from seen order by seq limit 1) as "displayName",
      (select max(severity) from seen) as severity,
      (select coalesce(array_agg(word order by word), '{}') from (select max(category) as word from seen
        where category is not null group by lower(replace(category, ' ', ''))) words) as categories,
      (select coalesce(array_agg(distinct service_source), '{}') from seen) as sources,
      (select count(*) from seen) as "alertsTotal",
      (select count(*) from seen where status <> 'resolved') as "alertsActive",
      (select min(first_activity) from seen) as "firstActivity",
      (select max(last_activity) from seen) as "lastActivity",
      (select json_build_object('devices', ${countOf('device')}, 'users', ${countOf('user')},
        'mailboxes', ${countOf('mailbox')}, 'apps', ${countOf('cloudApplication')},
        'cloudResources', ${countOf('cloudResource')})) as scope
    where exists (select from seen)`.execute(db);
  const [part] = rows;
  return part && { ...part, severity: severities[part.severity] ?? 'unknown', reason: '' };
}

function countOf(kind: EntityKind) {
  return sql`coalesce((select count from named where kind = ${kind}), 0)`;
}

/** Which of the alerts may be told about now, as ids. */
export async function alertsWithin(
  db: Db,
  tenantId: string,
  ids: readonly string[],
  groups: readonly number[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from alert where tenant_id = ${tenantId} and id = any(${ids}::text[]) and device_groups && ${groups}::int[]`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}
