import type { Decision, Merge, Refusal, Term, TuningMark } from '@throughline/model';
import { withBasis } from './basis.ts';
import { type Candidate, candidatesFor } from './candidates.ts';
import { considered } from './considered.ts';
import { type CorrelationState, groupKey, setAsideKey, watchOf } from './correlation-state.ts';
import type { IncidentRecord } from './incident-table.ts';
import type { Observation } from './observation.ts';
import { type RatedAlert, rate } from './rarity.ts';
import { refusesByStatus, refusesJoin, refusesMerge } from './refusal.ts';
import type { Sighting } from './sighting.ts';

/** Decides where an alert belongs. Reads the state and changes nothing. */
export function judge(sighting: Sighting, state: CorrelationState): Decision {
  return repeated(sighting, state) ?? weighed(sighting, state);
}

/** The decision on an alert identical to a recent one: it goes where that one is now. Null for news. */
function repeated({ o, fingerprint }: Sighting, state: CorrelationState): Decision | null {
  const { config, incidents, repeats, seen } = state;
  const original = o.optOut ? undefined : repeats.get(fingerprint);
  const ageMs = original ? Math.abs(o.time - original.time) : Number.POSITIVE_INFINITY;
  if (!original || ageMs > config.repeatTime) return null;
  const id = seen.get(original.alertId);
  const incident = id === undefined ? undefined : incidents.get(incidents.find(id));
  if (!incident || refusesByStatus(incident.standing)) return null;
  if (original.background && watchOf(o.time) !== watchOf(original.time)) return null;
  const weight = config.joinAt;
  const { alertId, novelty, background } = original;
  return {
    alertId: o.alertId,
    kind: background ? 'background' : 'joined',
    incidentId: incident.id,
    continues: null,
    novelty,
    score: weight,
    threshold: background ? config.backgroundBelow : config.joinAt,
    terms: [{ signal: 'repeat', entity: null, weight, rarity: 0, ageMs, contribution: weight, alertId }],
    refusals: [],
    merges: [],
  };
}

function weighed(sighting: Sighting, state: CorrelationState): Decision {
  const { o } = sighting;
  const rated = rate(sighting, state.history, state.config);
  const candidates = candidatesFor(o, rated, state);
  const d = placed(o, rated, candidates, state);
  const told = <Spoken extends { terms: Term[] }>(spoken: Spoken): Spoken => {
    const candidate = candidates.find(({ terms }) => terms === spoken.terms);
    return candidate ? { ...spoken, terms: withBasis(spoken.terms, candidate.incident, o, rated, state) } : spoken;
  };
  return { ...told(d), merges: d.merges.map(told), refusals: considered(d, o, rated, candidates, state) };
}

function placed(o: Observation, rated: RatedAlert, candidates: Candidate[], state: CorrelationState): Decision {
  const { config } = state;
  const refusals: Refusal[] = [];
  let continues: number | null = null;
  let chosen: Candidate | null = null;
  for (const candidate of candidates) {
    if (candidate.score < config.joinAt) break;
    const { incident } = candidate;
    const reason = o.optOut ? 'optOut' : refusesJoin(incident, o, state);
    if (reason === null) {
      chosen = candidate;
      break;
    }
    if (reason === 'full') {
      const heir = heirOf(incident, o, state);
      chosen = candidates.find((c) => c.incidentId === heir && c.score >= config.joinAt) ?? null;
      if (chosen) break;
      continues = incident.id;
    }
    refusals.push({ incidentId: incident.id, reason, score: candidate.score });
    if (continues !== null) break;
  }
  if (chosen) return joined(o, rated, chosen, candidates, refusals, state);
  if (continues !== null) return continued(o, rated, continues, candidates, refusals, state);
  if (rated.novelty < config.backgroundBelow) return background(o, rated, refusals, state);
  const best = candidates.find((c) => !refusals.some((r) => r.incidentId === c.incidentId));
  return {
    ...blank(o, rated, refusals, state),
    kind: 'opened',
    incidentId: state.incidents.nextId,
    score: best?.score ?? 0,
    terms: best?.terms ?? [],
  };
}

function blank(o: Observation, rated: RatedAlert, refusals: Refusal[], state: CorrelationState) {
  return {
    alertId: o.alertId,
    continues: null,
    novelty: rated.novelty,
    score: 0,
    threshold: state.config.joinAt,
    terms: [],
    refusals,
    merges: [],
  };
}

function background(o: Observation, rated: RatedAlert, refusals: Refusal[], state: CorrelationState): Decision {
  return {
    ...blank(o, rated, refusals, state),
    kind: 'background',
    incidentId: quietGroup(groupKey(o), state),
    threshold: state.config.backgroundBelow,
  };
}

/** Where an alert goes that a tuning rule took out. Reads the state and changes nothing. */
export function setAside(o: Observation, tuning: TuningMark, state: CorrelationState): Decision {
  return {
    alertId: o.alertId,
    kind: 'tuned',
    incidentId: quietGroup(setAsideKey(o, tuning), state, true),
    continues: null,
    novelty: 0,
    score: 0,
    threshold: 0,
    terms: [],
    refusals: [],
    merges: [],
    tuning,
  };
}

/** The open incident of a quiet group, or the next to open; `onlyQuiet`: not one that a person made an incident of. */
function quietGroup(key: string, state: CorrelationState, onlyQuiet = false): number {
  const group = state.groups.get(key);
  const known = group === undefined ? undefined : state.incidents.get(state.incidents.find(group));
  const open = known && known.standing?.status !== 'resolved' && known.different < state.config.maxAlerts;
  return open && (known.background || !onlyQuiet) ? known.id : state.incidents.nextId;
}

function continued(
  o: Observation,
  rated: RatedAlert,
  full: number,
  candidates: Candidate[],
  refusals: Refusal[],
  state: CorrelationState,
): Decision {
  const candidate = candidates.find((c) => c.incidentId === full);
  const incident = state.incidents.get(full);
  return {
    ...blank(o, rated, refusals, state),
    kind: 'continued',
    incidentId: (incident && heirOf(incident, o, state)) ?? state.incidents.nextId,
    continues: full,
    score: candidate?.score ?? 0,
    terms: candidate?.terms ?? [],
  };
}

/** The incident that continues a full one and still takes alerts, or null. */
function heirOf(full: IncidentRecord, o: Observation, state: CorrelationState): number | null {
  let next = full.continuedBy;
  for (let hops = 0; next !== null && hops < 64; hops++) {
    const heir = state.incidents.get(state.incidents.find(next));
    if (!heir) return null;
    if (refusesJoin(heir, o, state) === null) return heir.id;
    next = heir.continuedBy;
  }
  return null;
}

function joined(
  o: Observation,
  rated: RatedAlert,
  chosen: Candidate,
  candidates: Candidate[],
  refusals: Refusal[],
  state: CorrelationState,
): Decision {
  const merges: Merge[] = [];
  let survivor = chosen.incident;
  const isNovel = rated.novelty >= state.config.backgroundBelow;
  for (const candidate of candidates) {
    if (!isNovel || candidate === chosen || candidate.score < state.config.mergeAt) continue;
    if (refusals.some((r) => r.incidentId === candidate.incidentId)) continue;
    const other = candidate.incident;
    // Full and continued: it belongs with its successor already.
    if (other.continuedBy !== null) continue;
    const [from, into] = order(survivor, other, state);
    const reason = holdsTogether(from, into, candidate, chosen, state)
      ? refusesMerge(from, into, state)
      : 'separateAssets';
    if (reason) refusals.push({ incidentId: other.id, reason, score: candidate.score });
    else if (merges.length === 0) {
      merges.push({ from: from.id, into: into.id, score: candidate.score, terms: candidate.terms });
      survivor = into;
    }
  }
  const moved = merges.length > 0 ? survivor.id : chosen.incidentId;
  return {
    ...blank(o, rated, refusals, state),
    kind: 'joined',
    incidentId: moved,
    score: chosen.score,
    terms: chosen.terms,
    merges,
  };
}

/**
 * Whether an alert ties two incidents by more than nearness in time. Two detectors on one asset at one moment saw one event,
 * which ties what has just begun; incidents that several detectors bear witness to each go their own way, and what they do
 * at the same moment is chance.
 */
function holdsTogether(
  from: IncidentRecord,
  into: IncidentRecord,
  one: Candidate,
  other: Candidate,
  { config }: CorrelationState,
): boolean {
  if (isWithin(from, into) || isWithin(into, from)) return Math.min(one.firmHot, other.firmHot) >= config.mergeAt;
  const bothStand = Math.min(from.detectors.length, into.detectors.length) >= config.explained.witnesses;
  const tie = bothStand ? Math.min(one.firm, other.firm) : Math.min(one.firmNow, other.firmNow);
  return tie >= config.mergeAt;
}

/** Whether an incident touches no asset that another does not touch. */
function isWithin(one: IncidentRecord, other: IncidentRecord): boolean {
  return one.assets.every((index) => other.assets.includes(index));
}

/** Who is absorbed and who survives: the older, unless people work on the younger alone or it is far larger. */
function order(
  a: IncidentRecord,
  b: IncidentRecord,
  state: CorrelationState,
): [from: IncidentRecord, into: IncidentRecord] {
  const [older, younger] = a.id < b.id ? [a, b] : [b, a];
  const isHandled = (incident: IncidentRecord) => incident.standing !== null && incident.standing.assignedTo !== null;
  if (isHandled(older) !== isHandled(younger)) return isHandled(older) ? [younger, older] : [older, younger];
  return younger.alerts > state.config.survivorRatio * older.alerts ? [older, younger] : [younger, older];
}
