import type { IncidentFacts } from '@throughline/correlate';
import {
  commitBatch,
  findStored,
  type PendingAlert,
  readFacts,
  takeStandingChanges,
  type WaitingBatch,
  type WriterTransaction,
} from '@throughline/store';
import { decideBatches } from './decide-batches.ts';
import type { EngineState } from './engine-state.ts';
import { foldIncidents, incidentWrite, touchedIncidents } from './fold-incidents.ts';
import { hashesOf } from './sort-out.ts';
import { activityOf, eventsOf } from './tell-changes.ts';

/**
 * Takes batches from the log to the database within one transaction: told from known ones, decided, folded into
 * incidents, written. When it fails the state has run ahead of the database and must be rebuilt. `refused` names alerts
 * to put on the dead letter instead, with the reason.
 */
export async function processBatches(
  trx: WriterTransaction,
  tenantId: string,
  batches: readonly WaitingBatch[],
  state: EngineState,
  now: Date,
  refused: ReadonlyMap<PendingAlert, string> = new Map(),
): Promise<void> {
  for (const { id, ...standing } of await takeStandingChanges(trx, tenantId))
    state.correlator.setStanding(id, standing);
  const hashes = hashesOf(batches);
  const wanted = [...hashes].map(([{ alert }, hash]) => ({ id: alert.id, hash }));
  const decided = decideBatches(batches, hashes, await findStored(trx, tenantId, wanted), refused, state);

  const { facts } = state;
  const missing = touchedIncidents(decided.made).filter((id) => facts.get(id) === undefined);
  for (const [id, stored] of await readFacts(trx, tenantId, missing)) facts.set(id, stored as IncidentFacts);
  const { changes, merges } = foldIncidents(decided.made, facts);
  const isBackground = (id: number) => facts.get(id)?.background ?? false;

  const { journal } = decided;
  await commitBatch(
    trx,
    tenantId,
    now.toISOString(),
    {
      batchIds: batches.map(({ id }) => id),
      entities: journal.entities,
      keys: journal.keys,
      seen: journal.seen,
      redirects: journal.redirects,
      alerts: decided.alerts,
      updates: decided.updates,
      mentions: journal.mentions,
      incidents: changes.map((change) => incidentWrite(change, facts.get(change.id) as IncidentFacts, now.getTime())),
      merges,
      activity: activityOf(changes, merges, isBackground),
      events: eventsOf(changes, merges, isBackground),
      outcomes: decided.outcomes,
      refused: decided.refused,
    },
    state.numbers,
  );
  for (const { from } of merges) facts.delete(from);
  facts.trim();
}
