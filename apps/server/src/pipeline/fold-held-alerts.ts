import { absorbInFacts, addToFacts, factsOf, type IncidentFacts, type Observation } from '@throughline/correlate';
import type { Decision } from '@throughline/model';
import type { IncidentWrite } from '@throughline/store';
import { incidentWrite } from './fold-incidents.ts';
import type { StoredObservation } from './rebuild.ts';

/** An alert as it is stored, with the number of the incident that holds it. */
export type HeldAlert = { incidentId: number; observation: unknown; decision: Decision };

/** Incidents folded anew: their facts, and what is to be written of them. */
export type FoldedIncidents = { facts: Map<number, IncidentFacts>; writes: IncidentWrite[] };

/** Incidents on the way to be folded: what is kept is bounded, however many alerts they hold. */
export type HeldFold = {
  /** One more alert, in order of correlation; returns what correlation saw, under the names of today. */
  add(alert: HeldAlert): Observation;
  /** `now` is in ms since 1970. An incident without alerts is left out. */
  done(isBackground: (id: number) => boolean, now: number): FoldedIncidents;
};

/** Folds incidents anew from all the alerts they hold. `find` gives the surviving identity of an entity. */
export function foldHeldAlerts(find: (entityId: string) => string): HeldFold {
  const held = new Map<number, { facts: IncidentFacts; best: Decision }>();
  return {
    add({ incidentId, observation: stored, decision }) {
      const { absorbed: _, ...seen } = stored as StoredObservation;
      const observation = surviving(seen, find);
      const known = held.get(incidentId);
      if (!known) held.set(incidentId, { facts: factsOf(observation, decision), best: decision });
      else {
        known.facts = addToFacts(known.facts, observation, decision);
        if (decision.score > known.best.score) known.best = decision;
      }
      return observation;
    },
    done(isBackground, now) {
      const facts = new Map<number, IncidentFacts>();
      const writes: IncidentWrite[] = [];
      for (const [id, { facts: folded, best }] of held) {
        const own = folded.assets.reduce((all, asset) => absorbInFacts(all, asset.id, find(asset.id)), folded);
        facts.set(id, { ...own, background: isBackground(id) });
        const change = { id, opened: null, linked: [], best, active: 0, resolved: new Map() };
        writes.push(incidentWrite(change, { ...own, background: isBackground(id) }, now));
      }
      return { facts, writes };
    },
  };
}

// An entity that turned out to be another goes by that one's name, once.
function surviving(seen: Observation, find: (entityId: string) => string): Observation {
  const entities = seen.entities.map((entity) => ({ ...entity, id: find(entity.id) }));
  return { ...seen, entities: entities.filter(({ id }, at) => entities.findIndex((other) => other.id === id) === at) };
}
