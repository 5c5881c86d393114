import type { Alert, EntityKind, EntityMention, IdentityIndex, Resolution, Severity, Tactic } from '@throughline/model';
import { entitiesOf, isAssetKind } from '@throughline/model';

export type ObservedEntity = { kind: EntityKind; id: string; name: string; roles: string[] };

/** What correlation looks at in an alert, entities already resolved to identities. Instants are ms UTC. */
export type Observation = {
  alertId: string;
  /** serviceSource/detectorId: whose habits are learned. */
  detector: string;
  /** First activity. */
  time: number;
  lastTime: number;
  title: string;
  severity: Severity;
  tactics: Tactic[];
  category: string | null;
  serviceSource: string;
  detectionSource: string;
  productName: string | null;
  threat: string | null;
  active: boolean;
  entities: ObservedEntity[];
  /** The rule asked to be left out of correlation, or an exception leaves it out. */
  optOut?: boolean;
  /** The exception that leaves it out. */
  leftOutBy?: string;
  /** The device group of the alert's device, where groups restrict correlation. */
  deviceGroup?: string | null;
};

export type ResolvedMention = { mention: EntityMention; resolution: Resolution };

const text = 300;

/**
 * Reads an alert for correlation and resolves what it names; `mentions` are the resolutions to store, each under the
 * best name its identity has been given so far. The same alerts in
 * the same order give the same observations. Long texts are cut to 300 characters: facts keep them for ever.
 */
export function observe(
  alert: Alert,
  identities: IdentityIndex,
): { observation: Observation; mentions: ResolvedMention[] } {
  const mentions = entitiesOf(alert).map((mention) => {
    const resolution = identities.resolve(mention);
    return {
      mention: { ...mention, name: identities.bestName(resolution.id, mention.kind, mention.name) },
      resolution,
    };
  });
  const entities = new Map<string, ObservedEntity>();
  for (const { mention, resolution } of mentions) {
    const known = entities.get(resolution.id);
    if (known) known.roles.push(...mention.roles.filter((role) => !known.roles.includes(role)));
    else {
      const { kind, roles } = mention;
      entities.set(resolution.id, { kind, id: resolution.id, name: mention.name.slice(0, text), roles: [...roles] });
    }
  }
  const time = instantOf(alert.firstActivityDateTime, alert.createdDateTime);
  return {
    mentions,
    observation: {
      alertId: alert.id,
      detector: `${alert.serviceSource}/${alert.detectorId}`,
      time,
      lastTime: Math.max(time, instantOf(alert.lastActivityDateTime, alert.createdDateTime)),
      title: alert.title.slice(0, text),
      severity: alert.severity,
      tactics: alert.tactics,
      category: alert.category?.slice(0, text) ?? null,
      serviceSource: alert.serviceSource,
      detectionSource: alert.detectionSource,
      productName: alert.productName,
      threat: (alert.threatDisplayName ?? alert.threatFamilyName)?.slice(0, text) ?? null,
      active: alert.status !== 'resolved',
      entities: [...entities.values()],
      optOut: optsOut(alert.description),
    },
  };
}

/** A rule may ask to be left alone by beginning its description with #DONT_CORR#. */
function optsOut(description: string | null): boolean {
  return description?.trimStart().startsWith('#DONT_CORR#') ?? false;
}

function instantOf(preferred: string, otherwise: string): number {
  const at = Date.parse(preferred);
  if (!Number.isNaN(at)) return at;
  const created = Date.parse(otherwise);
  return Number.isNaN(created) ? 0 : created;
}

/** The entities that correlation looks at, at most `limit`: where there are more, assets first. */
export function countedEntities(o: Observation, limit: number): readonly ObservedEntity[] {
  if (o.entities.length <= limit) return o.entities;
  const assets = o.entities.filter(({ kind }) => isAssetKind(kind));
  return [...assets, ...o.entities.filter(({ kind }) => !isAssetKind(kind))].slice(0, limit);
}
