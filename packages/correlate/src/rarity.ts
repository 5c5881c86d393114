import { isAssetKind } from '@throughline/model';
import { isCommonEntity } from './common-entities.ts';
import type { CorrelationConfig } from './config.ts';
import type { DetectorRecord, EntityRecord, Posting } from './entity-record.ts';
import type { History } from './history.ts';
import type { IncidentRecord } from './incident-table.ts';
import type { Observation, ObservedEntity } from './observation.ts';
import type { Sighting } from './sighting.ts';

/** An entity of an alert with what is known of it. */
export type RatedEntity = {
  entity: ObservedEntity;
  record: EntityRecord | undefined;
  /** Detectors have habits on it: an asset, or an address where an alert names no asset. */
  isAsset: boolean;
  /** −ln(duty) of the alert's detector on an asset; 0 for artefacts. */
  surprise: number;
  /** What of it a link may count: no more than the asset's quiet bears out; of an artefact, −ln of the chance to meet it. */
  link: number;
};

export type RatedAlert = {
  detector: DetectorRecord | undefined;
  /** Entities that can link; common ones and an asset's own address are left out. */
  entities: RatedEntity[];
  /** −ln(duty) on the rarest asset: how unusual it is that this detector fires. */
  novelty: number;
  rarest: RatedEntity | undefined;
};

/** Looks an alert up in what the tenant usually does. */
export function rate(sighting: Sighting, history: History, config: CorrelationConfig): RatedAlert {
  const { o, detector, records } = sighting;
  const hasAsset = o.entities.some((entity) => isAssetKind(entity.kind));
  const entities: RatedEntity[] = [];
  let rarest: RatedEntity | undefined;
  for (const [n, entity] of sighting.entities.entries()) {
    if (isCommonEntity(entity.kind, entity.name)) continue;
    const record = records[n];
    const isAsset = isAssetKind(entity.kind) || (!hasAsset && entity.kind === 'ip');
    if (!isAsset && isOwnAddress(entity, record, o, history)) continue;
    const rated = { entity, record, isAsset, surprise: 0, link: 0 };
    entities.push(rated);
    if (!isAsset) {
      if (record) rated.link = nats(history.chanceOf(record, detector, o.time), config);
      continue;
    }
    rated.surprise = nats(history.dutyOf(entity.kind, record, detector, o.time), config);
    const quiet = -Math.log(history.dutyOf(entity.kind, undefined, history.lone, o.time));
    rated.link = Math.min(rated.surprise, quiet + config.detectorMargin, config.maxAssetLink);
    if (!rarest || rated.surprise > rarest.surprise) rarest = rated;
  }
  const alone = () => nats(history.dutyOf('device', undefined, detector, o.time), config);
  return { detector, entities, novelty: rarest ? rarest.surprise : alone(), rarest };
}

/**
 * How surprising it would be to meet an entity of an incident by chance: seen from the alert, and from what the incident
 * already holds there, whichever is less. 0 for a hub, which many assets outside the incident share.
 */
export function rarityIn({ isAsset, link }: RatedEntity, posting: Posting): number {
  return isAsset ? Math.min(link, posting.novelty) : link;
}

function nats(chance: number, { maxRarity }: CorrelationConfig): number {
  return Math.min(maxRarity, -Math.log(chance));
}

/** An address never met without this alert's own assets is one of theirs: it is no second witness. */
function isOwnAddress(
  entity: ObservedEntity,
  record: EntityRecord | undefined,
  o: Observation,
  history: History,
): boolean {
  if (entity.kind !== 'ip' || !record || record.partners.length > 2 * o.entities.length) return false;
  for (let i = 0; i < record.partners.length; i += 2) {
    const partner = history.entityAt(record.partners[i] as number);
    if (partner && !o.entities.some(({ id }) => id === partner.id)) return false;
  }
  return true;
}

/**
 * 1 for what few assets outside the incident share, falling to 0 at the hub cap. Those inside count by half, so that an
 * incident cannot talk itself into a hub.
 */
export function uniqueness(
  record: EntityRecord | undefined,
  incident: IncidentRecord,
  history: History,
  config: CorrelationConfig,
  time: number,
): number {
  const { free, cap, named } = config.hub;
  const said = record && named?.get(record.id);
  if (said !== undefined) return said === 'never' ? 1 : 0;
  if (!record || record.partners.length <= 2 * free) return 1;
  const outside = history.partnersOutside(record, incident.assets, time);
  const partners = Math.max(outside, record.partners.length / 4);
  return partners <= free ? 1 : Math.max(0, 1 - Math.log(partners / free) / Math.log(cap / free));
}
