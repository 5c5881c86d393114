import { absorbInFacts, addToFacts, factsOf, type IncidentFacts, type Observation } from '@throughline/correlate';
import type { Decision } from '@throughline/model';
import { readRemaining, type SettleRemaining, settleIncidents, type WriterTransaction } from '@throughline/store';
import { incidentWrite } from '../pipeline/fold-incidents.ts';
import type { StoredObservation } from '../pipeline/rebuild.ts';

type Held = { observation: Observation; decision: Decision };

/** Folds incidents anew from the alerts they still hold: name, severity, priority, assets, counts and times. */
export const settleRemaining: SettleRemaining = async (trx, tenantId, ids, now) => {
  const { alerts, background, survivors } = await readRemaining(trx, tenantId, ids);
  const find = (entityId: string) => survivors.get(entityId) ?? entityId;
  const held = new Map<number, Held[]>();
  for (const { incidentId, observation, decision } of alerts) {
    const { absorbed: _, ...seen } = observation as StoredObservation;
    const own = held.get(incidentId) ?? [];
    own.push({ observation: surviving(seen, find), decision });
    held.set(incidentId, own);
  }
  const writes = [...held].map(([id, own]) => {
    const facts = { ...fold(own, find), background: background.has(id) };
    const best = own.map(({ decision }) => decision).reduce((a, b) => (b.score > a.score ? b : a));
    return incidentWrite({ id, opened: null, linked: [], best, active: 0, resolved: new Map() }, facts, now.getTime());
  });
  await settleIncidents(trx as WriterTransaction, tenantId, now.toISOString(), writes);
};

// An entity that turned out to be another goes by that one's name, once.
function surviving(seen: Observation, find: (entityId: string) => string): Observation {
  const entities = seen.entities.map((entity) => ({ ...entity, id: find(entity.id) }));
  return { ...seen, entities: entities.filter(({ id }, at) => entities.findIndex((other) => other.id === id) === at) };
}

function fold(alerts: readonly Held[], find: (entityId: string) => string): IncidentFacts {
  const [first, ...rest] = alerts;
  if (first === undefined) throw new RangeError('an incident without alerts has no facts');
  const folded = rest.reduce(
    (facts, { observation, decision }) => addToFacts(facts, observation, decision),
    factsOf(first.observation, first.decision),
  );
  return folded.assets.reduce((facts, { id }) => absorbInFacts(facts, id, find(id)), folded);
}
