import {
  absorbInFacts,
  addToFacts,
  type DecidedAlert,
  factsOf,
  type IncidentFacts,
  type Observation,
} from '@throughline/correlate';
import type { Decision } from '@throughline/model';
import type { IncidentWrite } from '@throughline/store';
import { incidentWrite } from './fold-incidents.ts';
import type { StoredObservation } from './rebuild.ts';

/** An alert as it is stored, with the number of the incident that holds it. */
export type HeldAlert = { incidentId: number; observation: unknown; decision: Decision };

/** Incidents folded anew: their alerts as correlation knows them, their facts, and what is to be written of them. */
export type FoldedIncidents = {
  held: ReadonlyMap<number, readonly DecidedAlert[]>;
  facts: Map<number, IncidentFacts>;
  writes: IncidentWrite[];
};

/**
 * Folds incidents anew from all the alerts they hold, given in order of correlation. `find` gives the surviving identity
 * of an entity; `now` is in ms since 1970. An incident without alerts is left out.
 */
export function foldHeldAlerts(
  alerts: readonly HeldAlert[],
  isBackground: (id: number) => boolean,
  find: (entityId: string) => string,
  now: number,
): FoldedIncidents {
  const held = byIncident(alerts, find);
  const facts = new Map<number, IncidentFacts>();
  const writes: IncidentWrite[] = [];
  for (const [id, own] of held) {
    const folded = { ...factsOfAll(own, find), background: isBackground(id) };
    facts.set(id, folded);
    const best = own.map(({ decision }) => decision).reduce((a, b) => (b.score > a.score ? b : a));
    writes.push(incidentWrite({ id, opened: null, linked: [], best, active: 0, resolved: new Map() }, folded, now));
  }
  return { held, facts, writes };
}

function byIncident(alerts: readonly HeldAlert[], find: (entityId: string) => string): Map<number, DecidedAlert[]> {
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
function surviving(seen: Observation, find: (entityId: string) => string): Observation {
  const entities = seen.entities.map((entity) => ({ ...entity, id: find(entity.id) }));
  return { ...seen, entities: entities.filter(({ id }, at) => entities.findIndex((other) => other.id === id) === at) };
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
