import { type DeviceFacts, devicelessId, intakeActor, type LiveEvent } from '@throughline/model';
import { absorbDevice, type DeviceSighting, type Grouped, groupDevices } from '../scope/group-devices.ts';
import { lockRules, type PlaceDevice } from '../scope/group-rules.ts';
import { refreshGroups } from '../scope/refresh-groups.ts';
import { finishBatches, type RefusedAlert, type SourceOutcome } from './finish-batches.ts';
import { addToScope, countScope, recountScope } from './incident-scope.ts';
import { mergeIncident } from './merge-incidents.ts';
import { type ActivityWrite, recordActivity, recordLiveEvents } from './record-activity.ts';
import { type AlertUpdate, type AlertWrite, insertAlerts, type UpdatedAlert, updateAlerts } from './write-alerts.ts';
import {
  type EntityKeyWrite,
  type EntityNumbers,
  type EntitySeen,
  type EntityWrite,
  insertEntities,
  insertEntityKeys,
  redirectEntity,
  seeEntities,
} from './write-entities.ts';
import { followUpdates, type IncidentWrite, lockIncidents, upsertIncidents } from './write-incidents.ts';
import { type AlertPlace, insertMentions, type MentionWrite } from './write-mentions.ts';
import { countTuned, reopenTuned } from './write-tuning.ts';
import type { WriterTransaction } from './writer.ts';

/** Everything that became of a few batches, in order where order matters. */
export type PipelineWrite = {
  batchIds: number[];
  entities: EntityWrite[];
  keys: EntityKeyWrite[];
  seen: EntitySeen[];
  /** What was told of devices. */
  devices: (DeviceFacts & { entityId: string })[];
  /** Identities (ids) that turned out to be another's. */
  redirects: { from: string; into: string }[];
  alerts: AlertWrite[];
  updates: AlertUpdate[];
  mentions: MentionWrite[];
  incidents: IncidentWrite[];
  merges: { from: number; into: number }[];
  activity: ActivityWrite[];
  events: LiveEvent[];
  outcomes: SourceOutcome[];
  refused: RefusedAlert[];
};

/**
 * Writes what became of a few batches within the caller's transaction: all of it or nothing. `now` is ISO 8601.
 * `numbers` gains the new identities' numbers, and is of no more use when the transaction fails. `place` says the group of
 * a device.
 */
export async function commitBatch(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  write: PipelineWrite,
  numbers: EntityNumbers,
  place: PlaceDevice,
): Promise<void> {
  await lockRules(trx, tenantId, 'share');
  const touched = [...write.incidents.map(({ id }) => id), ...write.merges.flatMap(({ from, into }) => [from, into])];
  await lockIncidents(
    trx,
    tenantId,
    touched,
    write.updates.map(({ pending }) => pending.alert.id),
  );
  await insertEntities(trx, tenantId, write.entities, numbers);
  await insertEntityKeys(trx, tenantId, write.keys, numbers);
  await seeEntities(trx, write.seen, numbers);
  const grouped = await groupDevices(trx, tenantId, sightingsOf(write, numbers), place);
  const groups = groupsOfAlerts(write, grouped, numbers);
  const seqs = await insertAlerts(trx, tenantId, write.alerts, groups);
  const updated = await updateAlerts(trx, tenantId, now, write.updates);
  const places = new Map<string, AlertPlace>(updated.map((alert) => [alert.id, alert]));
  for (const { decision } of write.alerts) {
    places.set(decision.alertId, { seq: seqs.get(decision.alertId) ?? 0, incidentId: decision.incidentId });
  }
  const fresh = await insertMentions(trx, tenantId, write.mentions, places, numbers);
  const scope = await upsertIncidents(
    trx,
    tenantId,
    now,
    write.incidents,
    countScope(fresh),
    groupsOfIncidents(write, groups),
  );
  await addToScope(trx, tenantId, scope);
  await followUpdates(trx, tenantId, now, updated);
  for (const merge of write.merges) await mergeIncident(trx, tenantId, now, merge);
  const rescoped = new Set<number>();
  for (const { from, into } of write.redirects) {
    const moved = await redirectEntity(trx, tenantId, numbers.get(from) ?? 0, numbers.get(into) ?? 0);
    for (const id of moved) rescoped.add(id);
  }
  await recountScope(trx, tenantId, [...rescoped]);
  const absorbing: number[] = [];
  for (const { from, into } of write.redirects) {
    const n = numbers.get(into) ?? 0;
    await absorbDevice(trx, tenantId, numbers.get(from) ?? 0, n, place);
    absorbing.push(n);
  }
  await refreshGroups(trx, tenantId, {
    devices: [...grouped.moved, ...absorbing],
    alerts: updated.map(({ seq }) => seq),
    incidents: write.merges.map(({ into }) => into),
  });
  await countTuned(trx, tenantId, now, write.alerts);
  const reopened = await reopenTuned(trx, tenantId, now, [...touched, ...updated.map(({ incidentId }) => incidentId)]);
  await recordActivity(trx, tenantId, now, [...write.activity, ...updated.map(updateActivity), ...reopened]);
  await recordLiveEvents(trx, tenantId, now, [...write.events, ...updateEvents(updated)]);
  await finishBatches(trx, tenantId, write.batchIds, write.outcomes, write.refused);
}

function sightingsOf({ devices }: PipelineWrite, numbers: EntityNumbers): DeviceSighting[] {
  return devices.map(({ entityId, ...facts }) => ({ n: numbers.get(entityId) ?? 0, ...facts }));
}

/** The device groups of each new alert, by its id; one that names no device has none. */
function groupsOfAlerts({ mentions }: PipelineWrite, { of }: Grouped, numbers: EntityNumbers): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const { alertId, entityId, kind } of mentions) {
    const group = kind === 'device' ? of.get(numbers.get(entityId) ?? 0) : undefined;
    if (group === undefined) continue;
    const known = groups.get(alertId);
    if (known === undefined) groups.set(alertId, [group]);
    else if (!known.includes(group)) known.push(group);
  }
  return groups;
}

function groupsOfIncidents({ alerts }: PipelineWrite, groups: ReadonlyMap<string, number[]>): Map<number, number[]> {
  const ofIncidents = new Map<number, Set<number>>();
  for (const { decision } of alerts) {
    const known = ofIncidents.get(decision.incidentId) ?? new Set();
    for (const group of groups.get(decision.alertId) ?? [devicelessId]) known.add(group);
    ofIncidents.set(decision.incidentId, known);
  }
  return new Map([...ofIncidents].map(([id, set]) => [id, [...set].sort((a, b) => a - b)]));
}

function updateActivity({ id, incidentId, active, lifted }: UpdatedAlert): ActivityWrite {
  const what = active < 0 ? 'and resolved it' : active > 0 ? 'and reopened it' : '';
  const why = lifted ? ': its severity rose, so the tuning rule that resolved it no longer holds' : '';
  const summary = `${`The source updated an alert ${what}`.trim()}${why}`;
  return { kind: 'alertUpdated', incidentId, alertId: id, summary, actor: intakeActor };
}

function updateEvents(updated: readonly UpdatedAlert[]): LiveEvent[] {
  const incidents = new Map(updated.map(({ incidentId, kind }) => [incidentId, kind]));
  return [...incidents].map(([incidentId, kind]) => ({ type: 'incident.updated', incidentId, kind }));
}
