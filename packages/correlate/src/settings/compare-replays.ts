import type { ReplayComparison, ReplayCounts, ReplayedIncident } from '@throughline/model';
import type { CorrelationConfig } from '../config.ts';
import { Correlator } from '../correlator.ts';
import { addToFacts, factsOf } from '../facts.ts';
import { nameIncident } from '../name-incident.ts';
import type { Observation } from '../observation.ts';
import { absorbInRules, applyExceptions, type ExceptionRules } from './exception-rules.ts';

/** What is compared: a configuration, without what people said of hubs, and the exceptions that hold. */
export type ReplaySettings = { config: CorrelationConfig; rules: ExceptionRules };

/** An alert of the past, and the incident it is in today. `absorbed`: identities that turned out to be another's then. */
export type PastAlert = {
  observation: Observation;
  absorbed: readonly (readonly [string, string])[];
  incidentId: number;
};

/** Where a replay put an alert: the incident it is in at the end, and whether that is a group of background. */
type Side = { correlator: Correlator; rules: ExceptionRules; put: { incidentId: number; background: boolean }[] };

/** How much of a comparison is told, the largest first. */
const most = { incidents: 50, parts: 10 };

/**
 * Decides the same past alerts twice, from nothing: by the settings of today and by others. People's own changes are not
 * repeated. Feed it with `add`; `compare` may be asked at any time.
 */
export class TwoReplays {
  readonly #alerts: { observation: Observation; incidentId: number }[] = [];
  readonly #before: Side;
  readonly #after: Side;

  constructor(before: ReplaySettings, after: ReplaySettings) {
    this.#before = sideOf(before);
    this.#after = sideOf(after);
  }

  get alerts(): number {
    return this.#alerts.length;
  }

  add({ observation, absorbed, incidentId }: PastAlert): void {
    this.#alerts.push({ observation, incidentId });
    for (const side of [this.#before, this.#after]) {
      for (const [from, into] of absorbed) {
        side.correlator.absorb(from, into);
        absorbInRules(side.rules, from, into);
      }
      const decision = side.correlator.decide(applyExceptions(observation, side.rules));
      side.put.push({ incidentId: decision.incidentId, background: decision.kind === 'background' });
    }
  }

  compare(): Pick<ReplayComparison, 'before' | 'after' | 'splits' | 'joins'> {
    const before = incidentsOf(this.#before);
    const after = incidentsOf(this.#after);
    const splits = changedOf(before, after);
    const joins = changedOf(after, before);
    return {
      before: countsOf(before),
      after: countsOf(after),
      splits: {
        total: splits.length,
        items: splits.slice(0, most.incidents).map(({ whole, parts }) => ({
          from: this.#told(whole),
          into: parts.slice(0, most.parts).map((part) => this.#told(part)),
          further: Math.max(0, parts.length - most.parts),
        })),
      },
      joins: {
        total: joins.length,
        items: joins.slice(0, most.incidents).map(({ whole, parts }) => ({
          into: this.#told(whole),
          from: parts.slice(0, most.parts).map((part) => this.#told(part)),
          further: Math.max(0, parts.length - most.parts),
        })),
      },
    };
  }

  #told({ background, alerts }: Held): ReplayedIncident {
    const today = new Map<number, number>();
    for (const at of alerts) {
      const id = this.#alerts[at]?.incidentId;
      if (id !== undefined) today.set(id, (today.get(id) ?? 0) + 1);
    }
    const [[incidentId] = [null]] = [...today].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return { incidentId, title: this.#titleOf(alerts, background), background, alerts: alerts.length };
  }

  #titleOf(alerts: readonly number[], background: boolean): string {
    const seen = alerts.map((at) => this.#alerts[at]?.observation).filter((o) => o !== undefined);
    const [first, ...rest] = seen.slice(0, 500);
    if (first === undefined) return '';
    const kind = background ? ('background' as const) : ('joined' as const);
    const decided = (o: Observation) => ({ ...blank, kind, alertId: o.alertId });
    return nameIncident(rest.reduce((facts, o) => addToFacts(facts, o, decided(o)), factsOf(first, decided(first))));
  }
}

const blank = {
  incidentId: 0,
  continues: null,
  novelty: 0,
  score: 0,
  threshold: 0,
  terms: [],
  refusals: [],
  merges: [],
};

/** An incident of a replay: its alerts by place, in order. */
type Held = { background: boolean; alerts: number[] };
type Incidents = { byId: Map<number, Held>; of: number[] };

function sideOf({ config, rules }: ReplaySettings): Side {
  const own = { ...config, hub: { ...config.hub, named: rules.hubs } };
  return { correlator: new Correlator(own), rules, put: [] };
}

function incidentsOf({ correlator, put }: Side): Incidents {
  const byId = new Map<number, Held>();
  const of = put.map(({ incidentId, background }, at) => {
    const id = correlator.find(incidentId);
    const held = byId.get(id) ?? { background: true, alerts: [] };
    held.alerts.push(at);
    held.background &&= background;
    byId.set(id, held);
    return id;
  });
  return { byId, of };
}

/** Incidents of one side whose alerts are in several of the other, with what they are there: the largest first. */
function changedOf(one: Incidents, other: Incidents): { whole: Held; parts: Held[] }[] {
  const changed: { whole: Held; parts: Held[] }[] = [];
  for (const whole of one.byId.values()) {
    if (whole.background) continue;
    const parts = new Map<number, Held>();
    for (const at of whole.alerts) {
      const id = other.of[at] as number;
      const part = parts.get(id) ?? { background: other.byId.get(id)?.background ?? false, alerts: [] };
      part.alerts.push(at);
      parts.set(id, part);
    }
    if (parts.size < 2) continue;
    changed.push({ whole, parts: [...parts.values()].sort((a, b) => b.alerts.length - a.alerts.length) });
  }
  return changed.sort((a, b) => b.whole.alerts.length - a.whole.alerts.length);
}

function countsOf({ byId }: Incidents): ReplayCounts {
  const counts = { incidents: 0, groups: 0, backgroundAlerts: 0, largest: 0, sizes: [0, 0, 0, 0, 0] };
  for (const { background, alerts } of byId.values()) {
    const size = alerts.length;
    if (background) {
      counts.groups++;
      counts.backgroundAlerts += size;
      continue;
    }
    counts.incidents++;
    counts.largest = Math.max(counts.largest, size);
    const bucket = [1, 5, 20, 100].findIndex((upTo) => size <= upTo);
    const at = bucket < 0 ? 4 : bucket;
    counts.sizes[at] = (counts.sizes[at] ?? 0) + 1;
  }
  return counts;
}
