import type { Signal, Term } from '@throughline/model';
import { tacticMask } from '@throughline/model';
import { affinityTerms } from './affinity.ts';
import { contributionOf } from './contribution.ts';
import type { CorrelationState } from './correlation-state.ts';
import type { Observation } from './observation.ts';
import type { RatedAlert } from './rarity.ts';
import { sharedTerms } from './shared.ts';
import { tenantTimeTerm } from './tenant-time.ts';

/** An incident an alert may belong to, with what speaks for it. */
export type Candidate = {
  incidentId: number;
  score: number;
  /** The part of the score that may also merge incidents: what they share, not that they are close in time. */
  firm: number;
  /** As `firm`, counting also that the incident was on the same asset at the same moment. */
  firmNow: number;
  terms: Term[];
};

/** Says something for an incident: a term before its arithmetic is done. */
export type Speak = (incidentId: number, term: Omit<Term, 'contribution'>) => void;

const firmSignals: ReadonlySet<Signal> = new Set<Signal>(['sharedAsset', 'sharedArtefact', 'affinity']);
/** Links across assets, which need no other; of all these terms only the strongest counts for one incident. */
const placeSignals: ReadonlySet<Signal> = new Set<Signal>(['sharedAsset', 'affinity']);

/** Every incident that something speaks for, best first; of equal scores the older. */
export function candidatesFor(o: Observation, rated: RatedAlert, state: CorrelationState): Candidate[] {
  const byIncident = new Map<number, Term[]>();
  const speak: Speak = (incidentId, term) => {
    const contribution = contributionOf(term, state.config);
    if (contribution <= 0) return;
    const terms = byIncident.get(incidentId);
    if (terms) terms.push({ ...term, contribution });
    else byIncident.set(incidentId, [{ ...term, contribution }]);
  };
  sharedTerms(o, rated, state, speak);
  if (rated.novelty >= state.config.backgroundBelow) {
    affinityTerms(o, rated, state, speak);
    for (const incidentId of byIncident.keys()) tenantTimeTerm(incidentId, o, rated, state, speak);
  }
  const candidates: Candidate[] = [];
  for (const [incidentId, terms] of byIncident) candidates.push(candidateOf(incidentId, terms, o, state));
  return candidates.sort((a, b) => b.score - a.score || a.incidentId - b.incidentId);
}

function candidateOf(incidentId: number, all: Term[], o: Observation, state: CorrelationState): Candidate {
  const terms = strongestOfEach(all, state);
  const stage = stageTerm(incidentId, o, state);
  if (stage) terms.push(stage);
  let score = 0;
  let firm = 0;
  let now = 0;
  for (const term of terms) {
    score += term.contribution;
    if (firmSignals.has(term.signal)) firm += term.contribution;
    else if (term.signal === 'hotAsset' && term.ageMs <= state.config.moment) now += term.contribution;
  }
  return { incidentId, score, firm, firmNow: firm + now, terms };
}

/**
 * Each kind of evidence speaks once, strongest first; a further asset seconds it with a share of its weight: a
 * device and its user are more than one witness and less than two.
 */
function strongestOfEach(terms: Term[], { config }: CorrelationState): Term[] {
  const heard = new Map<Signal | 'place', Term>();
  const kept: Term[] = [];
  let seconded = false;
  for (const term of terms.sort((a, b) => b.contribution - a.contribution)) {
    const witness = placeSignals.has(term.signal) ? 'place' : term.signal;
    const first = heard.get(witness);
    if (!first) {
      heard.set(witness, term);
      kept.push(term);
    } else if (!seconded && term.signal === 'sharedAsset' && term.entity?.id !== first.entity?.id) {
      seconded = true;
      const share = isConnection(term, first) ? 1 : config.secondShare;
      const second = { ...term, weight: term.weight * share };
      kept.push({ ...second, contribution: contributionOf(second, config) });
    }
  }
  return kept;
}

/** The two ends of a connection are chosen each for itself, unlike a device and its user. */
function isConnection(a: Term, b: Term): boolean {
  return a.entity?.kind === 'ip' && b.entity?.kind === 'ip';
}

function stageTerm(incidentId: number, o: Observation, state: CorrelationState): Term | null {
  const shown = state.incidents.get(incidentId)?.tactics ?? 0;
  const mask = tacticMask(o.tactics);
  if (shown === 0 || mask === 0 || Math.clz32(mask) >= Math.clz32(shown)) return null;
  const weight = state.config.stage;
  return { signal: 'stage', entity: null, weight, rarity: 0, ageMs: 0, contribution: weight, alertId: null };
}

/** Distance in event time, whichever came first: a late alert is as near as an early one. */
export function distance(time: number, span: { first: number; last: number }): number {
  return Math.max(0, time - span.last, span.first - time);
}
