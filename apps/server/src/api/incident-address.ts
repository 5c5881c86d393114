import type { Principal } from '@throughline/access';
import { type IncidentDetail, incidentListQuery } from '@throughline/model';
import { type Db, getIncident, listIncidents, survivingIncident } from '@throughline/store';
import { found, notFound } from '../http/api-error.ts';

/** The incident that an id leads to after merges, for its lists. Throws 404 when there is none. */
export async function survivorOf(db: Db, principal: Principal, id: number): Promise<number> {
  return found(await survivingIncident(db, principal, id), 'incident');
}

/** The incident at an address. A merged one keeps its own row, with the survivor's story and a pointer to it. */
export async function incidentByAddress(db: Db, principal: Principal, id: number): Promise<IncidentDetail> {
  const incident = found(await getIncident(db, principal, id), 'incident');
  if (!('redirect' in incident)) return incident;
  const survivor = found(await getIncident(db, principal, incident.redirect), 'incident');
  if ('redirect' in survivor) throw notFound('incident');
  const query = incidentListQuery.parse({ q: String(id), status: 'redirected', kind: 'all', limit: 200 });
  const { items } = await listIncidents(db, principal, query);
  const row = items.find((item) => item.id === id);
  return { ...survivor, ...row, id, status: 'redirected', redirectIncidentId: survivor.id };
}
