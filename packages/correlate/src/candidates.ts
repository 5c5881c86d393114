import type { Signal, Term } from '@throughline/model';
import { tacticMask } from '@throughline/model';
import { affinityTerms } from './affinity.ts';
import { contributionOf } from './contribution.ts';
import type { CorrelationState } from './correlation-state.ts';
import type { IncidentRecord } from './incident-table.ts';
import type { Observation } from './observation.ts';
import type { RatedAlert } from './rarity.ts';
import { sharedTerms } from './shared.ts';
import { tenantTimeTerm } from './tenant-time.ts';

/** An incident an alert may belong to, with what speaks for it. */
export type Candidate = {
  incidentId: number;
  incident: IncidentRecord;
  score: number;
  /** The part of the score that may also merge incidents: what they share, not that they are close in time. */
  firm: number;
  /** As `firm`, counting also that the incident was on the same asset at the same moment. */
  firmNow: number;
  /** As `firm`, counting also that the incident is busy on the same asset, now or lately. */
  firmHot: number;
  terms: Term[];
};

/** All that was said for an incident. */
type Heard = { incident: IncidentRecord; terms: Term[] };

/** Says something for an incident: a term of which the arithmetic is still to do. */
export type Speak = (incidentId: number, term: Omit<Term, 'contribution'>) => void;

const firmSignals: ReadonlySet<Signal> = new Set<Signal>(['sharedAsset', 'sharedArtefact', 'affinity']);
/** Links across assets: of all these terms only the strongest counts for one incident. */
const placeSignals: ReadonlySet<Signal> = new Set<Signal>(['sharedAsset', 'affinity']);

/** Every incident that something speaks for, best first; of equal scores the older. */
export function candidatesFor(o: Observation, rated: RatedAlert, state: CorrelationState): Candidate[] {
  const heard: Heard[] = [];
  const speak: Speak = (incidentId, { signal, entity, weight, rarity, ageMs, alertId }) => {
    const term = { signal, entity, weight, rarity, ageMs, contribution: 0, alertId };
    term.contribution = contributionOf(term, state.config);
    if (term.contribution <= 0) return;
    for (const known of heard)
      if (known.incident.id === incidentId) {
        known.terms.push(term);
        return;
      }
    const incident = state.incidents.get(incidentId);
    if (incident) heard.push({ incident, terms: [term] });
  };
  sharedTerms(o, rated, state, speak);
  if (rated.novelty >= state.config.backgroundBelow) {
    affinityTerms(o, rated, state, speak);
    for (const { incident } of heard) tenantTimeTerm(incident, o, rated, state, speak);
  }
  const tactics = tacticMask(o.tactics);
  return heard
    .map((known) => candidateOf(known, tactics, state))
    .sort((a, b) => b.score - a.score || a.incidentId - b.incidentId);
}

function candidateOf({ incident, terms: all }: Heard, tactics: number, state: CorrelationState): Candidate {
  const terms = strongestOfEach(all, state);
  const stage = stageTerm(incident, tactics, state);
  if (stage) terms.push(stage);
  let score = 0;
  let firm = 0;
  let now = 0;
  let hot = 0;
  for (const term of terms) {
    score += term.contribution;
    if (firmSignals.has(term.signal)) firm += term.contribution;
    else if (term.signal === 'hotAsset') {
      hot += term.contribution;
      if (term.ageMs <= state.config.moment) now += term.contribution;
    }
  }
  return { incidentId: incident.id, incident, score, firm, firmNow: firm + now, firmHot: firm + hot, terms };
}

/**
 * Each kind of evidence speaks once, strongest first; a further asset seconds it with a share of its weight: a
 * device and its user are more than one witness and less than two.
 */
function strongestOfEach(terms: Term[], { config }: CorrelationState): Term[] {
  const kept: Term[] = [];
  let seconded = false;
  for (const term of terms.sort((a, b) => b.contribution - a.contribution)) {
    const first = kept.find((other) => isSameWitness(other.signal, term.signal));
    if (!first) kept.push(term);
    else if (!seconded && term.signal === 'sharedAsset' && term.entity?.id !== first.entity?.id) {
      seconded = true;
      const share = isConnection(term, first) ? 1 : config.secondShare;
      const second = { ...term, weight: term.weight * share };
      kept.push({ ...second, contribution: contributionOf(second, config) });
    }
  }
  return kept;
}

function isSameWitness(a: Signal, b: Signal): boolean {
  return a === b || (placeSignals.has(a) && placeSignals.has(b));
}

/** The two ends of a connection are chosen each for itself, unlike a device and its user. */
function isConnection(a: Term, b: Term): boolean {
  return a.entity?.kind === 'ip' && b.entity?.kind === 'ip';
}

function stageTerm({ tactics: shown }: IncidentRecord, tactics: number, state: CorrelationState): Term | null {
  if (shown === 0 || tactics === 0 || Math.clz32(tactics) >= Math.clz32(shown)) return null;
  const weight = state.config.stage;
  return { signal: 'stage', entity: null, weight, rarity: 0, ageMs: 0, contribution: weight, alertId: null };
}

/** Distance in event time, whichever came first: a late alert is as near as an early one. */
export function distance(time: number, span: { first: number; last: number }): number {
  return Math.max(0, time - span.last, span.first - time);
}
