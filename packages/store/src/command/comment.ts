import type { ActivityEntry, Actor } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { type ActivityColumns, activityColumns, seesActivity, toActivityEntry } from '../query/activity-entry.ts';
import { survivingIncident } from '../query/incident-family.ts';
import { everything, type Viewer } from '../query/viewer.ts';
import { type ActivityPlace, type ActivityStep, recordSteps } from './activity-step.ts';
import { announce } from './announce.ts';
import { ChangeError } from './change-error.ts';
import { inTransaction } from './in-transaction.ts';
import { lockAlert } from './lock-alert.ts';
import { lockIncident } from './lock-incident.ts';
import { storedText } from './stored-text.ts';
import { firstLine } from './wording.ts';

/** Stores a comment with its first version; returns the step that tells it. */
export async function storeComment(trx: Db, place: ActivityPlace, text: string): Promise<ActivityStep> {
  const stored = storedText('comment', text);
  const { id } = await trx
    .insertInto('comment')
    .values({
      tenant_id: place.tenantId,
      incident_id: place.incidentId,
      alert_id: place.alertId,
      created_at: place.now,
      created_by: place.actor.name,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('comment_version')
    .values({ comment_id: id, version: 1, text: stored, at: place.now, by: place.actor.name })
    .execute();
  return { kind: 'commented', summary: `Commented: ${firstLine(stored)}`, before: {}, after: {}, commentId: id };
}

/**
 * Appends a comment to an incident, or to an alert and so to the incident that holds it. Returns its log entry.
 *
 * @throws ChangeError `notFound`, `redirected`, or `invalid` for text that cannot be stored.
 */
export async function addComment(
  db: Db,
  viewer: Viewer,
  target: { incidentId: number } | { alertId: string },
  text: string,
  actor: Actor,
  now: Date,
): Promise<ActivityEntry> {
  const { tenantId } = viewer;
  return inTransaction(db, async (trx) => {
    const alert = 'alertId' in target ? await lockAlert(trx, viewer, target.alertId) : null;
    const incident =
      alert?.incident ?? (await lockIncident(trx, viewer, 'incidentId' in target ? target.incidentId : 0));
    const place = { tenantId, incidentId: incident.id, alertId: alert?.id ?? null, actor, now };
    const step = await storeComment(trx, place, text);
    const [id = 0] = await recordSteps(trx, place, [step]);
    await sql`
      update incident set updated_at = greatest(updated_at, ${now}), last_modified_by = ${actor.name}
      where tenant_id = ${tenantId} and id = ${incident.id}`.execute(trx);
    const entry = await readEntry(trx, id);
    await announce(trx, tenantId, [{ type: 'incident.updated', incidentId: incident.id, kind: incident.kind }]);
    return entry;
  });
}

/**
 * Gives a comment a new version; the older ones stay readable. Returns the log entry of the edit, or null when the text
 * is the same.
 *
 * @throws ChangeError `notFound`; `conflict` when `actor` did not write the comment; `invalid` for text that cannot be stored.
 */
export async function editComment(
  db: Db,
  viewer: Viewer,
  commentId: number,
  text: string,
  actor: Actor,
  now: Date,
): Promise<ActivityEntry | null> {
  const stored = storedText('comment', text);
  const { tenantId } = viewer;
  return inTransaction(db, async (trx) => {
    const comment = await trx
      .selectFrom('comment as c')
      .selectAll()
      .where(seesActivity(viewer, 'c'))
      .where('c.id', '=', sql<number>`${commentId}::bigint`)
      .forUpdate()
      .executeTakeFirst();
    if (comment === undefined) throw new ChangeError('notFound', 'comment', `There is no comment ${commentId}.`);
    if (comment.created_by !== actor.name) {
      throw new ChangeError('conflict', 'comment', `Only ${comment.created_by}, who wrote it, may edit this comment.`);
    }
    const newest = await trx
      .selectFrom('comment_version')
      .select(['version', 'text'])
      .where('comment_id', '=', comment.id)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    if (newest.text === stored) return null;
    await trx
      .insertInto('comment_version')
      .values({ comment_id: comment.id, version: newest.version + 1, text: stored, at: now, by: actor.name })
      .execute();
    const place = { tenantId, incidentId: comment.incident_id, alertId: comment.alert_id, actor, now };
    const summary = `Edited a comment: ${firstLine(stored)}`;
    const before = { comment: newest.text };
    const [id = 0] = await recordSteps(trx, place, [
      { kind: 'commentEdited', summary, before, after: { comment: stored }, commentId: comment.id },
    ]);
    const entry = await readEntry(trx, id);
    const shownIn = (await survivingIncident(trx, everything(tenantId), comment.incident_id)) ?? comment.incident_id;
    const { kind } = await trx
      .selectFrom('incident')
      .select('kind')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', shownIn)
      .executeTakeFirstOrThrow();
    await announce(trx, tenantId, [{ type: 'incident.updated', incidentId: shownIn, kind }]);
    return entry;
  });
}

async function readEntry(trx: Db, id: number): Promise<ActivityEntry> {
  const { rows } = await sql<ActivityColumns>`select ${activityColumns} from activity v where v.id = ${id}`.execute(
    trx,
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`activity ${id} was just written and is not there`);
  return toActivityEntry(row);
}
