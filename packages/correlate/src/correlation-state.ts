import type { Decision, TuningMark } from '@throughline/model';
import { isAssetKind, tacticMask } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';
import { continueRun } from './continue-run.ts';
import { countAlert, leadsOn } from './count-alert.ts';
import { hourMs } from './duty.ts';
import type { Posting } from './entity-record.ts';
import { FingerprintMap } from './fingerprint-map.ts';
import { History } from './history.ts';
import { addAsset, addDetector, IncidentTable } from './incident-table.ts';
import type { Observation } from './observation.ts';
import { isRepeat, Repeats } from './repeats.ts';
import type { Sighting } from './sighting.ts';

/** A watch: the people who saw its background go home with it. */
const watchMs = 8 * hourMs;

/** All that decisions are made from. `fold` is the only way in for an alert, whether it was just decided or stored long ago. */
export class CorrelationState {
  config: CorrelationConfig;
  readonly history: History;
  readonly incidents: IncidentTable;
  /** Alert → the incident it was put in. */
  readonly seen: FingerprintMap;
  /** Background group → incident. */
  readonly groups: FingerprintMap;
  readonly repeats: Repeats;

  constructor(config: CorrelationConfig, nextIncidentId: number) {
    this.config = config;
    this.history = new History(config);
    this.incidents = new IncidentTable(config.limits.incidents, nextIncidentId);
    this.seen = new FingerprintMap(config.limits.alerts);
    this.groups = new FingerprintMap(config.limits.incidents);
    this.repeats = new Repeats(config.limits.repeats);
  }

  /** Decides and remembers by another configuration from here on; limits stay as they were. */
  reconfigure(config: CorrelationConfig): void {
    this.config = config;
    this.history.reconfigure(config);
  }

  fold(sighting: Sighting, d: Decision): void {
    const { o, fingerprint } = sighting;
    if (d.kind === 'tuned') {
      this.#setAside(o, d);
      return;
    }
    this.seen.set(o.alertId, d.incidentId);
    if (isRepeat(d)) {
      countAlert(this.incidents.open(this.incidents.find(d.incidentId), d.kind === 'background', o.time), o);
      return;
    }
    const records = this.history.learn(sighting, d.novelty, d.kind === 'opened', this.#isExplained(o, d));
    const background = d.kind === 'background';
    const id = this.incidents.find(d.incidentId);
    const incident = this.incidents.open(id, background, o.time);
    if (d.continues !== null) {
      const full = this.incidents.get(this.incidents.find(d.continues));
      if (full && full.id !== id) full.continuedBy = id;
    }
    countAlert(incident, o);
    if (!this.#repeatsOwn(fingerprint, id)) incident.different++;
    this.repeats.set(fingerprint, o, d);
    incident.tactics |= tacticMask(o.tactics);
    incident.deviceGroup ??= o.deviceGroup ?? null;
    if (background) {
      this.groups.set(groupKey(o), id);
      return;
    }
    if (!leadsOn(o, d, this.config)) return;
    const detector = this.history.detector(o.detector);
    if (detector) addDetector(incident, detector.index);
    for (const record of records) {
      if (isAssetKind(record.kind)) addAsset(incident, record.index);
      record.postings = this.#posted(record.postings, id, o, d.novelty);
    }
    for (const merge of d.merges) this.incidents.merge(merge.from, merge.into);
  }

  /** An alert set aside by a tuning rule: it has a place, and nothing is learned from it. */
  #setAside(o: Observation, d: Decision): void {
    this.seen.set(o.alertId, d.incidentId);
    const id = this.incidents.find(d.incidentId);
    const incident = this.incidents.open(id, true, o.time);
    countAlert(incident, o);
    incident.different++;
    if (d.tuning) this.groups.set(setAsideKey(o, d.tuning), id);
  }

  /** The postings of an entity, few and each made anew, once an alert that names it is in an incident. */
  #posted(postings: readonly Posting[], id: number, o: Observation, novelty: number): Posting[] {
    let known: Posting | undefined;
    const others: Posting[] = [];
    for (const posting of postings) {
      if (known === undefined && this.incidents.find(posting.incidentId) === id) known = posting;
      else others.push(posting);
    }
    others.push(continueRun(known, id, o, novelty, this.config.assetTime));
    return others.slice(-this.config.limits.postings);
  }

  /** Whether an alert, though not folded, says again what its incident holds already. */
  #repeatsOwn(fingerprint: number, incidentId: number): boolean {
    const original = this.repeats.get(fingerprint);
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
    yield* this.seen.lines();
    yield* this.groups.lines();
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
