/**
 * What can be done to the composition of incidents, by correlation or a person: three primitives, each another's inverse,
 * and the release of what a tuning rule hid.
 */
export const rearrangementKinds = ['merge', 'unmerge', 'move', 'release'] as const;
export type RearrangementKind = (typeof rearrangementKinds)[number];

/** Why a person moves or merges alerts: a closed list, so that it can be counted and learned from. */
export const rearrangementReasons = [
  'sameAttack',
  'incorrectCorrelation',
  'irrelevantEntities',
  'duplicate',
  'other',
] as const;
export type RearrangementReason = (typeof rearrangementReasons)[number];

/** Most incidents that one merge takes together. */
export const mostMerged = 20;
/** Most alerts that one move takes along. */
export const mostMoved = 1_000;
