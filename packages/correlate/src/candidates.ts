import type { EntityKind, Signal, Term } from '@throughline/model';
import { tacticMask } from '@throughline/model';
import { contributionOf } from './contribution.ts';
import type { CorrelationState } from './correlation-state.ts';
import type { EntityRecord, Posting } from './history.ts';
import type { IncidentRecord } from './incident-table.ts';
import type { Observation } from './observation.ts';
import type { RatedAlert, RatedEntity } from './rarity.ts';

/** An incident an alert may belong to, with what speaks for it. */
export type Candidate = {
  incidentId: number;
  score: number;
  /** The part of the score that may also merge incidents: shared things and affinity. */
  firm: number;
  terms: Term[];
};

/** Signals that may bring incidents together; nearness in time alone may not. */
const firmSignals: ReadonlySet<Signal> = new Set<Signal>(['sharedAsset', 'sharedArtefact', 'affinity']);

/** Every incident that shares something with the alert, best first; equal scores by lower id. */
export function candidatesFor(o: Observation, rated: RatedAlert, state: CorrelationState): Candidate[] {
  const isNovel = rated.novelty >= state.config.backgroundBelow;
  const found = new Map<number, Term[]>();
  for (const entity of rated.entities) {
    if (!entity.record || entity.rarity <= 0 || (!isNovel && entity.isAsset)) continue;
    for (const posting of entity.record.postings) addShared(found, entity, posting, o.time, state);
  }
  if (isNovel) {
    addAffinity(found, o, rated, state);
    addTenantTime(found, o, rated, state);
  } else addHotAssets(found, o, rated, state);
  const candidates = [...found].map(([incidentId, terms]) =>
    candidateOf(incidentId, speakOnce(terms, state), o, state),
  );
  return candidates.sort((a, b) => b.score - a.score || a.incidentId - b.incidentId);
}

function candidateOf(incidentId: number, terms: Term[], o: Observation, state: CorrelationState): Candidate {
  let score = 0;
  let firm = 0;
  for (const term of terms) {
    score += term.contribution;
    if (firmSignals.has(term.signal)) firm += term.contribution;
  }
  const stage = stageTerm(incidentId, o, state);
  if (stage && score > 0) {
    terms.push(stage);
    score += stage.contribution;
  }
  return { incidentId, score, firm, terms };
}

function push(
  found: Map<number, Term[]>,
  state: CorrelationState,
  incidentId: number,
  term: Omit<Term, 'contribution'>,
): void {
  const whole = { ...term, contribution: contributionOf(term, state.config) };
  const terms = found.get(incidentId);
  if (terms) terms.push(whole);
  else found.set(incidentId, [whole]);
}

function addShared(
  found: Map<number, Term[]>,
  { entity, isAsset, rarity }: RatedEntity,
  posting: Posting,
  time: number,
  state: CorrelationState,
): void {
  push(found, state, state.incidents.find(posting.incidentId), {
    signal: isAsset ? 'sharedAsset' : 'sharedArtefact',
    entity: { kind: entity.kind, id: entity.id, name: entity.name },
    weight: state.config.kindWeight[entity.kind],
    rarity,
    ageMs: distance(time, posting),
    alertId: posting.alertId,
  });
}

/** Assets that fire together: seconds ago by the same detector, or again and again in the past. */
function addAffinity(found: Map<number, Term[]>, o: Observation, rated: RatedAlert, state: CorrelationState): void {
  const { affinity } = state.config;
  const { history } = state;
  for (const { entity, record, isAsset, rarity } of rated.entities) {
    if (!isAsset || rarity <= 0) continue;
    const speak = (other: EntityRecord, posting: Posting, strength: number, surprise: number): void =>
      push(found, state, state.incidents.find(posting.incidentId), {
        signal: 'affinity',
        entity: { kind: other.kind, id: other.id, name: other.id.replace(/^\S+ [a-z0-9]+[:~]/, '') },
        weight: affinity.weight * strength,
        rarity: Math.min(rarity, surprise),
        ageMs: distance(o.time, posting),
        alertId: posting.alertId,
      });
    const { detector } = rated;
    for (const firing of detector?.firings ?? []) {
      if (firing.entity === record?.index || Math.abs(o.time - firing.time) > affinity.within) continue;
      const other = history.entityAt(firing.entity);
      const posting = other?.kind === entity.kind ? other.postings.at(-1) : undefined;
      if (!detector || !other || !posting || distance(o.time, posting) > affinity.within) continue;
      const silence = record ? history.silenceOf(record, detector, o.time) : firing.silence;
      speak(other, posting, 1, Math.log(1 + Math.min(silence, firing.silence) / affinity.within));
    }
    for (const index of record?.neighbours.keys() ?? []) {
      const other = history.entityAt(index);
      if (!other || !record) continue;
      const strength = history.affinityOf(record, index);
      for (const posting of other.postings) speak(other, posting, strength, rarity);
    }
  }
}

/** Other unusual alerts of the tenant just now; the alert's own silence must have been observed for a while to mean something. */
function addTenantTime(found: Map<number, Term[]>, o: Observation, rated: RatedAlert, state: CorrelationState): void {
  const { tenantTime } = state.config;
  const observed = state.history.observedHours(rated.rarest?.record, o.time);
  const belief = observed / (observed + tenantTime.halfLife);
  if (belief === 0) return;
  for (const id of state.recent) {
    const incident = state.incidents.get(state.incidents.find(id));
    if (!incident) continue;
    const ageMs = distance(o.time, incident);
    if (ageMs > 4 * tenantTime.decay) continue;
    push(found, state, incident.id, {
      signal: 'tenantTime',
      entity: null,
      weight:
        tenantTime.weight *
        belief *
        (1 - strangeness(rated, incident, state)) *
        (incident.alerts / (incident.alerts + tenantTime.halfSize)),
      rarity: rated.novelty,
      ageMs,
      alertId: incident.lastAlertId,
    });
  }
}

/** How surely the alert's assets belong elsewhere: their neighbours are known and none is in the incident. */
function strangeness(rated: RatedAlert, incident: IncidentRecord, state: CorrelationState): number {
  let all = 0;
  let inside = 0;
  for (const { record, isAsset } of rated.entities) {
    if (!isAsset || !record) continue;
    if (incident.assets.has(record.index)) return 0;
    for (const [index, echoes] of record.neighbours) {
      all += echoes;
      if (incident.assets.has(index)) inside += echoes;
    }
  }
  return (all - inside) / (all + state.config.tenantTime.halfEchoes);
}

/** A mildly unusual alert follows an incident that is hot on its asset this minute. */
function addHotAssets(found: Map<number, Term[]>, o: Observation, rated: RatedAlert, state: CorrelationState): void {
  const { hotAsset } = state.config;
  if (rated.novelty < hotAsset.above) return;
  for (const { entity, record, isAsset } of rated.entities) {
    if (!isAsset || !record) continue;
    for (const posting of record.postings) {
      const ageMs = distance(o.time, posting);
      if (posting.alerts < hotAsset.alerts || ageMs > hotAsset.within) continue;
      push(found, state, state.incidents.find(posting.incidentId), {
        signal: 'hotAsset',
        entity: { kind: entity.kind, id: entity.id, name: entity.name },
        weight: hotAsset.weight,
        rarity: rated.novelty,
        ageMs,
        alertId: posting.alertId,
      });
    }
  }
}

/**
 * Each signal speaks once: its best term in full, the best of another entity kind by `secondShare`, the rest not at all.
 * A device and its user are two witnesses, a device and its address are one.
 */
function speakOnce(terms: Term[], state: CorrelationState): Term[] {
  const ordered = [...terms].sort((a, b) => b.contribution - a.contribution);
  const heard = new Map<Signal, EntityKind | null | 'two'>();
  const kept: Term[] = [];
  for (const term of ordered) {
    const before = heard.get(term.signal);
    const kind = term.entity?.kind ?? null;
    if (before === undefined) {
      heard.set(term.signal, kind);
      kept.push(term);
    } else if (
      before !== 'two' &&
      before !== kind &&
      (term.signal === 'sharedAsset' || term.signal === 'sharedArtefact')
    ) {
      heard.set(term.signal, 'two');
      const second = { ...term, weight: term.weight * state.config.secondShare };
      kept.push({ ...second, contribution: contributionOf(second, state.config) });
    }
  }
  return kept;
}

function stageTerm(incidentId: number, o: Observation, state: CorrelationState): Term | null {
  const shown = state.incidents.get(incidentId)?.tactics ?? 0;
  const mask = tacticMask(o.tactics);
  if (shown === 0 || mask === 0 || 31 - Math.clz32(mask) <= 31 - Math.clz32(shown)) return null;
  const weight = state.config.stage;
  return { signal: 'stage', entity: null, weight, rarity: 0, ageMs: 0, contribution: weight, alertId: null };
}

/** Distance in event time, whichever came first: a late alert is as near as an early one. */
function distance(time: number, span: { first: number; last: number }): number {
  return Math.max(0, time - span.last, span.first - time);
}
