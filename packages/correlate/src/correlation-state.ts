import type { Decision, TuningMark } from '@throughline/model';
import { isAssetKind, tacticMask } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';
import { hourMs } from './duty.ts';
import type { Posting } from './entity-record.ts';
import { evictOldest } from './eviction.ts';
import { History } from './history.ts';
import { addAsset, IncidentTable } from './incident-table.ts';
import type { Observation } from './observation.ts';

const dayMs = 24 * hourMs;

/** All that decisions are made from. `fold` is the only way in for an alert, whether it was just decided or stored long ago. */
export class CorrelationState {
  readonly config: CorrelationConfig;
  readonly history: History;
  readonly incidents: IncidentTable;
  /** Alert → the incident it was put in. */
  readonly seen = new Map<string, number>();
  /** Background group → incident. */
  readonly groups = new Map<string, number>();

  constructor(config: CorrelationConfig, nextIncidentId: number) {
    this.config = config;
    this.history = new History(config);
    this.incidents = new IncidentTable(config.limits.incidents, nextIncidentId);
  }

  fold(o: Observation, d: Decision): void {
    if (d.kind === 'tuned') {
      this.#setAside(o, d);
      return;
    }
    const { limits } = this.config;
    this.seen.set(o.alertId, d.incidentId);
    evictOldest(this.seen, limits.alerts);
    const records = this.history.learn(o, d.novelty, d.kind === 'opened');
    const background = d.kind === 'background';
    const id = this.incidents.find(d.incidentId);
    const incident = this.incidents.open(id, background, o.time);
    if (d.continues !== null) {
      const full = this.incidents.get(this.incidents.find(d.continues));
      if (full && full.id !== id) full.continuedBy = id;
    }
    incident.alerts++;
    incident.first = Math.min(incident.first, o.time);
    incident.last = Math.max(incident.last, o.time);
    incident.lastAlertId = o.alertId;
    incident.tactics |= tacticMask(o.tactics);
    incident.deviceGroup ??= o.deviceGroup ?? null;
    if (background) {
      this.groups.set(groupKey(o), id);
      evictOldest(this.groups, limits.incidents);
      return;
    }
    // What always happens, or asks to be left alone, leads nowhere from here.
    if (d.novelty < this.config.backgroundBelow || o.optOut) return;
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
    incident.alerts++;
    incident.first = Math.min(incident.first, o.time);
    incident.last = Math.max(incident.last, o.time);
    incident.lastAlertId = o.alertId;
    if (d.tuning) this.groups.set(setAsideKey(o, d.tuning), id);
    evictOldest(this.groups, limits.incidents);
  }

  *lines(): Iterable<string> {
    yield* this.history.lines();
    yield* this.incidents.lines();
    yield JSON.stringify([[...this.seen], [...this.groups]]);
  }
}

/** The posting of an incident on an entity with one more alert; after a pause of `pause` ms a new run begins. */
function continueRun(
  known: Posting | undefined,
  incidentId: number,
  o: Observation,
  novelty: number,
  pause: number,
): Posting {
  const alert = { incidentId, first: o.time, last: o.time, alerts: 1, alertId: o.alertId, novelty };
  if (!known) return alert;
  const most = Math.max(known.novelty, novelty);
  if (o.time - known.last > pause) return { ...alert, novelty: most };
  const first = Math.min(known.first, o.time);
  return { ...alert, first, last: Math.max(known.last, o.time), alerts: known.alerts + 1, novelty: most };
}

/** Background is grouped by detector, asset and day: one row a day for what always happens. */
export function groupKey(o: Observation): string {
  const asset =
    o.entities.find((e) => e.kind === 'device') ?? o.entities.find((e) => e.kind === 'user') ?? o.entities[0];
  return `${o.detector}\n${asset?.id ?? ''}\n${Math.floor(o.time / dayMs)}`;
}

/** What a tuning rule sets aside is grouped the same way, by rule. */
export function setAsideKey(o: Observation, { ruleId }: TuningMark): string {
  return `tuned ${ruleId}\n${groupKey(o)}`;
}
