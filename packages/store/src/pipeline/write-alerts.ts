import { type Alert, type Decision, devicelessId, severities, tacticMask } from '@throughline/model';
import { sql } from 'kysely';
import type { PendingAlert } from '../intake/batch-codec.ts';
import { storableJson } from '../intake/storable-text.ts';
import { traitsOf } from '../query/alert-traits.ts';
import { jsonArray } from './json-array.ts';
import { recordSet } from './record-set.ts';
import type { WriterTransaction } from './writer.ts';

/** A new alert with its place; `observation` is what the correlator was told. */
export type AlertWrite = {
  pending: PendingAlert;
  hash: string;
  batchId: number;
  receivedAt: string;
  observation: object;
  decision: Decision;
};

/** A newer version of a stored alert. */
export type AlertUpdate = { pending: PendingAlert; hash: string };

/** What an update did: `active` is the change in open alerts of the incident (−1, 0 or 1). */
export type UpdatedAlert = {
  seq: number;
  id: string;
  incidentId: number;
  active: number;
  lastActivity: string;
  /** Rank, as stored. */
  severity: number;
  kind: 'incident' | 'background';
  /** Its severity rose, and what a tuning rule decided no longer holds. */
  lifted: boolean;
};

/** Status and verdict of a new alert: as it came, unless a tuning rule resolved it. */
function standingOf({ pending: { alert }, receivedAt, decision: { tuning } }: AlertWrite) {
  const tuned_resolved = tuning?.action === 'resolve';
  const tuning_rule = tuning?.ruleId ?? null;
  if (!tuned_resolved) return { tuning_rule, tuned_resolved };
  const judged = alert.classification === 'unknown' ? tuning : alert;
  return {
    tuning_rule,
    tuned_resolved,
    status: 'resolved' as const,
    classification: judged.classification,
    determination: judged.determination,
    resolved_at: alert.resolvedDateTime ?? receivedAt,
  };
}

function columnsOf(alert: Alert) {
  return {
    id: alert.id,
    title: alert.title,
    severity: severities.indexOf(alert.severity),
    status: alert.status,
    classification: alert.classification,
    determination: alert.determination,
    category: alert.category,
    tactic_mask: tacticMask(alert.tactics),
    service_source: cutSource(alert.serviceSource),
    detection_source: alert.detectionSource,
    product_name: alert.productName,
    detector_id: alert.detectorId,
    threat: alert.threatDisplayName ?? alert.threatFamilyName,
    investigation_state: alert.investigationState,
    assigned_to: alert.assignedTo,
    first_activity: alert.firstActivityDateTime,
    last_activity: alert.lastActivityDateTime,
    created_at: alert.createdDateTime,
    resolved_at: alert.resolvedDateTime,
    traits: traitsOf(alert),
  };
}

// An index entry has a size limit; roles name sources no longer than this.
function cutSource(name: string): string {
  return [...name.slice(0, 600)].slice(0, 300).join('');
}

const columnNames = Object.keys({
  id: 0,
  title: 0,
  severity: 0,
  status: 0,
  classification: 0,
  determination: 0,
  category: 0,
  tactic_mask: 0,
  service_source: 0,
  detection_source: 0,
  product_name: 0,
  detector_id: 0,
  threat: 0,
  investigation_state: 0,
  assigned_to: 0,
  first_activity: 0,
  last_activity: 0,
  created_at: 0,
  resolved_at: 0,
  traits: 0,
} satisfies Record<keyof ReturnType<typeof columnsOf>, 0>);
const columnList = sql.raw(columnNames.join(', '));
const columnTypes = sql.raw(`
  id text, title text, severity smallint, status text, classification text, determination text, category text,
  tactic_mask int, service_source text, detection_source text, product_name text, detector_id text, threat text,
  investigation_state text, assigned_to text, first_activity timestamptz, last_activity timestamptz,
  created_at timestamptz, resolved_at timestamptz, traits text[], hash text`);

/** A tuning rule resolved it, and the newer version is no more severe. */
const holds = 'old.tuned_resolved and t.severity <= old.severity';

/** What a later version no longer changes once a person decided it. */
const personal: ReadonlySet<string> = new Set(['status', 'classification', 'determination', 'resolved_at']);

/**
 * Inserts alerts in the order given, which is the order of correlation, with their device groups by id. Returns their
 * sequence numbers by alert id.
 */
export async function insertAlerts(
  trx: WriterTransaction,
  tenantId: string,
  alerts: readonly AlertWrite[],
  groups: ReadonlyMap<string, readonly number[]>,
): Promise<Map<string, number>> {
  if (alerts.length === 0) return new Map();
  const rows = alerts.map((write, ord) => {
    const { pending, hash, batchId, receivedAt, decision } = write;
    return {
      ord,
      ...columnsOf(pending.alert),
      ...standingOf(write),
      provider_alert_id: pending.alert.providerAlertId,
      incident: decision.incidentId,
      batch_id: batchId,
      source: pending.source,
      received_at: receivedAt,
      groups: [...(groups.get(pending.alert.id) ?? [devicelessId])].sort((a, b) => a - b),
      hash,
    };
  });
  const docs = jsonArray(alerts.map(({ pending }) => pending.text));
  const observations = jsonArray(alerts.map(({ observation }) => storableJson(JSON.stringify(observation))));
  const decisions = jsonArray(alerts.map(({ decision }) => storableJson(JSON.stringify(decision))));
  const result = await sql<{ seq: number; id: string }>`
    insert into alert (tenant_id, incident_id, origin_incident_id, provider_alert_id, batch_id, source, received_at,
      device_groups, updated_at, tuning_rule, tuned_resolved, content_hash, doc, observation, decision, ${columnList})
    select ${tenantId}, incident, incident, provider_alert_id, batch_id, source, received_at,
      groups, received_at, tuning_rule, tuned_resolved, decode(hash, 'hex'), doc, observation, decision, ${columnList}
    from rows from (
      json_to_recordset(${recordSet(rows)}::json) as (
        ord int, incident int, provider_alert_id text, batch_id bigint, source text, received_at timestamptz,
        groups int[], tuning_rule int, tuned_resolved boolean, ${columnTypes}),
      unnest(${docs}::json[], ${observations}::json[], ${decisions}::json[])
    ) as t (ord, incident, provider_alert_id, batch_id, source, received_at, groups, tuning_rule,
      tuned_resolved, ${columnList}, hash, doc, observation,
      decision)
    order by ord
    returning seq, id`.execute(trx);
  return new Map(result.rows.map(({ seq, id }) => [id, seq]));
}

/**
 * Replaces stored alerts by newer versions. The incident, the reason and what the correlator saw stay; status,
 * classification and determination stay where a person decided them, or a tuning rule and the severity did not rise;
 * the owner stays where it is not the source's.
 */
export async function updateAlerts(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  updates: readonly AlertUpdate[],
): Promise<UpdatedAlert[]> {
  if (updates.length === 0) return [];
  const rows = updates.map(({ pending, hash }) => ({ ...columnsOf(pending.alert), hash }));
  const docs = jsonArray(updates.map(({ pending }) => pending.text));
  const sets = columnNames.map((name) => {
    if (name === 'id') return 'id = a.id';
    if (name === 'assigned_to') return `${name} = case when old.person_owned then old.${name} else t.${name} end`;
    return personal.has(name)
      ? `${name} = case when old.person_decided or ${holds} then old.${name} else t.${name} end`
      : `${name} = t.${name}`;
  });
  const result = await sql<UpdatedAlert>`
    with t as (
      select * from rows from (
        json_to_recordset(${recordSet(rows)}::json) as (${columnTypes}), unnest(${docs}::json[])
      ) as t (${columnList}, hash, doc)
    ),
    old as (
      select a.seq, a.id, a.severity, a.person_decided, a.tuned_resolved, a.status, a.classification, a.determination, a.assigned_to, a.resolved_at,
        a.assigned_to is distinct from a.doc ->> 'assignedTo' as person_owned
      from alert a join t on t.id = a.id where a.tenant_id = ${tenantId} order by a.seq for update of a
    ),
    raised as (
      insert into notification_raise (tenant_id, alert_seq, severity_before, severity_after, at)
      select ${tenantId}, old.seq, old.severity, t.severity, ${now} from old join t on t.id = old.id
      where t.severity > old.severity order by old.seq
    )
    update alert a set ${sql.raw(sets.join(', '))}, doc = t.doc, content_hash = decode(t.hash, 'hex'), updated_at = ${now},
      tuned_resolved = ${sql.raw(holds)}
    from old join t on t.id = old.id
    where a.seq = old.seq
    returning a.seq, a.id, a.incident_id as "incidentId", a.last_activity as "lastActivity", a.severity,
      (select i.kind from incident i where i.tenant_id = a.tenant_id and i.id = a.incident_id) as kind,
      (a.status <> 'resolved')::int - (old.status <> 'resolved')::int as active,
      old.tuned_resolved and not a.tuned_resolved and not a.person_decided as lifted`.execute(trx);
  return result.rows;
}
