import {
  type Classification,
  type Determination,
  type PriorityFactor,
  type Severity,
  severities,
} from '@throughline/model';
import { sql } from 'kysely';
import { storableJson } from '../intake/storable-text.ts';
import { noScope, type ScopeChange } from './incident-scope.ts';
import { jsonArray } from './json-array.ts';
import { recordSet } from './record-set.ts';
import type { WriterTransaction } from './writer.ts';

/** An incident as its facts say, and what this transaction adds to its counts. Instants are ISO 8601. */
export type IncidentWrite = {
  id: number;
  kind: 'incident' | 'background';
  displayName: string;
  severity: Severity;
  priorityScore: number;
  factors: PriorityFactor[];
  reason: string;
  facts: object;
  tacticMask: number;
  serviceSources: string[];
  detectionSources: string[];
  categories: string[];
  products: string[];
  threats: string[];
  firstActivity: string;
  lastActivity: string;
  continues: number | null;
  addedAlerts: number;
  addedActive: number;
  /** New, and all its alerts resolved by tuning rules: it arrives resolved. */
  arrivesResolved: { classification: Classification; determination: Determination; comment: string } | null;
};

/** Locks the incidents a transaction will change, and those of `alertIds`, lowest id first, before it touches alerts. */
export async function lockIncidents(
  trx: WriterTransaction,
  tenantId: string,
  ids: readonly number[],
  alertIds: readonly string[],
): Promise<void> {
  await sql`
    select from incident where tenant_id = ${tenantId} and (id = any(${ids}::int[]) or id in (
      select incident_id from alert where tenant_id = ${tenantId} and id = any(${alertIds}::text[])
    ))
    order by id for update`.execute(trx);
}

/**
 * Creates incidents and brings known ones up to date, with the assets they newly touch and the device groups of their new
 * alerts; a name or severity that a person
 * locked stays. Returns the newly touched assets of incidents that are not among them.
 */
export async function upsertIncidents(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  incidents: readonly IncidentWrite[],
  scope: ScopeChange[],
  groups: ReadonlyMap<number, readonly number[]>,
): Promise<ScopeChange[]> {
  if (incidents.length === 0) return scope;
  const added = new Map(scope.map((change) => [change.id, change]));
  const rows = incidents.map((incident) => {
    const { devices, users, mailboxes, apps, cloud_resources } = added.get(incident.id) ?? noScope;
    added.delete(incident.id);
    const counts = { devices, users, mailboxes, apps, cloud_resources };
    const own = groups.get(incident.id) ?? [];
    const { arrivesResolved: resolved } = incident;
    return {
      ...incident,
      ...counts,
      groups: own,
      facts: undefined,
      severity: severities.indexOf(incident.severity),
      arrivesResolved: undefined,
      tuned: resolved !== null,
      status: resolved === null ? 'active' : 'resolved',
      classification: resolved?.classification ?? 'unknown',
      determination: resolved?.determination ?? 'unknown',
      comment: resolved?.comment ?? null,
    };
  });
  const facts = jsonArray(incidents.map((incident) => storableJson(JSON.stringify(incident.facts))));
  await sql`
    insert into incident as i (tenant_id, id, kind, display_name, severity, priority_score, factors, reason, facts,
      tactic_mask, service_sources, detection_sources, categories, products, threats, first_activity, last_activity,
      continues, alerts_total, alerts_active, devices, users, mailboxes, apps, cloud_resources, device_groups, created_at,
      updated_at, resolved_by_tuning, status, classification, determination, resolving_comment, resolved_at)
    select ${tenantId}, id, kind, "displayName", severity, "priorityScore", factors, reason, facts,
      "tacticMask", "serviceSources", "detectionSources", categories, products, threats, "firstActivity", "lastActivity",
      continues, "addedAlerts", "addedActive", devices, users, mailboxes, apps, cloud_resources,
      groups, ${now}::timestamptz, ${now}::timestamptz, tuned, status, classification, determination, comment,
      case when tuned then ${now}::timestamptz end
    from rows from (json_to_recordset(${recordSet(rows)}::json) as (
      id int, kind text, "displayName" text, severity smallint, "priorityScore" smallint, factors jsonb, reason text,
      "tacticMask" int, "serviceSources" text[], "detectionSources" text[], categories text[],
      products text[], threats text[], "firstActivity" timestamptz, "lastActivity" timestamptz, continues int,
      "addedAlerts" int, "addedActive" int, devices int, users int, mailboxes int, apps int, cloud_resources int,
      groups int[], tuned boolean, status text, classification text, determination text, comment text), unnest(${facts}::json[])
    ) as t (id, kind, "displayName", severity, "priorityScore", factors, reason, "tacticMask", "serviceSources",
      "detectionSources", categories, products, threats, "firstActivity", "lastActivity", continues, "addedAlerts",
      "addedActive", devices, users, mailboxes, apps, cloud_resources, groups, tuned, status, classification, determination,
      comment, facts)
    order by id
    on conflict (tenant_id, id) do update set
      kind = excluded.kind,
      display_name = case when i.name_locked then i.display_name else excluded.display_name end,
      severity = case when i.severity_locked then i.severity else greatest(i.severity, excluded.severity) end,
      priority_score = excluded.priority_score, factors = excluded.factors, reason = excluded.reason,
      facts = excluded.facts, tactic_mask = excluded.tactic_mask, service_sources = excluded.service_sources,
      detection_sources = excluded.detection_sources, categories = excluded.categories, products = excluded.products,
      threats = excluded.threats, first_activity = least(i.first_activity, excluded.first_activity),
      last_activity = greatest(i.last_activity, excluded.last_activity),
      alerts_total = i.alerts_total + excluded.alerts_total, alerts_active = i.alerts_active + excluded.alerts_active,
      devices = i.devices + excluded.devices, users = i.users + excluded.users,
      mailboxes = i.mailboxes + excluded.mailboxes, apps = i.apps + excluded.apps,
      cloud_resources = i.cloud_resources + excluded.cloud_resources,
      device_groups = case when i.device_groups @> excluded.device_groups then i.device_groups
        else array(select distinct unnest(i.device_groups || excluded.device_groups) order by 1) end,
      updated_at = excluded.updated_at`.execute(trx);
  return [...added.values()];
}

/** Brings incidents up to date whose alerts were updated: number of open alerts, last activity, a higher severity. */
export async function followUpdates(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  updates: readonly { incidentId: number; active: number; lastActivity: string; severity: number }[],
): Promise<void> {
  if (updates.length === 0) return;
  await sql`
    update incident i set alerts_active = i.alerts_active + t.active,
      last_activity = greatest(i.last_activity, t.last), updated_at = ${now},
      severity = case when i.severity_locked then i.severity else greatest(i.severity, t.severity) end
    from (
      select "incidentId" as id, sum(active)::int as active, max("lastActivity") as last, max(severity) as severity
      from json_to_recordset(${recordSet(updates)}::json)
        as t ("incidentId" int, active int, "lastActivity" timestamptz, severity smallint)
      group by 1
    ) as t
    where i.tenant_id = ${tenantId} and i.id = t.id`.execute(trx);
}
