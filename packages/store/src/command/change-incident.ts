import type { ActivityKind, Actor, BulkResult, IncidentChange, IncidentDetail } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { getIncident } from '../query/incident-detail.ts';
import { seesAlert, type Viewer } from '../query/viewer.ts';
import { type ActivityPlace, recordSteps } from './activity-step.ts';
import { announce } from './announce.ts';
import { ChangeError } from './change-error.ts';
import { storeComment } from './comment.ts';
import { inTransaction } from './in-transaction.ts';
import { type AutomaticName, type IncidentPlan, planIncidentChange } from './incident-steps.ts';
import { type LockedIncident, lockIncident } from './lock-incident.ts';
import { countOf } from './wording.ts';

/** Owner, status and classification decide what may join or merge: the correlator reads them again. */
const bindsCorrelation: ReadonlySet<ActivityKind> = new Set(['assigned', 'statusChanged', 'resolved', 'classified']);

const keepName: AutomaticName = () => null;

/**
 * Changes the given fields of an incident, each with its entry in the activity log, all or nothing. Assigning assigns its
 * alerts; resolving resolves its open alerts unless `resolveAlerts` is false. Where nothing differs nothing is written.
 * `automaticName` names an incident whose name is unlocked; without it the old name stays until an alert joins.
 *
 * @throws ChangeError `notFound`, `redirected` with the survivor, or `invalid` naming the field.
 */
export async function changeIncident(
  db: Db,
  viewer: Viewer,
  id: number,
  change: IncidentChange,
  actor: Actor,
  now: Date,
  automaticName: AutomaticName = keepName,
): Promise<IncidentDetail> {
  const { tenantId } = viewer;
  return inTransaction(db, async (trx) => {
    const incident = await lockIncident(trx, viewer, id);
    const changed = await applyChange(
      trx,
      viewer,
      { tenantId, incidentId: id, alertId: null, actor, now },
      incident,
      change,
      automaticName,
    );
    const detail = await getIncident(trx, viewer, id);
    if (detail === null || 'redirect' in detail) throw new Error(`incident ${id} left while it was locked`);
    if (changed) await announce(trx, tenantId, [{ type: 'incident.updated', incidentId: id, kind: incident.kind }]);
    return detail;
  });
}

/** One change to many incidents, each in its own transaction: some may change and others be refused, with the reason. */
export async function changeIncidents(
  db: Db,
  viewer: Viewer,
  ids: readonly number[],
  change: IncidentChange,
  actor: Actor,
  now: Date,
  automaticName: AutomaticName = keepName,
): Promise<BulkResult> {
  const { tenantId } = viewer;
  const result: BulkResult = { changed: [], failed: [] };
  for (const id of new Set(ids)) {
    try {
      await inTransaction(db, async (trx) => {
        const incident = await lockIncident(trx, viewer, id);
        const place = { tenantId, incidentId: id, alertId: null, actor, now };
        if (!(await applyChange(trx, viewer, place, incident, change, automaticName))) return;
        await announce(trx, tenantId, [{ type: 'incident.updated', incidentId: id, kind: incident.kind }]);
      });
      result.changed.push(id);
    } catch (error) {
      if (!(error instanceof ChangeError)) throw error;
      result.failed.push({ id, reason: error.message });
    }
  }
  return result;
}

/** Writes the change to a locked incident; false when nothing differed. */
async function applyChange(
  trx: Db,
  viewer: Viewer,
  place: ActivityPlace,
  incident: LockedIncident,
  change: IncidentChange,
  automaticName: AutomaticName,
): Promise<boolean> {
  const plan = planIncidentChange(incident, change, place.now, automaticName);
  await cascade(trx, viewer, place, plan, change);
  if (change.comment !== undefined) plan.steps.push(await storeComment(trx, place, change.comment));
  if (plan.steps.length === 0) return false;
  const standing = plan.steps.some(({ kind }) => bindsCorrelation.has(kind));
  await trx
    .updateTable('incident')
    .set({
      ...plan.set,
      updated_at: sql<string>`greatest(updated_at, ${place.now})`,
      last_modified_by: place.actor.name,
      alerts_active: activeAlerts(place),
      standing_version: sql<number>`standing_version + ${standing ? 1 : 0}`,
    })
    .where('tenant_id', '=', place.tenantId)
    .where('id', '=', place.incidentId)
    .execute();
  await recordSteps(trx, place, plan.steps);
  return true;
}

/** How many alerts of the incident are still open. */
export function activeAlerts({ tenantId, incidentId }: Pick<ActivityPlace, 'tenantId' | 'incidentId'>) {
  return sql<number>`(select count(*) from alert
    where tenant_id = ${tenantId} and incident_id = ${incidentId} and status <> 'resolved')`;
}

/** Carries the owner and the end of an incident to those of its alerts that the viewer sees, and tells in the step how many there were. */
async function cascade(
  trx: Db,
  viewer: Viewer,
  place: ActivityPlace,
  plan: IncidentPlan,
  change: IncidentChange,
): Promise<void> {
  const { incidentId, now } = place;
  if (plan.set.assigned_to !== undefined) {
    const owner = plan.set.assigned_to;
    const { numAffectedRows = 0n } = await sql`
      update alert a set assigned_to = ${owner}, updated_at = ${now}
      where ${seesAlert(viewer)} and incident_id = ${incidentId} and assigned_to is distinct from ${owner}`.execute(
      trx,
    );
    tell(plan, 'assigned', 'alertsAssigned', Number(numAffectedRows));
  }
  if (change.status === 'resolved' && change.resolveAlerts !== false) {
    const { numAffectedRows = 0n } = await sql`
      update alert a set status = 'resolved', resolved_at = ${now}, updated_at = ${now}, person_decided = true
      where ${seesAlert(viewer)} and incident_id = ${incidentId} and status <> 'resolved'`.execute(trx);
    const count = Number(numAffectedRows);
    if (count > 0 && !plan.steps.some(({ kind }) => kind === 'resolved')) {
      plan.steps.push({ kind: 'alertStatusChanged', summary: 'Resolved', before: {}, after: { status: 'resolved' } });
      tell(plan, 'alertStatusChanged', 'alertsResolved', count);
    } else tell(plan, 'resolved', 'alertsResolved', count);
  }
}

function tell(plan: IncidentPlan, kind: string, field: string, count: number): void {
  const step = plan.steps.find((candidate) => candidate.kind === kind);
  if (step === undefined || count === 0) return;
  step.after = { ...step.after, [field]: count };
  step.summary = `${step.summary} (${countOf(count, 'alert')})`;
}
