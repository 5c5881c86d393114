import { type EntityKind, type PriorityFactor, type Severity, severities } from '@throughline/model';
import { sql } from 'kysely';
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

/** Creates incidents and brings known ones up to date; a name or severity that a person locked stays. */
export async function upsertIncidents(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  incidents: readonly IncidentWrite[],
): Promise<void> {
  if (incidents.length === 0) return;
  const rows = incidents.map((incident) => ({ ...incident, severity: severities.indexOf(incident.severity) }));
  await sql`
    insert into incident as i (tenant_id, id, kind, display_name, severity, priority_score, factors, reason, facts,
      tactic_mask, service_sources, detection_sources, categories, products, threats, first_activity, last_activity,
      continues, alerts_total, alerts_active, created_at, updated_at)
    select ${tenantId}, id, kind, "displayName", severity, "priorityScore", factors, reason, facts,
      "tacticMask", "serviceSources", "detectionSources", categories, products, threats, "firstActivity", "lastActivity",
      continues, "addedAlerts", "addedActive", ${now}::timestamptz, ${now}::timestamptz
    from json_to_recordset(${recordSet(rows)}::json) as t (
      id int, kind text, "displayName" text, severity smallint, "priorityScore" smallint, factors jsonb, reason text,
      facts jsonb, "tacticMask" int, "serviceSources" text[], "detectionSources" text[], categories text[],
      products text[], threats text[], "firstActivity" timestamptz, "lastActivity" timestamptz, continues int,
      "addedAlerts" int, "addedActive" int)
    order by id
    on conflict (tenant_id, id) do update set
      kind = excluded.kind,
      display_name = case when i.name_locked then i.display_name else excluded.display_name end,
      severity = case when i.severity_locked then i.severity else excluded.severity end,
      priority_score = excluded.priority_score, factors = excluded.factors, reason = excluded.reason,
      facts = excluded.facts, tactic_mask = excluded.tactic_mask, service_sources = excluded.service_sources,
      detection_sources = excluded.detection_sources, categories = excluded.categories, products = excluded.products,
      threats = excluded.threats, first_activity = least(i.first_activity, excluded.first_activity),
      last_activity = greatest(i.last_activity, excluded.last_activity),
      alerts_total = i.alerts_total + excluded.alerts_total, alerts_active = i.alerts_active + excluded.alerts_active,
      updated_at = excluded.updated_at`.execute(trx);
}

/** Brings incidents up to date whose alerts were updated: number of open alerts, last activity. */
export async function followUpdates(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  updates: readonly { incidentId: number; active: number; lastActivity: string }[],
): Promise<void> {
  if (updates.length === 0) return;
  await sql`
    update incident i set alerts_active = i.alerts_active + t.active,
      last_activity = greatest(i.last_activity, t.last), updated_at = ${now}
    from (
      select "incidentId" as id, sum(active)::int as active, max("lastActivity") as last
      from json_to_recordset(${recordSet(updates)}::json)
        as t ("incidentId" int, active int, "lastActivity" timestamptz)
      group by 1
    ) as t
    where i.tenant_id = ${tenantId} and i.id = t.id`.execute(trx);
}

const scopeColumns: Partial<Record<EntityKind, string>> = {
  device: 'devices',
  user: 'users',
  mailbox: 'mailboxes',
  cloudApplication: 'apps',
  cloudResource: 'cloud_resources',
};

/** Adds newly touched assets to the incidents' scope counts. */
export async function addToScope(
  trx: WriterTransaction,
  tenantId: string,
  fresh: readonly { incidentId: number; kind: EntityKind }[],
): Promise<void> {
  const counts = new Map<number, Record<string, number>>();
  for (const { incidentId, kind } of fresh) {
    const column = scopeColumns[kind];
    if (!column) continue;
    const count = counts.get(incidentId) ?? {};
    count[column] = (count[column] ?? 0) + 1;
    counts.set(incidentId, count);
  }
  if (counts.size === 0) return;
  const columns = Object.values(scopeColumns);
  const rows = [...counts].map(([id, count]) => ({ id, ...count }));
  await sql`
    update incident i set ${sql.raw(columns.map((c) => `${c} = i.${c} + coalesce(t.${c}, 0)`).join(', '))}
    from json_to_recordset(${recordSet(rows)}::json) as t (id int, ${sql.raw(columns.map((c) => `${c} int`).join(', '))})
    where i.tenant_id = ${tenantId} and i.id = t.id`.execute(trx);
}

/** Counts the scope of incidents anew, after their entities were moved. */
export async function recountScope(trx: WriterTransaction, tenantId: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const counts = Object.entries(scopeColumns).map(
    ([kind, column]) => `count(*) filter (where kind = '${kind}') as ${column}`,
  );
  const columns = Object.values(scopeColumns);
  await sql`
    update incident i set ${sql.raw(columns.map((c) => `${c} = t.${c}`).join(', '))}
    from (
      select wanted.id, ${sql.raw(counts.join(', '))}
      from unnest(${ids}::int[]) as wanted (id)
      left join incident_entity e on e.tenant_id = ${tenantId} and e.incident_id = wanted.id
      group by wanted.id
    ) as t
    where i.tenant_id = ${tenantId} and i.id = t.id`.execute(trx);
}
