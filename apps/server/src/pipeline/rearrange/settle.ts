import { type IncidentFacts, type Rearrangement, remember } from '@throughline/correlate';
import { alertsOfIncidents, settleIncidents } from '@throughline/store';
import { foldHeldAlerts } from '../fold-held-alerts.ts';
import type { Work } from './work.ts';

/** What incidents are after a rearrangement: as correlation is to remember them, and their facts. */
export type Settled = { remembered: Pick<Rearrangement, 'incidents' | 'postings'>; facts: Map<number, IncidentFacts> };

/**
 * Brings the incidents concerned in line with the alerts they hold now. One that exists keeps its kind (`kinds`), and one
 * that a person made is an incident. `find` gives the surviving identity of an asset. Memory does not grow with how
 * often alerts repeat themselves.
 */
export async function settle(
  { trx, viewer, now, config }: Work,
  ids: readonly number[],
  kinds: ReadonlyMap<number, 'incident' | 'background'>,
  find: (entityId: string) => string,
): Promise<Settled> {
  const fold = foldHeldAlerts(find);
  const remembering = remember(config);
  for await (const page of alertsOfIncidents(trx, viewer.tenantId, ids)) {
    for (const alert of page) {
      remembering.add(alert.incidentId, { observation: fold.add(alert), decision: alert.decision });
    }
  }
  const { facts, writes } = fold.done((id) => kinds.get(id) === 'background', Date.parse(now));
  await settleIncidents(trx, viewer.tenantId, now, writes);
  return { remembered: remembering.done(), facts };
}
