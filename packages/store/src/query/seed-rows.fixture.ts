import {
  type Alert,
  type Decision,
  type EntityKind,
  type IncidentStatus,
  makeAlert,
  tacticMask,
} from '@throughline/model';
import type { Insertable } from 'kysely';
import { connect, type Database, type Db } from '../database.ts';
import { freshDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { traitsOf } from './alert-traits.ts';
import { rankOf } from './severity-rank.ts';

/** A migrated database of one test file. */
export async function openStore(): Promise<{ db: Db; url: string; close(): Promise<void> }> {
  const fresh = await freshDatabase();
  await migrate(fresh.databaseUrl);
  // Dropping the database cuts connections that are still closing: nothing to report.
  const db = connect(fresh.databaseUrl, { max: 4, log: { warn: () => {} } });
  return {
    db,
    url: fresh.databaseUrl,
    async close() {
      await db.destroy();
      await fresh.drop();
    },
  };
}

export const dawn = '2026-03-01T08:00:00.000Z';
/** `minutes` after dawn, ISO 8601. */
export function at(minutes: number): string {
  return new Date(Date.parse(dawn) + minutes * 60_000).toISOString();
}

type IncidentRow = Insertable<Database['incident']>;

/** Inserts an incident with plain defaults. */
export async function addIncident(
  db: Db,
  id: number,
  row: Partial<IncidentRow> & { status?: IncidentStatus } = {},
): Promise<number> {
  await db
    .insertInto('incident')
    .values({
      tenant_id: 'default',
      id,
      kind: 'incident',
      display_name: `Incident ${id}`,
      severity: 2,
      priority_score: 20,
      factors: '[]',
      reason: 'same device',
      facts: '{}',
      first_activity: dawn,
      last_activity: dawn,
      created_at: dawn,
      updated_at: dawn,
      ...row,
    })
    .execute();
  return id;
}

export const sampleDecision: Decision = {
  alertId: '',
  kind: 'joined',
  incidentId: 1,
  continues: null,
  novelty: 3,
  score: 1.5,
  threshold: 1,
  terms: [{ signal: 'sharedAsset', entity: null, weight: 1, rarity: 1, ageMs: 5, contribution: 1.5, alertId: null }],
  refusals: [],
  merges: [],
};

/** Inserts an alert of an incident from a model alert; returns its number. */
export async function addAlert(
  db: Db,
  incidentId: number,
  id: string,
  alert: Partial<Alert> = {},
  row: Partial<Insertable<Database['alert']>> = {},
): Promise<number> {
  const doc = makeAlert({
    id,
    tenantId: row.tenant_id ?? 'default',
    providerAlertId: `provider-${id}`,
    title: `Alert ${id}`,
    serviceSource: 'suricata',
    detectorId: 'rule-1',
    createdDateTime: dawn,
    ...alert,
  });
  const { seq } = await db
    .insertInto('alert')
    .values({
      tenant_id: 'default',
      id,
      provider_alert_id: doc.providerAlertId,
      incident_id: incidentId,
      origin_incident_id: incidentId,
      batch_id: 1,
      source: 'test',
      content_hash: Buffer.alloc(4),
      title: doc.title,
      severity: rankOf(doc.severity),
      traits: traitsOf(doc),
      status: doc.status,
      classification: doc.classification,
      determination: doc.determination,
      category: doc.category,
      tactic_mask: tacticMask(doc.tactics),
      service_source: doc.serviceSource,
      detection_source: doc.detectionSource,
      product_name: doc.productName,
      detector_id: doc.detectorId,
      threat: doc.threatDisplayName,
      investigation_state: doc.investigationState,
      assigned_to: doc.assignedTo,
      first_activity: doc.firstActivityDateTime,
      last_activity: doc.lastActivityDateTime,
      created_at: doc.createdDateTime,
      resolved_at: doc.resolvedDateTime,
      doc: JSON.stringify(doc),
      observation: '{}',
      decision: JSON.stringify({ ...sampleDecision, alertId: id, incidentId }),
      ...row,
    })
    .returning('seq')
    .executeTakeFirstOrThrow();
  return seq;
}

/** Inserts an entity that goes by `keys`; returns its number. */
export async function addEntity(
  db: Db,
  kind: EntityKind,
  name: string,
  keys: string[],
  redirectTo: number | null = null,
  tenantId = 'default',
): Promise<number> {
  const { n } = await db
    .insertInto('entity')
    .values({
      tenant_id: tenantId,
      id: `${kind} ${keys[0] ?? name}`,
      kind,
      name,
      redirect_to: redirectTo,
      first_seen: dawn,
      last_seen: dawn,
    })
    .returning('n')
    .executeTakeFirstOrThrow();
  for (const key of keys) {
    await db.insertInto('entity_key').values({ entity_n: n, tenant_id: tenantId, kind, key }).execute();
  }
  return n;
}

/** Says that an alert of an incident names an entity. */
export async function mention(
  db: Db,
  place: { seq: number; incidentId: number },
  entity: { n: number; kind: EntityKind },
  evidenceIndex = 0,
  roles: string[] = [],
): Promise<void> {
  await db
    .insertInto('alert_entity')
    .values({ alert_seq: place.seq, entity_n: entity.n, roles, evidence_index: evidenceIndex })
    .execute();
  await db
    .insertInto('incident_entity')
    .values({
      tenant_id: 'default',
      incident_id: place.incidentId,
      entity_n: entity.n,
      kind: entity.kind,
      alerts_total: 1,
      first_seen: dawn,
      last_seen: dawn,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
