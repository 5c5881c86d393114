import type { DecisionKind, RefusalReason, Signal } from './decision.ts';

/**
 * The words for what correlation did, once for portal, API and command line. A new member of a list does not compile
 * without its words.
 */
export const decisionWords: Readonly<Record<DecisionKind, string>> = {
  opened: 'opened the incident',
  joined: 'joined',
  background: 'expected background',
  continued: 'continues a full incident',
  moved: 'moved by a person',
  tuned: 'set aside by a tuning rule',
};

export const signalWords: Readonly<Record<Signal, string>> = {
  sharedAsset: 'Same asset',
  sharedArtefact: 'Same artefact',
  tenantTime: 'Close in time',
  hotAsset: 'Asset under attack now',
  affinity: 'Same activity seen twice',
  stage: 'Later attack stage',
  repeat: 'Identical to an earlier alert',
  person: 'A person',
};

/** Why an incident was not joined or not merged, said of "it", that incident. */
export const refusalWords: Readonly<Record<RefusalReason, string>> = {
  resolved: 'it is resolved',
  redirected: 'it was merged away',
  differentOwner: 'it and this incident have different owners',
  differentClassification: 'people judged it and this incident differently',
  full: 'it is full',
  tooManyEntities: 'together they would hold too many assets',
  deviceGroup: 'its devices are in another device group',
  mustNotLink: 'a person set it and this incident apart',
  optOut: 'this alert is left out of correlation, by its rule or by an exception',
  separateAssets: 'only nearness in time connects them',
  outscored: 'another incident has more in common with this alert',
  belowLine: 'what they have in common falls short',
  hub: 'what they share is shared by too many others to mean much',
  window: 'what they share lies too far apart in time',
  ordinary: 'what they share is nothing unusual there',
};
