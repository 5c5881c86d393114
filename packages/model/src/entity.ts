/** Assets are what an attack hits; artefacts are what it leaves. */
export const assetKinds = ['device', 'user', 'mailbox', 'cloudApplication', 'cloudResource'] as const;
export const artefactKinds = [
  'ip',
  'file',
  'url',
  'domain',
  'process',
  'registry',
  'message',
  'mailCluster',
  'session',
  'securityGroup',
] as const;
export const entityKinds = [...assetKinds, ...artefactKinds] as const;
export type AssetKind = (typeof assetKinds)[number];
export type EntityKind = (typeof entityKinds)[number];

export function isAssetKind(kind: EntityKind): kind is AssetKind {
  return (assetKinds as readonly string[]).includes(kind);
}

/**
 * A mention of an entity in one alert. `keys` are its names, strongest first, each normalised and prefixed by its naming
 * scheme ("sid:s-1-5-…", "upn:mira@example.com", "host:fin-ws-07"). A key that ends a scheme in `~` ("host~fin-ws-07")
 * is weak: it finds an identity only while it is unambiguous.
 */
export type EntityMention = {
  kind: EntityKind;
  keys: string[];
  name: string;
  roles: string[];
  /** Index into `alert.evidence`; −1 when read from elsewhere. */
  evidenceIndex: number;
};
