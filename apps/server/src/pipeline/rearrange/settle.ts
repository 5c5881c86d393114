import {
  absorbInFacts,
  addToFacts,
  type DecidedAlert,
  factsOf,
  type IncidentFacts,
  type Observation,
} from '@throughline/correlate';
import { alertsOfIncidents, type ConcernedAlert, settleIncidents } from '@throughline/store';
import { incidentWrite } from '../fold-incidents.ts';
import type { StoredObservation } from '../rebuild.ts';
import type { Work } from './work.ts';

/** The alerts of an incident, as correlation knows them. */
export type Held = ReadonlyMap<number, readonly DecidedAlert[]>;

/**
 * Brings the incidents concerned in line with the alerts they hold now. One that exists keeps its kind (`kinds`), and one
 * that a person made is an incident. Returns their alerts and facts. `find` gives the surviving identity of an asset.
 */
export async function settle(
  { trx, viewer, now }: Work,
  ids: readonly number[],
  kinds: ReadonlyMap<number, 'incident' | 'background'>,
  find: (entityId: string) => string,
): Promise<{ held: Held; facts: Map<number, IncidentFacts> }> {
  const held = byIncident(await alertsOfIncidents(trx, viewer.tenantId, ids), find);
  const facts = new Map<number, IncidentFacts>();
  const writes = [];
  for (const [id, alerts] of held) {
    const own = { ...factsOfAll(alerts, find), background: kinds.get(id) === 'background' };
    facts.set(id, own);
    const decisions = alerts.map(({ decision }) => decision);
    const best = decisions.reduce((a, b) => (b.score > a.score ? b : a));
    writes.push(
      incidentWrite({ id, opened: null, linked: [], best, active: 0, resolved: new Map() }, own, Date.parse(now)),
    );
  }
  await settleIncidents(trx, viewer.tenantId, now, writes);
  return { held, facts };
}

function byIncident(alerts: readonly ConcernedAlert[], find: (entityId: string) => string): Held {
  const held = new Map<number, DecidedAlert[]>();
  for (const { incidentId, observation, decision } of alerts) {
    const { absorbed: _, ...seen } = observation as StoredObservation;
    const own = held.get(incidentId) ?? [];
    own.push({ observation: surviving(seen, find), decision });
    held.set(incidentId, own);
  }
  return held;
}

// An entity that turned out to be another goes by that one's name, once.
function surviving(o: Observation, find: (entityId: string) => string): Observation {
  const entities = o.entities.map((entity) => ({ ...entity, id: find(entity.id) }));
  return { ...o, entities: entities.filter(({ id }, at) => entities.findIndex((other) => other.id === id) === at) };
}

function factsOfAll(alerts: readonly DecidedAlert[], find: (entityId: string) => string): IncidentFacts {
  const [first, ...rest] = alerts;
  if (first === undefined) throw new RangeError('an incident without alerts has no facts');
  const folded = rest.reduce(
    (facts, { observation, decision }) => addToFacts(facts, observation, decision),
    factsOf(first.observation, first.decision),
  );
  return folded.assets.reduce((facts, { id }) => absorbInFacts(facts, id, find(id)), folded);
}
