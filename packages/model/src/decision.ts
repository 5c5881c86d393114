import type { EntityKind } from './entity.ts';
import type { TuningMark } from './tuning.ts';

/** What correlation did with one alert: a closed list, the same in code, database, API, log and portal. */
export const decisionKinds = ['opened', 'joined', 'background', 'continued', 'moved', 'tuned'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** What can speak for a link, each with its own arithmetic. */
export const signals = [
  /** The same asset (device, user, mailbox, address), unusual for this detector. */
  'sharedAsset',
  /** The same artefact (file hash, message, url, session, process instance, OAuth app) where it is rare. */
  'sharedArtefact',
  /** Close in time to other unusual alerts of the tenant. */
  'tenantTime',
  /** A mildly unusual alert on an asset of an incident that is hot right now. */
  'hotAsset',
  /** Two assets on which the same detectors fire within seconds of each other: one flow seen twice. */
  'affinity',
  /** A later kill-chain stage than the incident has shown; never links alone. */
  'stage',
  /** Identical to an alert of the incident a short while ago: same detector, title, severity and entities. */
  'repeat',
  /** A person put it there. */
  'person',
] as const;
export type Signal = (typeof signals)[number];

/** What a term was counted from. */
export type TermBasis =
  /** Hours in which the detector fired on the asset before (fading ones count in part), of those it was watched. */
  | { of: 'asset'; firedHours: number; watchedHours: number }
  /** Assets of the incident and of the alert that it is on, others, and days over which others would have been seen. */
  | { of: 'artefact'; assets: number; elsewhere: number; days: number }
  /** Alerts the incident had. */
  | { of: 'incident'; alerts: number };

/** One addend of a link's score. `contribution` = what it added; the sum of all terms is the score. */
export type Term = {
  signal: Signal;
  entity: { kind: EntityKind; id: string; name: string } | null;
  /** Weight of the entity kind or signal. */
  weight: number;
  /** −ln(duty cycle) or document rarity behind the term, 0 when it does not apply. */
  rarity: number;
  /** Distance in event time to what it links to, ms. */
  ageMs: number;
  contribution: number;
  /** The earlier alert it links to, when one is known. */
  alertId: string | null;
  basis?: TermBasis;
};

/** Why two things were not put together (closed list). */
export const refusalReasons = [
  'resolved',
  'redirected',
  'differentOwner',
  'differentClassification',
  'full',
  'tooManyEntities',
  'deviceGroup',
  'mustNotLink',
  'optOut',
  'separateAssets',
  /** Another incident scored higher. */
  'outscored',
  /** What speaks for it is too little. */
  'belowLine',
  /** All they share is a hub, which many share. */
  'hub',
  /** All they share lies too far apart. */
  'window',
  /** All they share is an asset where alerts like this, or those of the incident, are usual. */
  'ordinary',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** An incident that was considered and is not the one. `entity`: what they share, where that is the reason. */
export type Refusal = {
  incidentId: number;
  reason: RefusalReason;
  score: number;
  entity?: Term['entity'];
  /** Distance in event time through the entity, ms. */
  ageMs?: number;
};

/** An automatic merge: `from` is absorbed and redirects to `into`. */
export type Merge = { from: number; into: number; score: number; terms: Term[] };

/** What the engine decided for one alert. `score >= threshold` for `joined`; for `opened` the best score that fell short. */
export type Decision = {
  alertId: string;
  kind: DecisionKind;
  incidentId: number;
  /** The incident this one continues when it was full. */
  continues: number | null;
  /** How unusual the alert is for its detector on its rarest entity, −ln(duty cycle). */
  novelty: number;
  score: number;
  threshold: number;
  terms: Term[];
  refusals: Refusal[];
  merges: Merge[];
  /** The tuning rule that applied when the alert came in. A `tuned` alert was set aside by it. */
  tuning?: TuningMark;
};
