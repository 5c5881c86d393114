import { type EntityKind, isAssetKind } from '@throughline/model';
import { type Duties, findDuty } from './duty.ts';
import type { FlatMap } from './flat-map.ts';

/** An incident that an entity was seen in, and its latest run of alerts there. */
export type Posting = {
  incidentId: number;
  first: number;
  last: number;
  alerts: number;
  /** Its latest alert on the entity. */
  alertId: string;
  /** The novelty of its most unusual alert on the entity. */
  novelty: number;
};

export type EntityRecord = {
  readonly index: number;
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
  firstHour: number;
  lastHour: number;
  /** Hours in which any alert named an artefact; empty for assets, where only detectors have habits. */
  any: Duties;
  /** Hours in which detectors fired on it, by detector index, in order of first firing. */
  byDetector: Duties;
  alerts: number;
  /** Sum of the novelty of its alerts. */
  novelty: number;
  /** Other assets named beside it, by index, with the last time. */
  partners: FlatMap;
  /** Assets on which the same detector fired within seconds, by index, with how often. */
  neighbours: FlatMap;
  /** Most recent last. */
  postings: Posting[];
};

export type Firing = { entity: number; time: number; silence: number };

export type DetectorRecord = {
  readonly index: number;
  /** Decayed hours fired, over all assets of a kind. */
  hours: Map<EntityKind, { sum: number; at: number; open: number }>;
  /** Last assets it fired on, and how long it had been silent there before, ms. */
  firings: Firing[];
  alerts: number;
  /** First alert, ms UTC. */
  first: number;
};

/** Kinds on which detectors have habits: assets, and addresses, which are all that network sensors know. */
export function bearsHabit(kind: EntityKind): boolean {
  return isAssetKind(kind) || kind === 'ip';
}

/** Where in `byDetector` a detector's duty on an entity begins, or −1 when it never fired there. */
export function pairOf(entity: EntityRecord, detector: DetectorRecord): number {
  return findDuty(entity.byDetector, detector.index);
}
