import type { EntityKind } from '@throughline/model';
import type { DutyRules } from './duty.ts';

/** Everything correlation can be told. Rarities and scores are natural logarithms of chances ("nats"). */
export type CorrelationConfig = {
  duty: DutyRules & {
    /** Hours the habit of the tenant weighs against what was observed on one asset. */
    priorHours: number;
    /** Firing hours assumed for a detector before it was seen to fire, … */
    priorFirings: number;
    /** … in this many observed asset hours. */
    priorObserved: number;
  };
  /** An alert less unusual than this is expected background. */
  backgroundBelow: number;
  /** Chance of a coincidence on an artefact never seen before, by kind. */
  artefactChance: Partial<Record<EntityKind, number>>;
  /** How far sharing an entity of a kind is trusted. */
  kindWeight: Record<EntityKind, number>;
  /** What the second-best shared entity of another kind counts, of its full contribution. */
  secondShare: number;
  /** Time in which a shared asset or artefact loses half of its say, ms. */
  assetHalfTime: number;
  artefactHalfTime: number;
  /** Rarity beyond this says nothing more. */
  maxRarity: number;
  /** Partners (other assets seen with an entity) free of charge, the number at which it says nothing, and how long they count, ms. */
  hub: { free: number; cap: number; window: number };
  tenantTime: {
    weight: number;
    /** Time in which it decays to 1/e, ms. */
    decay: number;
    /** Alerts at which an incident speaks with half of its voice. */
    halfSize: number;
    /** Echoes an asset must have shown before its neighbourhood is believed by half. */
    halfEchoes: number;
    /** Observed hours of an asset at which its silence is believed by half. */
    halfLife: number;
  };
  hotAsset: {
    weight: number;
    decay: number;
    /** Novelty from which an alert may follow a hot incident. */
    above: number;
    /** Alerts of the incident on the asset that make it hot. */
    alerts: number;
    within: number;
  };
  affinity: {
    weight: number;
    /** Same detector on two assets within this time counts as one flow, ms. */
    within: number;
    /** Both assets must have been silent this long before, or it is chance, ms. */
    silent: number;
    /** Pseudo-count against chance. */
    prior: number;
    decay: number;
  };
  /** Added for a later kill-chain stage, only on top of another link. */
  stage: number;
  joinAt: number;
  mergeAt: number;
  /** Alerts of one incident; a full one continues in a successor. */
  maxAlerts: number;
  /** Assets of one incident; beyond it nothing is merged into it. */
  maxAssets: number;
  /** A younger incident survives a merge only when it has this many times the alerts of the older. */
  survivorRatio: number;
  /** Keep incidents within device groups. */
  restrictToDeviceGroups: boolean;
  limits: {
    entitiesPerAlert: number;
    postings: number;
    partners: number;
    neighbours: number;
    firings: number;
    detectorsPerEntity: number;
    recentIncidents: number;
    entities: number;
    incidents: number;
    alerts: number;
  };
};

const minute = 60_000;
const hour = 60 * minute;

export const defaultConfig: CorrelationConfig = {
  duty: { episodeGap: 2, episodeMax: 6, memory: 336, priorHours: 24, priorFirings: 0.5, priorObserved: 50 },
  backgroundBelow: 3,
  artefactChance: {
    file: 0.003,
    message: 0.001,
    mailCluster: 0.003,
    session: 0.001,
    process: 0.001,
    url: 0.003,
    domain: 0.01,
    ip: 0.01,
    registry: 0.02,
    securityGroup: 0.02,
  },
  kindWeight: {
    device: 0.9,
    user: 0.9,
    mailbox: 0.9,
    cloudApplication: 0.8,
    cloudResource: 0.9,
    ip: 0.7,
    file: 1.2,
    url: 1,
    domain: 0.8,
    process: 1.2,
    registry: 0.6,
    message: 1.2,
    mailCluster: 1,
    session: 1.2,
    securityGroup: 0.6,
  },
  secondShare: 0.5,
  assetHalfTime: 4 * hour,
  artefactHalfTime: 24 * hour,
  maxRarity: 8,
  hub: { free: 8, cap: 32, window: 72 * hour },
  tenantTime: { weight: 0.5, decay: 30 * minute, halfSize: 3, halfEchoes: 5, halfLife: 24 },
  hotAsset: { weight: 4, decay: 10 * minute, above: 2, alerts: 3, within: 15 * minute },
  affinity: { weight: 0.9, within: 3_000, silent: 5 * minute, prior: 10, decay: hour },
  stage: 0.3,
  joinAt: 3,
  mergeAt: 4,
  maxAlerts: 500,
  maxAssets: 50,
  survivorRatio: 4,
  restrictToDeviceGroups: false,
  limits: {
    entitiesPerAlert: 16,
    postings: 4,
    partners: 32,
    neighbours: 8,
    firings: 16,
    detectorsPerEntity: 256,
    recentIncidents: 8,
    entities: 500_000,
    incidents: 500_000,
    alerts: 5_000_000,
  },
};
