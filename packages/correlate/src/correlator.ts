import type { Decision, TuningMark } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';
import { CorrelationState } from './correlation-state.ts';
import type { Standing } from './incident-table.ts';
import { judge, setAside } from './judge.ts';
import type { Observation } from './observation.ts';
import { rearrange } from './rearrange.ts';
import type { Rearrangement } from './rearrangement.ts';
import { hashLines } from './state-hash.ts';

export type CorrelatorStats = {
  alerts: number;
  entities: number;
  detectors: number;
  incidents: number;
  redirects: number;
  evictedEntities: number;
  evictedIncidents: number;
};

/**
 * Puts alerts into incidents, one at a time, in order of arrival. It reads no clock and draws no lot: the same calls give
 * the same decisions and the same state. Memory is bounded by `config.limits`; an alert costs entities × postings.
 */
export class Correlator {
  readonly #state: CorrelationState;

  /** `nextIncidentId`: the first id to give out (default 1); a replayed decision moves it on by itself. */
  constructor(config: CorrelationConfig, options: { nextIncidentId?: number } = {}) {
    this.#state = new CorrelationState(config, options.nextIncidentId ?? 1);
  }

  /** Decides an alert and remembers it. An alert already seen keeps its incident and gets no new link (no terms). */
  decide(o: Observation): Decision {
    const known = this.incidentOf(o.alertId);
    if (known !== null) return again(o, known);
    const sighting = this.#state.history.look(o);
    const decision = judge(sighting, this.#state);
    this.#state.fold(sighting, decision);
    return decision;
  }

  /**
   * Puts an alert that a tuning rule took out into a quiet group of its rule, detector, asset and day. Correlation learns
   * nothing from it: it is as if it had never come.
   */
  setAside(o: Observation, tuning: TuningMark): Decision {
    const known = this.incidentOf(o.alertId);
    if (known !== null) return again(o, known);
    const decision = setAside(o, tuning, this.#state);
    this.#state.fold(this.#state.history.look(o), decision);
    return decision;
  }

  /** Remembers a decision made before, as `decide` did then: feeding back all stored decisions in order restores the state. */
  replay(o: Observation, d: Decision): void {
    if (this.incidentOf(o.alertId) === null) this.#state.fold(this.#state.history.look(o), d);
  }

  /** The incident an alert is in now, or null when it was never seen. */
  incidentOf(alertId: string): number | null {
    const id = this.#state.seen.get(alertId);
    return id === undefined ? null : this.#state.incidents.find(id);
  }

  /**
   * What people decided about an incident: resolved ones take no alerts, owners and verdicts keep incidents apart. The
   * standing of an incident that was merged away is history and changes nothing.
   */
  setStanding(incidentId: number, standing: Standing): void {
    const incident = this.#state.incidents.get(incidentId);
    if (incident) incident.standing = { ...standing };
  }

  /**
   * Goes on with another configuration. What is remembered stays as it is: where `changesMemory` says so, it is to be
   * replayed into a new engine instead.
   */
  reconfigure(config: CorrelationConfig): void {
    this.#state.reconfigure(config);
  }

  /** Two entities turned out to be one: `from` is known as `into` from now on. */
  absorb(fromEntityId: string, intoEntityId: string): void {
    this.#state.history.absorb(fromEntityId, intoEntityId);
  }

  /** A person rearranged incidents: remembers them, and where their entities lead, as they are now. */
  rearrange(change: Rearrangement): void {
    rearrange(change, this.#state);
  }

  /** Forgets an incident that was deleted: nothing joins it any more. */
  forget(incidentId: number): void {
    this.#state.incidents.forget(incidentId);
  }

  /** The incident that `incidentId` is part of today: itself, or what absorbed it. */
  find(incidentId: number): number {
    return this.#state.incidents.find(incidentId);
  }

  /** A fingerprint of everything remembered, 16 hex digits. Costs time in proportion to the state. */
  stateHash(): string {
    return hashLines(this.#state.lines());
  }

  get stats(): CorrelatorStats {
    const { history, incidents, seen } = this.#state;
    return {
      alerts: seen.size,
      ...history.sizes,
      incidents: incidents.size,
      redirects: incidents.redirects,
      evictedEntities: history.evicted,
      evictedIncidents: incidents.evicted,
    };
  }
}

function again(o: Observation, incidentId: number): Decision {
  return {
    alertId: o.alertId,
    kind: 'joined',
    incidentId,
    continues: null,
    novelty: 0,
    score: 0,
    threshold: 0,
    terms: [],
    refusals: [],
    merges: [],
  };
}
