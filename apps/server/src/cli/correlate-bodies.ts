import {
  absorbInRules,
  applyExceptions,
  Correlator,
  defaultConfig,
  type ExceptionRules,
  explain,
  observe,
  reorder,
} from '@throughline/correlate';
import { type IntakeLimits, readBatches } from '@throughline/intake';
import { type Alert, type Decision, defaultTenant, IdentityIndex, reasonSentence } from '@throughline/model';
import type { Body } from '../intake/take-body.ts';
import type { ChosenSettings } from './read-choices.ts';

/** What `correlateBodies` takes. */
export type CorrelateOptions = {
  limits: IntakeLimits;
  now: Date;
  /** What to decide by; as shipped when left out. */
  settings?: ChosenSettings;
  /** Keep the arithmetic of this alert, by any of its ids. */
  explain?: string | undefined;
  /** Told how many alerts were read so far. */
  onAlerts?: (count: number) => void;
};

/** What the engine decided, in the order of the input. */
export type Correlated = {
  assignments: readonly Assignment[];
  rejected: number;
  explanation: string | undefined;
  /** The incident that an assignment's incident is part of at the end. */
  finalIncident(incidentId: number): number;
  counts(): { alerts: number; incidents: number };
};

type Assignment = { alertId: string; incidentId: number; reason: string };
type Waiting = { time: number; alertId: string; alert: Alert; senderId: string; place: number };

// Formats whose records carry the alert's id beside the one of the product that raised it.
const ownIdSources = new Set(['graph', 'defenderXdr']);

// As the pipeline has it: alerts this close in time may arrive in any order.
const WINDOW_MS = 30_000;

/** Reads alerts and puts them into incidents as the server does, in memory. An alert that comes again counts once. */
export async function correlateBodies(bodies: Iterable<Body>, options: CorrelateOptions): Promise<Correlated> {
  const { limits, now, onAlerts } = options;
  const engine = new Engine(options.explain, options.settings);
  const seen = new Set<string>();
  let waiting: Waiting[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  let rejected = 0;
  for (const { source: wanted, bytes } of bodies) {
    for await (const batch of readBatches(bytes, { source: wanted, tenantId: defaultTenant, now, limits })) {
      for (const received of batch) {
        if ('reject' in received) rejected += 1;
        else if (!seen.has(received.alert.id)) {
          const { alert, source } = received;
          const senderId = ownIdSources.has(source) ? alert.id : alert.providerAlertId;
          const time = Date.parse(alert.firstActivityDateTime);
          waiting.push({ time, alertId: alert.id, alert, senderId, place: seen.size });
          latest = Math.max(latest, time);
          seen.add(alert.id);
        }
      }
      waiting = [...reorder(waiting, WINDOW_MS)];
      const open = waiting.findIndex(({ time }) => time > latest - WINDOW_MS);
      engine.decideAll(waiting.splice(0, open < 0 ? waiting.length : open));
      onAlerts?.(seen.size);
    }
  }
  engine.decideAll(waiting);
  return engine.result(rejected);
}

/** One line of NDJSON for each alert. */
export function* assignmentLines({ assignments, finalIncident }: Correlated): Generator<string> {
  for (const { alertId, incidentId, reason } of assignments) {
    yield `${JSON.stringify({ alertId, incidentId: String(finalIncident(incidentId)), reasons: [reason] })}\n`;
  }
}

class Engine {
  readonly #identities = new IdentityIndex();
  readonly #correlator: Correlator;
  readonly #rules: ExceptionRules | undefined;
  readonly #assignments: Assignment[] = [];
  readonly #wanted: string | undefined;
  #explanation: string | undefined;

  constructor(wanted: string | undefined, settings: ChosenSettings | undefined) {
    this.#wanted = wanted;
    this.#correlator = new Correlator(settings?.config ?? defaultConfig);
    this.#rules = settings?.rules;
  }

  decideAll(ordered: readonly Waiting[]): void {
    for (const { alert, senderId, place } of ordered) {
      const decision = this.#decide(alert);
      const { incidentId } = decision;
      this.#assignments[place] = { alertId: senderId, incidentId, reason: reasonSentence(decision) };
      const names = [senderId, alert.id, alert.providerAlertId];
      if (this.#wanted !== undefined && names.includes(this.#wanted)) {
        this.#explanation = explain(decision, alert.title);
      }
    }
  }

  result(rejected: number): Correlated {
    const finalIncident = (incidentId: number) => this.#correlator.find(incidentId);
    return {
      assignments: this.#assignments,
      rejected,
      explanation: this.#explanation,
      finalIncident,
      counts: () => ({
        alerts: this.#assignments.length,
        incidents: new Set(this.#assignments.map(({ incidentId }) => finalIncident(incidentId))).size,
      }),
    };
  }

  #decide(alert: Alert): Decision {
    const { observation, mentions } = observe(alert, this.#identities);
    for (const { resolution } of mentions) {
      for (const from of resolution.absorbed) {
        this.#correlator.absorb(from, resolution.id);
        if (this.#rules) absorbInRules(this.#rules, from, resolution.id);
      }
    }
    return this.#correlator.decide(this.#rules ? applyExceptions(observation, this.#rules) : observation);
  }
}
