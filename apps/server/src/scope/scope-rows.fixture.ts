import { makeAlert } from '@throughline/model';
import type { Db } from '@throughline/store';

const at = '2026-03-01T08:00:00.000Z';

/** An alert of a story: it names devices by number, and with them belongs to their groups. */
export type StoryAlert = { id: string; title: string; devices: number[]; groups: number[]; source?: string };

/** Inserts a device of a group; returns its number. */
export async function addDevice(db: Db, tenantId: string, name: string, group: number): Promise<number> {
  const { n } = await db
    .insertInto('entity')
    .values({
      tenant_id: tenantId,
      id: `device dns:${name}`,
      kind: 'device',
      name,
      device_group: group,
      first_seen: at,
      last_seen: at,
    })
    .returning('n')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('entity_key')
    .values({ entity_n: n, tenant_id: tenantId, kind: 'device', key: `dns:${name}` })
    .execute();
  await db
    .insertInto('device')
    .values({ entity_n: n, tenant_id: tenantId, names: [name] })
    .execute();
  return n;
}

/** Inserts an incident with its alerts, a tag and a comment by `author`; returns the comment's number. */
export async function addStory(
  db: Db,
  story: { tenantId: string; incidentId: number; name: string; alerts: StoryAlert[]; author: string },
): Promise<number> {
  const { tenantId, incidentId, name, alerts, author } = story;
  const groups = [...new Set(alerts.flatMap((alert) => alert.groups))].sort((a, b) => a - b);
  await db
    .insertInto('incident')
    .values({
      tenant_id: tenantId,
      id: incidentId,
      kind: 'incident',
      display_name: name,
      severity: 3,
      priority_score: 50,
      factors: '[]',
      reason: 'because',
      facts: '{}',
      custom_tags: [`tag ${name}`],
      alerts_total: alerts.length,
      alerts_active: alerts.length,
      device_groups: groups,
      first_activity: at,
      last_activity: at,
    })
    .execute();
  for (const alert of alerts) await addAlert(db, tenantId, incidentId, alert);
  const comment = await db
    .insertInto('comment')
    .values({ tenant_id: tenantId, incident_id: incidentId, created_by: author })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('comment_version')
    .values({ comment_id: comment.id, version: 1, text: name, by: author })
    .execute();
  return comment.id;
}

/** Inserts a move of an alert into the journal, and its undoing; returns the number of the move. */
export async function addUndoneMove(db: Db, tenantId: string, alertId: string): Promise<number> {
  const alert = await db
    .selectFrom('alert')
    .select(['seq', 'incident_id'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', alertId)
    .executeTakeFirstOrThrow();
  const row = {
    tenant_id: tenantId,
    kind: 'move' as const,
    at,
    actor_kind: 'person' as const,
    actor_name: 'all-operator',
  };
  const insert = async (from: number, into: number) =>
    (
      await db
        .insertInto('rearrangement')
        .values({ ...row, from_id: from, into_id: into, alerts: [alert.seq], was: '{}' })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id;
  const id = await insert(alert.incident_id, 7);
  const undone = await insert(7, alert.incident_id);
  await db.updateTable('rearrangement').set({ undone_by: undone }).where('id', '=', id).execute();
  return id;
}

async function addAlert(
  db: Db,
  tenantId: string,
  incidentId: number,
  { id, title, devices, groups, source = 'suricata' }: StoryAlert,
) {
  // Every decision speaks of an alert, a device and an incident of another scope.
  const terms = [
    {
      signal: 'sharedAsset',
      entity: { kind: 'device', id: 'device dns:LABSECRET-pc.example.com', name: 'LABSECRET-pc' },
      weight: 1,
      rarity: 1,
      ageMs: 5,
      contribution: 1,
      alertId: null,
    },
    { signal: 'tenantTime', entity: null, weight: 1, rarity: 1, ageMs: 5, contribution: 1, alertId: 'lab-1' },
  ];
  const doc = makeAlert({
    id,
    tenantId,
    providerAlertId: id,
    title,
    serviceSource: source,
    detectorId: 'rule-1',
    createdDateTime: at,
  });
  const { seq } = await db
    .insertInto('alert')
    .values({
      tenant_id: tenantId,
      id,
      provider_alert_id: id,
      incident_id: incidentId,
      origin_incident_id: incidentId,
      batch_id: 1,
      source: 'test',
      content_hash: Buffer.alloc(4),
      title,
      severity: 3,
      status: 'new',
      classification: 'unknown',
      determination: 'unknown',
      tactic_mask: 0,
      service_source: source,
      detection_source: 'ids',
      detector_id: `rule of ${title}`,
      traits: [`os:${title}`],
      device_groups: groups,
      first_activity: at,
      last_activity: at,
      created_at: at,
      doc: JSON.stringify(doc),
      observation: '{}',
      decision: JSON.stringify({
        alertId: id,
        kind: 'joined',
        incidentId,
        continues: null,
        novelty: 3,
        score: 1.5,
        threshold: 1,
        terms,
        refusals: [{ incidentId: 2, reason: 'separateAssets', score: 1 }],
        merges: [],
      }),
    })
    .returning('seq')
    .executeTakeFirstOrThrow();
  for (const n of devices) {
    await db.insertInto('alert_entity').values({ alert_seq: seq, entity_n: n, evidence_index: 0 }).execute();
    await db
      .insertInto('incident_entity')
      .values({
        tenant_id: tenantId,
        incident_id: incidentId,
        entity_n: n,
        kind: 'device',
        alerts_total: 1,
        first_seen: at,
        last_seen: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await db
    .insertInto('activity')
    .values({
      tenant_id: tenantId,
      kind: 'alertLinked',
      actor_kind: 'system',
      actor_name: 'alert correlation',
      incident_id: incidentId,
      alert_id: id,
      summary: `Linked ${title}, because LABSECRET-pc`,
    })
    .execute();
}
