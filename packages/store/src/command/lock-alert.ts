import type { Db } from '../database.ts';
import { seesAlert, type Viewer } from '../query/viewer.ts';
import { ChangeError } from './change-error.ts';
import { lockIncident } from './lock-incident.ts';

/**
 * Locks the incident that holds an alert, then the alert: in the order in which everything else locks them.
 *
 * @throws ChangeError `notFound` for what the viewer does not see.
 */
export async function lockAlert(trx: Db, viewer: Viewer, id: string) {
  const gone = new ChangeError('notFound', 'alert', `There is no alert "${id.slice(0, 200).replaceAll('\0', '')}".`);
  if (id.includes('\0')) throw gone;
  // A merge may move the alert between finding its incident and locking that.
  for (let attempt = 0; attempt < 5; attempt++) {
    const found = await trx
      .selectFrom('alert as a')
      .select('incident_id')
      .where(seesAlert(viewer))
      .where('id', '=', id)
      .executeTakeFirst();
    if (found === undefined) throw gone;
    const incident = await lockIncident(trx, viewer, found.incident_id).catch((error: unknown) => {
      if (error instanceof ChangeError && error.code === 'redirected') return null;
      throw error;
    });
    const alert = await trx
      .selectFrom('alert as a')
      .select(['id', 'seq', 'incident_id', 'title', 'status', 'classification', 'determination', 'assigned_to'])
      .where(seesAlert(viewer))
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (alert !== undefined && incident !== null && alert.incident_id === incident.id) return { ...alert, incident };
  }
  throw new ChangeError('conflict', 'alert', 'The alert is being moved between incidents; try again.');
}
