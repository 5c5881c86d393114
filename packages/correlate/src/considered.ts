import type { Decision, Refusal, Term } from '@throughline/model';
import { type Candidate, distance } from './candidates.ts';
import type { CorrelationState } from './correlation-state.ts';
import type { IncidentRecord } from './incident-table.ts';
import type { Observation } from './observation.ts';
import { type RatedAlert, type RatedEntity, rarityIn, uniqueness } from './rarity.ts';

/** Incidents kept with a decision beyond those that a rule forbade: the nearest ones. */
export const mostConsidered = 5;

/** An entity that has lost more than half of its voice is told as a hub. */
const hubVoice = 0.5;

/**
 * The refusals of a decision with the incidents that weighed too little: the nearest other candidates, best first, and
 * for an alert that stands alone those it shares something with that says nothing. Reads the state and changes nothing.
 */
export function considered(
  d: Decision,
  o: Observation,
  rated: RatedAlert,
  candidates: readonly Candidate[],
  state: CorrelationState,
): Refusal[] {
  const refusals = [...d.refusals];
  const told = new Set(refusals.map(({ incidentId }) => incidentId));
  if (d.kind !== 'opened') told.add(d.incidentId);
  if (d.continues !== null) told.add(d.continues);
  for (const { from, into } of d.merges) told.add(from).add(into);
  const most = refusals.length + mostConsidered;
  // Where an alert has found its place, only a near miss is worth telling.
  const least = d.kind === 'opened' ? 0 : state.config.joinAt / 2;
  for (const candidate of candidates) {
    if (refusals.length >= most || candidate.score < least) break;
    if (told.has(candidate.incidentId)) continue;
    told.add(candidate.incidentId);
    refusals.push(shortfall(candidate, o, rated, state));
  }
  if (d.kind !== 'opened') return refusals;
  for (const silent of silentShares(o, rated, state)) {
    if (refusals.length >= most) break;
    if (told.has(silent.incidentId)) continue;
    told.add(silent.incidentId);
    refusals.push(silent);
  }
  return refusals;
}

/** Why a candidate that nothing forbids is not the one, through the strongest of what they share. */
function shortfall(
  { incidentId, incident, score, terms }: Candidate,
  o: Observation,
  rated: RatedAlert,
  state: CorrelationState,
): Refusal {
  const [strongest] = terms;
  const entity = strongest?.entity ?? null;
  const told = { incidentId, score: Math.round(score * 1_000) / 1_000, entity, ageMs: strongest?.ageMs ?? 0 };
  if (score >= state.config.joinAt) return { ...told, reason: 'outscored' };
  return { ...told, reason: isHub(entity, incident, o, rated, state) ? 'hub' : 'belowLine' };
}

function isHub(
  entity: Term['entity'],
  incident: IncidentRecord,
  o: Observation,
  rated: RatedAlert,
  state: CorrelationState,
): boolean {
  const known = rated.entities.find((one) => one.entity.id === entity?.id);
  return known !== undefined && fadesIn(known, incident, o, state);
}

function fadesIn({ record }: RatedEntity, incident: IncidentRecord, o: Observation, state: CorrelationState): boolean {
  return uniqueness(record, incident, state.history, state.config, o.time) < hubVoice;
}

/** Incidents that share an entity with the alert without anything speaking for them, nearest in time first. */
function silentShares(o: Observation, rated: RatedAlert, state: CorrelationState): Refusal[] {
  const { incidents } = state;
  const shares: (Refusal & { ageMs: number })[] = [];
  for (const known of rated.entities) {
    const { id, kind, name } = known.entity;
    for (const posting of known.record?.postings ?? []) {
      const incident = incidents.get(incidents.find(posting.incidentId));
      if (!incident) continue;
      const unheard = rarityIn(known, posting) > 0 ? 'window' : 'ordinary';
      const reason = fadesIn(known, incident, o, state) ? 'hub' : unheard;
      const ageMs = distance(o.time, posting);
      shares.push({ incidentId: incident.id, reason, score: 0, entity: { kind, id, name }, ageMs });
    }
  }
  return shares.sort((a, b) => a.ageMs - b.ageMs || a.incidentId - b.incidentId);
}
