import type { Observation, PastAlert } from '@throughline/correlate';
import { type Db, groupOfEachDevice, type ReplayAlert, type ReplayRange, replayPages } from '@throughline/store';
import type { StoredObservation } from '../pipeline/rebuild.ts';

/**
 * The alerts of a replay in order, a page at a time. Where device groups are to count (`placed`), each gets the group
 * that its devices are in today.
 */
export async function* pastAlerts(
  db: Db,
  tenantId: string,
  range: ReplayRange,
  placed: boolean,
): AsyncGenerator<PastAlert[]> {
  const groups = placed ? await groupOfEachDevice(db, tenantId) : null;
  for await (const page of replayPages(db, tenantId, range)) yield page.map((alert) => pastAlert(alert, groups));
}

function pastAlert({ observation, incidentId }: ReplayAlert, groups: ReadonlyMap<string, number> | null): PastAlert {
  const { absorbed = [], ...seen } = observation as StoredObservation;
  return {
    observation: groups === null ? seen : { ...seen, deviceGroup: placeOf(seen, groups) },
    absorbed,
    incidentId,
  };
}

function placeOf({ entities }: Observation, groups: ReadonlyMap<string, number>): string | null {
  const own = new Set(entities.filter(({ kind }) => kind === 'device').map(({ id }) => groups.get(id) ?? 0));
  const [group] = own;
  return group === undefined || own.size > 1 ? null : String(group);
}
