import { alertsOfIncidents, settleIncidents } from '@throughline/store';
import { type FoldedIncidents, foldHeldAlerts } from '../fold-held-alerts.ts';
import type { Work } from './work.ts';

/**
 * Brings the incidents concerned in line with the alerts they hold now. One that exists keeps its kind (`kinds`), and one
 * that a person made is an incident. Returns their alerts and facts. `find` gives the surviving identity of an asset.
 */
export async function settle(
  { trx, viewer, now }: Work,
  ids: readonly number[],
  kinds: ReadonlyMap<number, 'incident' | 'background'>,
  find: (entityId: string) => string,
): Promise<Pick<FoldedIncidents, 'held' | 'facts'>> {
  const { held, facts, writes } = foldHeldAlerts(
    await alertsOfIncidents(trx, viewer.tenantId, ids),
    (id) => kinds.get(id) === 'background',
    find,
    Date.parse(now),
  );
  await settleIncidents(trx, viewer.tenantId, now, writes);
  return { held, facts };
}
