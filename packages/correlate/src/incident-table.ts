import type { Classification, Determination, IncidentStatus } from '@throughline/model';
import { evictOldest } from './eviction.ts';

/** What people said of an incident; it decides what correlation may still do with it. */
export type Standing = {
  status: IncidentStatus;
  assignedTo: string | null;
  classification: Classification;
  determination: Determination;
};

export type IncidentRecord = {
  readonly id: number;
  readonly background: boolean;
  alerts: number;
  /** Of these, different ones: what repeats an alert of the incident is not counted again. */
  different: number;
  first: number;
  last: number;
  lastAlertId: string;
  /** Tactics shown, as a bit mask. */
  tactics: number;
  /** Its assets by entity index, up to {@link maxKnownAssets}. */
  assets: readonly number[];
  /** Detectors that raised its unusual alerts, by index, up to {@link maxKnownDetectors}. */
  detectors: readonly number[];
  standing: Standing | null;
  continuedBy: number | null;
  /** Incidents a person set apart from this one. */
  apart: readonly number[];
  deviceGroup: string | null;
};

/** Enough to refuse a merge and to know an incident's neighbourhood. */
export const maxKnownAssets = 256;
/** Enough to tell one noisy detector from several witnesses. */
export const maxKnownDetectors = 8;

/** The list of those that have none. Lists are copied when they grow: pushing would leave room for sixteen more. */
const nothing: readonly number[] = [];

/** Incidents alive in memory, and for ever where merged ones went. Incidents idle longest are let go, and counted. */
export class IncidentTable {
  readonly #limit: number;
  readonly #records = new Map<number, IncidentRecord>();
  readonly #redirects = new Map<number, number>();
  #next: number;
  evicted = 0;

  constructor(limit: number, next: number) {
    this.#limit = limit;
    this.#next = next;
  }

  get nextId(): number {
    return this.#next;
  }

  get size(): number {
    return this.#records.size;
  }

  get redirects(): number {
    return this.#redirects.size;
  }

  /** The surviving incident of an id that may have been merged away. */
  find(id: number): number {
    let at = id;
    for (let into = this.#redirects.get(at); into !== undefined; into = this.#redirects.get(at)) at = into;
    return at;
  }

  get(id: number): IncidentRecord | undefined {
    return this.#records.get(id);
  }

  /** The record of `id`, created when unknown. */
  open(id: number, background: boolean, time: number): IncidentRecord {
    const known = this.#records.get(id);
    if (known) {
      this.#records.delete(id);
      this.#records.set(id, known);
      return known;
    }
    const record: IncidentRecord = {
      id,
      background,
      alerts: 0,
      different: 0,
      first: time,
      last: time,
      lastAlertId: '',
      tactics: 0,
      assets: nothing,
      detectors: nothing,
      standing: null,
      continuedBy: null,
      apart: nothing,
      deviceGroup: null,
    };
    this.#records.set(id, record);
    this.#next = Math.max(this.#next, id + 1);
    this.evicted += evictOldest(this.#records, this.#limit);
    return record;
  }

  /** Moves what `from` holds into `into`; `from` redirects for ever. */
  merge(fromId: number, intoId: number): void {
    const from = this.#records.get(fromId);
    const into = this.#records.get(intoId);
    if (fromId === intoId) return;
    this.#redirects.set(fromId, intoId);
    this.#records.delete(fromId);
    if (!from || !into) return;
    into.alerts += from.alerts;
    into.different += from.different;
    into.first = Math.min(into.first, from.first);
    if (from.last > into.last) into.lastAlertId = from.lastAlertId;
    into.last = Math.max(into.last, from.last);
    into.tactics |= from.tactics;
    into.standing ??= from.standing;
    into.continuedBy ??= from.continuedBy;
    into.apart = into.apart.concat(from.apart);
    into.deviceGroup ??= from.deviceGroup;
    for (const index of from.assets) addAsset(into, index);
    for (const index of from.detectors) addDetector(into, index);
  }

  /** Lets an incident go that exists no longer. */
  forget(id: number): void {
    this.#records.delete(id);
  }

  /** Makes `from` lead to `into`, or to itself again (null). Its record goes or comes separately. */
  redirect(from: number, into: number | null): void {
    if (into === null) this.#redirects.delete(from);
    else {
      this.#redirects.set(from, into);
      this.#records.delete(from);
    }
  }

  *lines(): Iterable<string> {
    for (const record of this.#records.values()) yield JSON.stringify(record);
    yield JSON.stringify([[...this.#redirects], this.#next, this.evicted]);
  }
}

/** Notes that an incident touches an asset. */
export function addAsset(incident: IncidentRecord, index: number): void {
  if (incident.assets.length < maxKnownAssets && !incident.assets.includes(index))
    incident.assets = incident.assets.concat(index);
}

/** Notes that a detector has raised an unusual alert of an incident. */
export function addDetector(incident: IncidentRecord, index: number): void {
  if (incident.detectors.length < maxKnownDetectors && !incident.detectors.includes(index))
    incident.detectors = incident.detectors.concat(index);
}
