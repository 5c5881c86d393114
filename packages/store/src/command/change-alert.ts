import type { Actor, AlertChange, AlertDetail } from '@throughline/model';
import { sql, type Updateable } from 'kysely';
import type { Database, Db } from '../database.ts';
import { getAlert } from '../query/alert-detail.ts';
import type { Sentence } from '../query/alert-link.ts';
import type { Viewer } from '../query/viewer.ts';
import { type ActivityPlace, type ActivityStep, recordSteps } from './activity-step.ts';
import { announce } from './announce.ts';
import { activeAlerts } from './change-incident.ts';
import { classify } from './classify.ts';
import { storeComment } from './comment.ts';
import { inTransaction } from './in-transaction.ts';
import { lockAlert } from './lock-alert.ts';
import { storedText } from './stored-text.ts';
import { inWords, ownerInWords, verdictInWords } from './wording.ts';

type LockedAlert = Awaited<ReturnType<typeof lockAlert>>;
type AlertPlan = { set: Updateable<Database['alert']>; steps: ActivityStep[] };

/**
 * Changes the given fields of an alert, each with its entry in the activity log of its incident, all or nothing. Once a
 * person has given status or classification, later versions from the source no longer change them.
 *
 * @throws ChangeError `notFound`, or `invalid` naming the field.
 */
export async function changeAlert(
  db: Db,
  viewer: Viewer,
  alertId: string,
  change: AlertChange,
  actor: Actor,
  now: Date,
  sentence: Sentence,
): Promise<AlertDetail> {
  const { tenantId } = viewer;
  return inTransaction(db, async (trx) => {
    const alert = await lockAlert(trx, viewer, alertId);
    const { incident } = alert;
    const place = { tenantId, incidentId: incident.id, alertId: alert.id, actor, now };
    const plan = planAlertChange(alert, change, now);
    if (change.comment !== undefined) plan.steps.push(await storeComment(trx, place, change.comment));
    if (Object.keys(plan.set).length > 0) {
      await trx
        .updateTable('alert')
        .set({ ...plan.set, updated_at: now })
        .where('seq', '=', alert.seq)
        .execute();
    }
    if (plan.steps.length > 0) await touchIncident(trx, place);
    await recordSteps(trx, place, plan.steps);
    const detail = await getAlert(trx, viewer, alertId, sentence);
    if (detail === null) throw new Error(`alert ${alertId} left while it was locked`);
    if (plan.steps.length > 0) {
      await announce(trx, tenantId, [{ type: 'incident.updated', incidentId: incident.id, kind: incident.kind }]);
    }
    return detail;
  });
}

function planAlertChange(alert: LockedAlert, change: AlertChange, now: Date): AlertPlan {
  const plan: AlertPlan = { set: {}, steps: [] };
  const { classification, determination } = alert;
  const verdict = classify({ classification, determination }, change);
  if (change.status !== undefined || change.classification !== undefined || change.determination !== undefined) {
    plan.set.person_decided = true;
  }
  if (change.status !== undefined && change.status !== alert.status) {
    Object.assign(plan.set, { status: change.status, resolved_at: change.status === 'resolved' ? now : null });
    plan.steps.push({
      kind: 'alertStatusChanged',
      summary: `Alert "${alert.title.slice(0, 120).toWellFormed()}" changed from ${inWords(alert.status)} to ${inWords(change.status)}`,
      before: { status: alert.status },
      after: { status: change.status },
    });
  }
  if (change.assignedTo !== undefined) {
    const owner = storedText('assignedTo', change.assignedTo ?? '').trim() || null;
    if (owner !== alert.assigned_to) {
      plan.set.assigned_to = owner;
      plan.steps.push({
        kind: 'assigned',
        summary:
          owner === null
            ? `Alert unassigned from ${ownerInWords(alert.assigned_to ?? '')}`
            : `Alert assigned to ${ownerInWords(owner)}`,
        before: { assignedTo: alert.assigned_to },
        after: { assignedTo: owner },
      });
    }
  }
  if (verdict.classification !== classification || verdict.determination !== determination) {
    Object.assign(plan.set, verdict);
    plan.steps.push({
      kind: 'classified',
      summary: `Alert classified as ${verdictInWords(verdict.classification, verdict.determination)}`,
      before: { classification, determination },
      after: verdict,
    });
  }
  return plan;
}

async function touchIncident(trx: Db, place: ActivityPlace): Promise<void> {
  await trx
    .updateTable('incident')
    .set({
      updated_at: sql<string>`greatest(updated_at, ${place.now})`,
      last_modified_by: place.actor.name,
      alerts_active: activeAlerts(place),
    })
    .where('tenant_id', '=', place.tenantId)
    .where('id', '=', place.incidentId)
    .execute();
}
