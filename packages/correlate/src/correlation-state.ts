import type { Decision, TuningMark } from '@throughline/model';
import { isAssetKind, tacticMask } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';
import { continueRun } from './continue-run.ts';
import { countAlert, leadsOn } from './count-alert.ts';
import { hourMs } from './duty.ts';
import { evictOldest } from './eviction.ts';
import { History } from './history.ts';
import { addAsset, addDetector, IncidentTable } from './incident-table.ts';
import type { Observation } from './observation.ts';
import { isRepeat, Repeats } from './repeats.ts';

/** A watch: the people who saw its background go home with it. */
const watchMs = 8 * hourMs;

/** All that decisions are made from. `fold` is the only way in for an alert, whether it was just decided or stored long ago. */
export class CorrelationState {
  config: CorrelationConfig;
  readonly history: History;
  readonly incidents: IncidentTable;
  /** Alert → the incident it was put in. */
  readonly seen = new Map<string, number>();
  /** Background group → incident. */
  readonly groups = new Map<string, number>();
  readonly repeats: Repeats;

  constructor(config: CorrelationConfig, nextIncidentId: number) {
    this.config = config;
    this.history = new History(config);
    this.incidents = new IncidentTable(config.limits.incidents, nextIncidentId);
    this.repeats = new Repeats(config.limits.repeats);
  }

  /** Decides and remembers by another configuration from here on; limits stay as they were. */
  reconfigure(config: CorrelationConfig): void {
    this.config = config;
    this.history.reconfigure(config);
  }

  fold(o: Observation, d: Decision): void {
    if (d.kind === 'tuned') {
      this.#setAside(o, d);
      return;
    }
    const { limits } = this.config;
    this.seen.set(o.alertId, d.incidentId);
    evictOldest(this.seen, limits.alerts);
    if (isRepeat(d)) {
      countAlert(this.incidents.open(this.incidents.find(d.incidentId), d.kind === 'background', o.time), o);
      return;
    }
    const records = this.history.learn(o, d.novelty, d.kind === 'opened', this.#isExplained(o, d));
    const background = d.kind === 'background';
    const id = this.incidents.find(d.incidentId);
    const incident = this.incidents.open(id, background, o.time);
    if (d.continues !== null) {
      const full = this.incidents.get(this.incidents.find(d.continues));
      if (full && full.id !== id) full.continuedBy = id;
    }
    countAlert(incident, o);
    if (!this.#repeatsOwn(o, id)) incident.different++;
    this.repeats.set(o, d);
    incident.tactics |= tacticMask(o.tactics);
    incident.deviceGroup ??= o.deviceGroup ?? null;
    if (background) {
      this.groups.set(groupKey(o), id);
      evictOldest(this.groups, limits.incidents);
      return;
    }
    if (!leadsOn(o, d, this.config)) return;
    const detector = this.history.detector(o.detector);
    if (detector) addDetector(incident, detector.index);
    for (const record of records) {
      if (isAssetKind(record.kind)) addAsset(incident, record.index);
      const at = record.postings.findIndex((p) => this.incidents.find(p.incidentId) === id);
      const [known] = at < 0 ? [] : record.postings.splice(at, 1);
      record.postings.push(continueRun(known, id, o, d.novelty, this.config.assetTime));
      if (record.postings.length > limits.postings) record.postings.shift();
    }
    for (const merge of d.merges) this.incidents.merge(merge.from, merge.into);
  }

  /** An alert set aside by a tuning rule: it has a place, and nothing is learned from it. */
  #setAside(o: Observation, d: Decision): void {
    const { limits } = this.config;
    this.seen.set(o.alertId, d.incidentId);
    evictOldest(this.seen, limits.alerts);
    const id = this.incidents.find(d.incidentId);
    const incident = this.incidents.open(id, true, o.time);
    countAlert(incident, o);
    incident.different++;
    if (d.tuning) this.groups.set(setAsideKey(o, d.tuning), id);
    evictOldest(this.groups, limits.incidents);
  }

  /** Whether an alert, though not folded, says again what its incident holds already. */
  #repeatsOwn(o: Observation, incidentId: number): boolean {
    const original = this.repeats.get(o);
    const holder = original && this.seen.get(original.alertId);
    return holder !== undefined && this.incidents.find(holder) === incidentId;
  }

  /**
   * Whether an incident explains an alert: several detectors bear witness to it and it is young. Its hours are then no
   * habit of the detector; what goes on for longer than any attack runs becomes one all the same.
   */
  #isExplained(o: Observation, d: Decision): boolean {
    const { witnesses, time } = this.config.explained;
    if (d.kind === 'background') return false;
    const incident = this.incidents.get(this.incidents.find(d.incidentId));
    return incident !== undefined && incident.detectors.length >= witnesses && o.time - incident.first < time;
  }

  *lines(): Iterable<string> {
    yield* this.history.lines();
    yield* this.incidents.lines();
    yield* this.repeats.lines();
    yield JSON.stringify([[...this.seen], [...this.groups]]);
  }
}

/** Background is grouped by detector, asset and watch of eight hours: one row a shift for what always happens. */
export function groupKey(o: Observation): string {
  const asset =
    o.entities.find((e) => e.kind === 'device') ?? o.entities.find((e) => e.kind === 'user') ?? o.entities[0];
  return `${o.detector}\n${asset?.id ?? ''}\n${watchOf(o.time)}`;
}

/** Watches since 1970, UTC. */
export function watchOf(time: number): number {
  return Math.floor(time / watchMs);
}

/** What a tuning rule sets aside is grouped the same way, by rule. */
export function setAsideKey(o: Observation, { ruleId }: TuningMark): string {
  return `tuned ${ruleId}\n${groupKey(o)}`;
}
