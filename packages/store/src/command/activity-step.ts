import type { ActivityKind, Actor } from '@throughline/model';
import { noteChange } from '../audit/audited.ts';
import type { Db } from '../database.ts';

/** One change as the log will tell it: `before` and `after` hold the changed fields only. */
export type ActivityStep = {
  kind: ActivityKind;
  summary: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  commentId?: number;
};

/** Where and by whom. */
export type ActivityPlace = {
  tenantId: string;
  incidentId: number;
  alertId: string | null;
  actor: Actor;
  now: Date;
};

/** Appends steps to the activity log, in order, and tells the audit log of them; returns their ids. */
export async function recordSteps(trx: Db, place: ActivityPlace, steps: readonly ActivityStep[]): Promise<number[]> {
  if (steps.length === 0) return [];
  const rows = await trx
    .insertInto('activity')
    .values(
      steps.map((step) => ({
        tenant_id: place.tenantId,
        at: place.now,
        kind: step.kind,
        actor_kind: place.actor.kind,
        actor_name: place.actor.name,
        incident_id: place.incidentId,
        alert_id: place.alertId,
        summary: step.summary,
        before: JSON.stringify(step.before),
        after: JSON.stringify(step.after),
        comment_id: step.commentId ?? null,
      })),
    )
    .returning('id')
    .execute();
  noteSteps(trx, place, steps);
  return rows.map(({ id }) => id);
}

// The audit log outlives what it tells of: it names a comment, whose text may be removed, and does not repeat it.
function noteSteps(trx: Db, { incidentId, alertId }: ActivityPlace, steps: readonly ActivityStep[]): void {
  const place = alertId === null ? {} : { incident: incidentId };
  const before = Object.assign({}, ...steps.map((step) => (step.commentId === undefined ? step.before : {})));
  const after = Object.assign(
    {},
    ...steps.map((step) => (step.commentId === undefined ? step.after : { comment: step.commentId })),
  );
  const target = alertId === null ? { kind: 'incident', id: String(incidentId) } : { kind: 'alert', id: alertId };
  noteChange(trx, { target, before, after: { ...after, ...place } });
}
