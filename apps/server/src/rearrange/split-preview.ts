import type { Principal } from '@throughline/access';
import { splitParts } from '@throughline/correlate';
import type { SplitPreview } from '@throughline/model';
import { type Db, splitMaterial } from '@throughline/store';
import { found } from '../http/api-error.ts';
import type { StoredObservation } from '../pipeline/rebuild.ts';

const shownTitles = 5;

/** What an incident falls into when an entity is not to bind it. Throws 404 when either is not there or not seen. */
export async function previewSplit(
  db: Db,
  principal: Principal,
  incidentId: number,
  entityId: string,
): Promise<SplitPreview> {
  const { entity, alerts } = found(await splitMaterial(db, principal, incidentId, entityId), 'entity');
  const decided = alerts.map(({ id, observation, decision, entityIds }) => {
    const seen = observation as StoredObservation;
    // By the names that identities go by today.
    const entities = entityIds.map((entityId) => ({
      kind: 'device' as const,
      id: entityId,
      name: entityId,
      roles: [],
    }));
    return { observation: { ...seen, alertId: id, entities }, decision };
  });
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  const parts = splitParts(decided, entity.id).map(({ alertIds }) => {
    const own = alertIds.map((id) => byId.get(id)).filter((alert) => alert !== undefined);
    const times = own.flatMap(({ first, last }) => [first, last]).sort();
    return {
      alertIds,
      titles: [...new Set(own.map(({ title }) => title))].slice(0, shownTitles),
      firstActivityDateTime: times[0] ?? '',
      lastActivityDateTime: times.at(-1) ?? '',
    };
  });
  return { entity, parts };
}
