import type { AlertLink } from '@throughline/model';

type LinkKind = AlertLink['kind'];
type Signal = AlertLink['terms'][number]['signal'];
type Refusal = AlertLink['refusals'][number]['reason'];

/** The words for what correlation did; a new member of a list does not compile without its words. */
export const kindWords: Readonly<Record<LinkKind, string>> = {
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

export const refusalWords: Readonly<Record<Refusal, string>> = {
  resolved: 'it is resolved',
  redirected: 'it was merged away',
  differentOwner: 'it belongs to somebody else',
  differentClassification: 'it is classified differently',
  full: 'it is full',
  tooManyEntities: 'it would hold too many entities',
  deviceGroup: 'its devices are in another device group',
  mustNotLink: 'a person separated them',
  optOut: 'it is left out of correlation, by its rule or by an exception',
  separateAssets: 'each has its own assets and nothing rare in common',
};
