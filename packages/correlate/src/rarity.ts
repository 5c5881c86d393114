import { isAssetKind } from '@throughline/model';
import { isCommonEntity } from './common-entities.ts';
import type { CorrelationConfig } from './config.ts';
import type { DetectorRecord, EntityRecord, History } from './history.ts';
import type { Observation, ObservedEntity } from './observation.ts';

/** An entity of an alert with what is known of it: how surprising it would be to meet it by chance. */
export type RatedEntity = {
  entity: ObservedEntity;
  record: EntityRecord | undefined;
  isAsset: boolean;
  /** −ln(chance), before what sharing it widely takes away. */
  surprise: number;
  /** What is left of it for a link; 0 = a hub or common. */
  rarity: number;
};

export type RatedAlert = {
  detector: DetectorRecord | undefined;
  entities: RatedEntity[];
  /** −ln(duty) on the rarest asset. */
  novelty: number;
  rarest: RatedEntity | undefined;
};

export function rate(o: Observation, history: History, config: CorrelationConfig): RatedAlert {
  const detector = history.detector(o.detector);
  const hasAsset = o.entities.some((entity) => isAssetKind(entity.kind));
  const entities = o.entities.slice(0, config.limits.entitiesPerAlert).map((entity): RatedEntity => {
    const record = history.entity(entity.id);
    const isAsset = isAssetKind(entity.kind) || (!hasAsset && entity.kind === 'ip');
    const chance = isAsset
      ? history.dutyOf(entity.kind, record, detector, o.time)
      : history.chanceOf(entity.kind, record, o.time);
    const surprise = Math.min(config.maxRarity, -Math.log(chance));
    const silent = isCommonEntity(entity.kind, entity.name) || (hasAsset && isOwnAddress(entity, record, o, history));
    const rarity = silent ? 0 : surprise * uniqueness(record, history, config, o.time);
    return { entity, record, isAsset, surprise, rarity };
  });
  let rarest: RatedEntity | undefined;
  for (const rated of entities) if (rated.isAsset && rated.surprise > (rarest?.surprise ?? -1)) rarest = rated;
  const novelty =
    rarest?.surprise ?? Math.min(config.maxRarity, -Math.log(history.dutyOf('device', undefined, detector, o.time)));
  return { detector, entities, novelty, rarest };
}

/** An address that was only ever met on this alert's own asset is that asset's: it is no second witness. */
function isOwnAddress(
  entity: ObservedEntity,
  record: EntityRecord | undefined,
  o: Observation,
  history: History,
): boolean {
  if (entity.kind !== 'ip' || !record || record.partners.size > 1) return false;
  const [partner] = record.partners.keys();
  const id = partner === undefined ? undefined : history.entityAt(partner)?.id;
  return o.entities.some((other) => other.id === id);
}

/** 1 for what few assets share, falling to 0 at the hub cap. */
function uniqueness(
  record: EntityRecord | undefined,
  history: History,
  config: CorrelationConfig,
  time: number,
): number {
  const { free, cap } = config.hub;
  if (!record || record.partners.size <= free) return 1;
  const partners = history.partnersOf(record, time);
  return partners <= free ? 1 : Math.max(0, 1 - Math.log(partners / free) / Math.log(cap / free));
}
