import {
  absorbInFacts,
  addToFacts,
  factsOf,
  type IncidentFacts,
  mergeFacts,
  nameIncident,
  type Observation,
  priorityOf,
  severityOf,
} from '@throughline/correlate';
import {
  type Decision,
  type Merge,
  reasonSentence,
  type TuningMark,
  tacticMask,
  tuningSentence,
} from '@throughline/model';
import type { IncidentWrite } from '@throughline/store';
import type { FactsCache } from './facts-cache.ts';

type Made = { observation: Observation; decision: Decision };

/** What a few batches did to one incident. */
export type IncidentChange = {
  id: number;
  /** The decision that opened it, when it is new. */
  opened: Decision | null;
  /** Decisions that put further alerts into it. */
  linked: Decision[];
  /** The decision that says best why its alerts belong together. */
  best: Decision | null;
  active: number;
  /** Alerts that a tuning rule resolved, by rule. */
  resolved: Map<number, { tuning: TuningMark; alerts: number }>;
};

/** Incidents that decisions touch, by number. */
export function touchedIncidents(made: readonly Made[]): number[] {
  const ids = new Set<number>();
  for (const { decision } of made) {
    ids.add(decision.incidentId);
    for (const { from, into } of decision.merges) ids.add(from).add(into);
  }
  return [...ids];
}

/**
 * Folds decisions, in order, into the facts of their incidents. `facts` must hold those of every touched incident that
 * exists; `find` gives the surviving identity of an asset, so that one that went by two names counts once.
 */
export function foldIncidents(
  made: readonly Made[],
  facts: FactsCache,
  find: (entityId: string) => string,
): { changes: IncidentChange[]; merges: Merge[] } {
  const changes = new Map<number, IncidentChange>();
  const merges: Merge[] = [];
  const changeOf = (id: number): IncidentChange => {
    let change = changes.get(id);
    if (!change) {
      change = { id, opened: null, linked: [], best: null, active: 0, resolved: new Map() };
      changes.set(id, change);
    }
    return change;
  };
  for (const { observation, decision } of made) {
    const before = facts.get(decision.incidentId);
    facts.set(decision.incidentId, before ? addToFacts(before, observation, decision) : factsOf(observation, decision));
    const change = changeOf(decision.incidentId);
    if (before) change.linked.push(decision);
    else change.opened = decision;
    if (observation.active) change.active++;
    const { tuning } = decision;
    if (tuning?.action === 'resolve') {
      change.resolved.set(tuning.ruleId, { tuning, alerts: (change.resolved.get(tuning.ruleId)?.alerts ?? 0) + 1 });
    }
    change.best = better(change.best, decision);
    for (const merge of decision.merges) {
      merges.push(merge);
      const from = facts.get(merge.from);
      const into = facts.get(merge.into);
      if (from && into) facts.set(merge.into, mergeFacts(into, from));
      changeOf(merge.into).best = decision;
    }
  }
  for (const id of changes.keys()) {
    const folded = facts.get(id);
    if (folded)
      facts.set(
        id,
        folded.assets.reduce((f, asset) => absorbInFacts(f, asset.id, find(asset.id)), folded),
      );
  }
  return { changes: [...changes.values()], merges };
}

/** The stronger of two reasons; of equals the later. One that merged incidents says most. */
function better(before: Decision | null, decision: Decision): Decision {
  if (before === null) return decision;
  const strength = (d: Decision) =>
    d.merges.length > 0 ? Number.POSITIVE_INFINITY : d.kind === 'joined' ? d.score : -1;
  return strength(decision) >= strength(before) ? decision : before;
}

/** An incident's row from its facts. `now` is ms UTC. */
export function incidentWrite(change: IncidentChange, facts: IncidentFacts, now: number): IncidentWrite {
  const { score, factors } = priorityOf(facts, now);
  const names = (tally: readonly [string, number][]) => tally.map(([name]) => name);
  return {
    id: change.id,
    kind: facts.background ? 'background' : 'incident',
    displayName: nameIncident(facts),
    severity: severityOf(facts),
    priorityScore: score,
    factors,
    reason: change.best ? reasonSentence(change.best) : '',
    facts,
    tacticMask: tacticMask(facts.tactics),
    serviceSources: names(facts.serviceSources),
    detectionSources: names(facts.detectionSources),
    categories: names(facts.categories),
    products: names(facts.products),
    threats: names(facts.threats),
    firstActivity: new Date(facts.first).toISOString(),
    lastActivity: new Date(facts.last).toISOString(),
    continues: change.opened?.continues ?? null,
    addedAlerts: change.linked.length + (change.opened ? 1 : 0),
    addedActive: change.active,
    arrivesResolved: arrivesResolved(change),
  };
}

/** An incident that a tuning rule's alert opened arrives resolved, unless one that is open came with it. */
function arrivesResolved({ opened, active }: IncidentChange): IncidentWrite['arrivesResolved'] {
  const tuning = opened?.tuning;
  if (tuning?.action !== 'resolve' || active > 0) return null;
  const { classification, determination } = tuning;
  return { classification, determination, comment: tuningSentence(tuning) };
}
