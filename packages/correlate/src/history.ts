import { type EntityKind, isAssetKind } from '@throughline/model';
import { absorbRecord } from './absorb-record.ts';
import type { CorrelationConfig } from './config.ts';
import {
  type DutyRules,
  episodeHours,
  excuse,
  fire,
  hourMs,
  hourOf,
  lastHour,
  pastHours,
  rememberedHours,
  withDuty,
} from './duty.ts';
import { bearsHabit, type DetectorRecord, type EntityRecord, pairOf } from './entity-record.ts';
import { idlest, roomAfterEviction } from './eviction.ts';
import { flatCount, flatGet, flatRemember } from './flat-map.ts';
import { countedEntities, type Observation, type ObservedEntity } from './observation.ts';
import { fingerprint } from './repeats.ts';
import type { Sighting } from './sighting.ts';

const dayMs = 24 * hourMs;
/** The list of those that have none; lists are replaced when they grow. */
const nothing: number[] = [];

/** Entities of a kind and when they were first seen: what the tenant has observed. */
type Population = { count: number; firstHours: number };

/** What the tenant's detectors and entities usually do. Bounded: entities idle longest are forgotten, and counted. */
export class History {
  #config: CorrelationConfig;
  readonly #entities = new Map<string, EntityRecord>();
  readonly #byIndex = new Map<number, EntityRecord>();
  readonly #detectors = new Map<string, DetectorRecord>();
  readonly #populations = new Map<EntityKind, Population>();
  readonly #aliases = new Map<string, string>();
  #nextEntity = 1;
  /** Unusual alerts that stand alone, whatever detector: what happens to an asset by chance. */
  readonly lone: DetectorRecord = { index: -1, hours: new Map(), firings: [], alerts: 0, first: 0 };
  evicted = 0;

  constructor(config: CorrelationConfig) {
    this.#config = config;
  }

  reconfigure(config: CorrelationConfig): void {
    this.#config = config;
  }

  entity(id: string): EntityRecord | undefined {
    return this.#entities.get(this.#aliases.size === 0 ? id : (this.#aliases.get(id) ?? id));
  }

  entityAt(index: number): EntityRecord | undefined {
    return this.#byIndex.get(index);
  }

  detector(name: string): DetectorRecord | undefined {
    return this.#detectors.get(name);
  }

  get sizes(): { entities: number; detectors: number } {
    return { entities: this.#entities.size, detectors: this.#detectors.size };
  }

  /** Share of hours in which `detector` fires on an entity, the current episode apart, shrunk to the tenant's habit. */
  dutyOf(
    kind: EntityKind,
    entity: EntityRecord | undefined,
    detector: DetectorRecord | undefined,
    time: number,
  ): number {
    const { duty } = this.#config;
    const hour = hourOf(time);
    const pair = entity && detector ? pairOf(entity, detector) : -1;
    const habit = this.#habit(kind, detector, entity, pair, hour);
    if (!entity) return habit;
    const past = pair < 0 ? 0 : pastHours(entity.byDetector, pair, hour, duty);
    const observed = rememberedHours(hour - entity.firstHour, duty.memory);
    return Math.min(1, (past + duty.priorHours * habit) / (observed + duty.priorHours));
  }

  /** Share of hours in which a detector fires on any one asset of the tenant. */
  #habit(
    kind: EntityKind,
    detector: DetectorRecord | undefined,
    entity: EntityRecord | undefined,
    pair: number,
    hour: number,
  ): number {
    const { duty } = this.#config;
    const { count = 0, firstHours = 0 } = this.#populations.get(kind) ?? {};
    const observed = count === 0 ? 0 : count * rememberedHours(hour - firstHours / count, duty.memory);
    const sum = detector?.hours.get(kind);
    const isOpen = sum !== undefined && hour <= sum.at;
    const fired = sum
      ? (isOpen ? sum.sum : sum.sum + sum.open) * Math.exp(-Math.max(0, hour - sum.at) / duty.memory)
      : 0;
    const own = entity?.byDetector;
    const current =
      own && pair >= 0 ? episodeHours(own, pair, hour, duty) - (isOpen && lastHour(own, pair) >= hour ? 1 : 0) : 0;
    const age = detector ? Math.max(0, hour - hourOf(detector.first)) : 0;
    // A detector has no habit before it has been watched for longer than an episode.
    const known = age / (age + duty.episodeMax);
    return Math.min(1, (known * Math.max(0, fired - current) + duty.priorFirings) / (observed + duty.priorObserved));
  }

  /**
   * Chance that an unrelated alert names this artefact in a given hour: the more ordinary the alerts that named it, the
   * likelier, and likelier still when this very detector has named it in earlier episodes.
   */
  chanceOf(entity: EntityRecord, detector: DetectorRecord | undefined, time: number): number {
    const { duty, artefactChance, maxRarity } = this.#config;
    const chance = artefactChance[entity.kind] ?? 0.01;
    const hour = hourOf(time);
    const observed = rememberedHours(hour - entity.firstHour, duty.memory);
    const ordinary = entity.alerts === 0 ? 0 : 1 - entity.novelty / entity.alerts / maxRarity;
    const { any, byDetector } = entity;
    const pair = detector ? pairOf(entity, detector) : -1;
    const named = any.length > 0 ? pastHours(any, 0, hour, duty) : 0;
    const own = pair < 0 ? 0 : pastHours(byDetector, pair, hour, this.#occasions(entity.kind));
    const hours = Math.max(named * ordinary, own);
    return Math.min(1, (hours + duty.priorHours * chance) / (observed + duty.priorHours));
  }

  /** What counts as one occasion: on an artefact, which is kept and used again after a night, days instead of hours. */
  #occasions(kind: EntityKind): DutyRules {
    return bearsHabit(kind) ? this.#config.duty : this.#config.artefactOccasion;
  }

  /** Hours since the entity was first seen. */
  observedHours(entity: EntityRecord | undefined, time: number): number {
    return entity ? Math.max(0, hourOf(time) - entity.firstHour) : 0;
  }

  /** Hours in which a detector fired on an entity, the current episode apart; older ones count in part. */
  firedHours(entity: EntityRecord, detector: DetectorRecord | undefined, time: number): number {
    const pair = detector ? pairOf(entity, detector) : -1;
    return pair < 0 ? 0 : pastHours(entity.byDetector, pair, hourOf(time), this.#config.duty);
  }

  /** Whole days for which what is known today has been watched, on average: one alert with a wrong date does not stretch it. */
  watchedDays(time: number): number {
    let count = 0;
    let firstHours = 0;
    for (const population of this.#populations.values()) {
      count += population.count;
      firstHours += population.firstHours;
    }
    return count === 0 ? 0 : Math.max(0, Math.floor((hourOf(time) - firstHours / count) / 24));
  }

  /** Assets seen with an entity lately that are not among `inside`. */
  partnersOutside(entity: EntityRecord, inside: readonly number[], time: number): number {
    const since = time - this.#config.hub.window;
    let count = 0;
    const { partners } = entity;
    for (let i = 0; i < partners.length; i += 2)
      if ((partners[i + 1] as number) >= since && !inside.includes(partners[i] as number)) count++;
    return count;
  }

  /** Share of an asset's alerts that another asset echoed within seconds, shrunk towards none. */
  affinityOf(entity: EntityRecord, neighbour: number): number {
    return (flatGet(entity.neighbours, neighbour) ?? 0) / (entity.alerts + this.#config.affinity.prior);
  }

  /**
   * How long a detector can be expected not to fire on an asset, ms: the time since it last did (by the hour when long ago),
   * but no longer than its usual time between alerts anywhere in the tenant.
   */
  silenceOf(entity: EntityRecord | undefined, detector: DetectorRecord, time: number): number {
    const usual = (Math.max(0, time - detector.first) + dayMs) / (detector.alerts + 1);
    if (!entity) return usual;
    for (const firing of detector.firings)
      if (firing.entity === entity.index) return Math.min(usual, Math.abs(time - firing.time));
    const pair = pairOf(entity, detector);
    return pair < 0 ? usual : Math.min(usual, Math.max(0, time - (lastHour(entity.byDetector, pair) + 1) * hourMs));
  }

  /** Looks up what is known of what an alert names. */
  look(o: Observation): Sighting {
    const entities = countedEntities(o, this.#config.limits.entitiesPerAlert);
    const records = entities.map(({ id }) => this.entity(id));
    return { o, detector: this.#detectors.get(o.detector), entities, records, fingerprint: fingerprint(o) };
  }

  /** Learns from an alert. Returns the records of its entities, in order. */
  learn(
    { o, entities, records: known, detector: fired }: Sighting,
    novelty: number,
    alone: boolean,
    explained: boolean,
  ): EntityRecord[] {
    const hour = hourOf(o.time);
    const detector = fired ?? this.#newDetector(o.detector, o.time);
    const records = entities.map((entity, n) => this.#sighted(known[n], entity, hour));
    detector.alerts++;
    for (const record of records) {
      record.alerts++;
      record.novelty += novelty;
      if (record.any.length > 0) fire(record.any, 0, hour, this.#config.duty);
      const silence = this.silenceOf(record, detector, o.time);
      this.#firePair(record, detector, hour, explained);
      if (alone && isAssetKind(record.kind)) this.#firePair(record, this.lone, hour, false);
      if (bearsHabit(record.kind)) this.#echo(record, detector, o.time, silence);
    }
    for (const record of records)
      for (const other of records)
        if (other !== record && isAssetKind(other.kind))
          record.partners = flatRemember(record.partners, other.index, o.time, this.#config.limits.partners);
    this.#evict();
    return records;
  }

  /** Makes `from` and `into` one entity: they were found to be the same. */
  absorb(fromId: string, intoId: string): void {
    const from = this.entity(fromId);
    const into = this.entity(intoId);
    this.#aliases.set(fromId, into?.id ?? intoId);
    if (!from || from === into) return;
    if (!into) {
      this.#forget(from);
      this.#add({ ...from, id: intoId });
      return;
    }
    this.#forget(from);
    this.#population(into.kind).firstHours += Math.min(0, from.firstHour - into.firstHour);
    absorbRecord(from, into, this.#config.limits);
  }

  /** Everything, in an order that depends on the alerts alone. */
  *lines(): Iterable<string> {
    for (const e of this.#entities.values()) yield JSON.stringify(e);
    for (const [name, d] of this.#detectors) yield JSON.stringify([name, [...d.hours], d.firings, d.alerts, d.first]);
    yield JSON.stringify([[...this.#populations], [...this.#aliases], this.evicted]);
  }

  #firePair(record: EntityRecord, detector: DetectorRecord, hour: number, explained: boolean): void {
    const known = pairOf(record, detector);
    const { detectorsPerEntity } = this.#config.limits;
    if (known < 0) record.byDetector = withDuty(record.byDetector, detector.index, hour, detectorsPerEntity);
    if (explained) {
      excuse(record.byDetector, pairOf(record, detector), hour, known < 0);
      return;
    }
    if (known >= 0 && !fire(record.byDetector, known, hour, this.#occasions(record.kind))) return;
    if (!bearsHabit(record.kind)) return;
    const sum = detector.hours.get(record.kind);
    if (!sum) detector.hours.set(record.kind, { sum: 0, at: hour, open: 1 });
    else if (hour > sum.at) {
      sum.sum = (sum.sum + sum.open) * Math.exp(-(hour - sum.at) / this.#config.duty.memory);
      sum.at = hour;
      sum.open = 1;
    } else sum.open++;
  }

  /** Notes assets on which the detector fired a moment ago, unless it is loud there anyway. */
  #echo(record: EntityRecord, detector: DetectorRecord, time: number, silence: number): void {
    const { moment } = this.#config;
    for (const firing of detector.firings) {
      if (firing.entity === record.index || Math.abs(time - firing.time) > moment) continue;
      const other = this.#byIndex.get(firing.entity);
      if (!other || other.kind !== record.kind || Math.min(silence, firing.silence) < 20 * moment) continue;
      record.neighbours = flatCount(record.neighbours, other.index, this.#config.limits.neighbours);
      other.neighbours = flatCount(other.neighbours, record.index, this.#config.limits.neighbours);
    }
    const known = detector.firings.findIndex((f) => f.entity === record.index);
    if (known >= 0) detector.firings.splice(known, 1);
    detector.firings.push({ entity: record.index, time, silence });
    if (detector.firings.length > this.#config.limits.firings) detector.firings.shift();
  }

  #newDetector(name: string, time: number): DetectorRecord {
    const record = { index: this.#detectors.size, hours: new Map(), firings: [], alerts: 0, first: time };
    this.#detectors.set(name, record);
    return record;
  }

  #sighted(looked: EntityRecord | undefined, { id: rawId, kind, name }: ObservedEntity, hour: number): EntityRecord {
    const known = looked ?? this.entity(rawId);
    if (known) {
      known.lastHour = Math.max(known.lastHour, hour);
      return known;
    }
    const record: EntityRecord = {
      index: this.#nextEntity++,
      id: this.#aliases.get(rawId) ?? rawId,
      kind,
      name,
      firstHour: hour,
      lastHour: hour,
      any: isAssetKind(kind) ? nothing : withDuty(nothing, 0, hour, 1),
      byDetector: nothing,
      alerts: 0,
      novelty: 0,
      partners: nothing,
      neighbours: nothing,
      postings: [],
    };
    this.#add(record);
    return record;
  }

  #population(kind: EntityKind): Population {
    let population = this.#populations.get(kind);
    if (!population) {
      population = { count: 0, firstHours: 0 };
      this.#populations.set(kind, population);
    }
    return population;
  }

  #add(record: EntityRecord): void {
    this.#entities.set(record.id, record);
    this.#byIndex.set(record.index, record);
    const population = this.#population(record.kind);
    population.count++;
    population.firstHours += record.firstHour;
  }

  #forget(record: EntityRecord): void {
    this.#entities.delete(record.id);
    this.#byIndex.delete(record.index);
    const population = this.#population(record.kind);
    population.count--;
    population.firstHours -= record.firstHour;
  }

  #evict(): void {
    const { entities } = this.#config.limits;
    if (this.#entities.size <= entities) return;
    for (const idle of idlest(this.#entities, roomAfterEviction(entities))) {
      this.#forget(idle);
      this.evicted++;
    }
  }
}
