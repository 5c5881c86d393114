import type { Principal } from '@throughline/access';
import { type IncidentDetail, incidentListQuery } from '@throughline/model';
import { type Db, deletedIncident, getIncident, listIncidents, survivingIncident } from '@throughline/store';
import { ApiError, found, notFound } from '../http/api-error.ts';

/** The incident that an id leads to after merges, for its lists. Throws 404 when there is none. */
export async function survivorOf(db: Db, principal: Principal, id: number): Promise<number> {
  return foundIncident(db, principal, id, await survivingIncident(db, principal, id));
}

/** The incident at an address. A merged one keeps its own row, with the survivor's story and a pointer to it. */
export async function incidentByAddress(db: Db, principal: Principal, id: number): Promise<IncidentDetail> {
  const incident = await foundIncident(db, principal, id, await getIncident(db, principal, id));
  if (!('redirect' in incident)) return incident;
  const survivor = found(await getIncident(db, principal, incident.redirect), 'incident');
  if ('redirect' in survivor) throw notFound('incident');
  const query = incidentListQuery.parse({ q: String(id), status: 'redirected', kind: 'all', limit: 200 });
  const { items } = await listIncidents(db, principal, query);
  const row = items.find((item) => item.id === id);
  return { ...survivor, ...row, id, status: 'redirected', redirectIncidentId: survivor.id };
}

/** The incident, or why there is none: 410 for one that was deleted, to those who would have seen it whatever it named. */
async function foundIncident<T>(db: Db, principal: Principal, id: number, incident: T | null): Promise<T> {
  if (incident !== null || principal.groups !== null) return found(incident, 'incident');
  const deleted = await deletedIncident(db, principal.tenantId, id);
  if (deleted === undefined) throw notFound('incident');
  const how = deleted.kind === 'retention' ? 'was deleted by retention' : 'was deleted for good';
  throw new ApiError(410, 'deleted', `Incident ${id} ${how} on ${deleted.at.slice(0, 10)} (UTC).`);
}
