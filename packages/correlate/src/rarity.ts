import { isAssetKind } from '@throughline/model';
import { isCommonEntity } from './common-entities.ts';
import type { CorrelationConfig } from './config.ts';
import type { DetectorRecord, EntityRecord, Posting } from './entity-record.ts';
import type { History } from './history.ts';
import type { IncidentRecord } from './incident-table.ts';
import { countedEntities, type Observation, type ObservedEntity } from './observation.ts';

/** An entity of an alert with what is known of it. */
export type RatedEntity = {
  entity: ObservedEntity;
  record: EntityRecord | undefined;
  /** Detectors have habits on it: an asset, or an address where an alert names no asset. */
  isAsset: boolean;
  /** −ln(duty) of the alert's detector on an asset; 0 for artefacts. */
  surprise: number;
  /** What of it a link may count: no more than the asset's quiet bears out. */
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
export function rate(o: Observation, history: History, config: CorrelationConfig): RatedAlert {
  const detector = history.detector(o.detector);
  const hasAsset = o.entities.some((entity) => isAssetKind(entity.kind));
  const entities: RatedEntity[] = [];
  let rarest: RatedEntity | undefined;
  for (const entity of countedEntities(o, config.limits.entitiesPerAlert)) {
    if (isCommonEntity(entity.kind, entity.name)) continue;
    const record = history.entity(entity.id);
    const isAsset = isAssetKind(entity.kind) || (!hasAsset && entity.kind === 'ip');
    if (!isAsset && isOwnAddress(entity, record, o, history)) continue;
    const duty = isAsset ? history.dutyOf(entity.kind, record, detector, o.time) : 1;
    const surprise = Math.min(config.maxRarity, -Math.log(duty));
    const quiet = isAsset ? -Math.log(history.dutyOf(entity.kind, undefined, history.lone, o.time)) : 0;
    const rated = {
      entity,
      record,
      isAsset,
      surprise,
      link: Math.min(surprise, quiet + config.detectorMargin, config.maxAssetLink),
    };
    entities.push(rated);
    if (isAsset && (!rarest || rated.surprise > rarest.surprise)) rarest = rated;
  }
  const alone = () => Math.min(config.maxRarity, -Math.log(history.dutyOf('device', undefined, detector, o.time)));
  return { detector, entities, novelty: rarest ? rarest.surprise : alone(), rarest };
}

/**
 * How surprising it would be to meet an entity of an incident by chance: seen from the alert, and from what the incident
 * already holds there, whichever is less. 0 for a hub, which many assets outside the incident share.
 */
export function rarityIn(
  { record, isAsset, link }: RatedEntity,
  detector: DetectorRecord | undefined,
  posting: Posting,
  incident: IncidentRecord,
  history: History,
  config: CorrelationConfig,
  time: number,
): number {
  const unique = uniqueness(record, incident, history, config, time);
  if (unique === 0 || !record) return 0;
  if (isAsset) return Math.min(link, posting.novelty) * unique;
  return Math.min(config.maxRarity, -Math.log(history.chanceOf(record, detector, time))) * unique;
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
function uniqueness(
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
