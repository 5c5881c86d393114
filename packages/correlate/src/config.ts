import type { EntityKind } from '@throughline/model';
import type { DutyRules } from './duty.ts';

/** What a person said of an entity as a hub: it never links, or it links however many share it. */
export type HubRule = 'always' | 'never';

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
  /** An incident with this many detectors explains the alerts that join it for `time` ms: they are no habit. */
  explained: { witnesses: number; time: number };
  /** An alert less unusual than this is expected background. */
  backgroundBelow: number;
  /** As `duty`, for one detector on one artefact. */
  artefactOccasion: DutyRules;
  /** Chance of a coincidence on an artefact never seen before, by kind. */
  artefactChance: Partial<Record<EntityKind, number>>;
  /** How far sharing an entity of a kind is trusted, where it is not 1. */
  kindWeight: Partial<Record<EntityKind, number>>;
  /** Share at which a second shared asset adds to the first. */
  secondShare: number;
  /**
   * How much more than "unusual alerts seldom hit this asset" a detector's own silence there may say, nats: with many
   * detectors in a tenant, some silent one speaks up every minute.
   */
  detectorMargin: number;
  /** What one shared asset may say at most, nats, however silent it was before. */
  maxAssetLink: number;
  /** Time in which an incident's hold on an asset, or on an artefact, is halved in odds for the first time, ms. */
  assetTime: number;
  artefactTime: number;
  /** Time within which alerts of one burst are not told apart, ms: the shortest gap heat is measured over. */
  burst: number;
  /** Alerts this close are of the same moment, ms. */
  moment: number;
  /** Rarity beyond this says nothing more. */
  maxRarity: number;
  /** Partners (other assets seen with an entity) free of charge, the number at which it says nothing, and how long they count, ms. */
  hub: {
    free: number;
    cap: number;
    window: number;
    /** What people said of entities, by identity, whatever is measured. */
    named?: ReadonlyMap<string, HubRule>;
  };
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
  affinity: {
    weight: number;
    /** Pseudo-count against chance. */
    prior: number;
  };
  /** Added for a later kill-chain stage, only on top of another link. */
  stage: number;
  joinAt: number;
  mergeAt: number;
  /** An alert identical to one at most this long ago, ms, folds into it: it adds to its count and decides nothing. */
  repeatTime: number;
  /** Different alerts of one incident, repeats apart; a full one continues in a successor. */
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
    entities: number;
    incidents: number;
    alerts: number;
    /** Different alerts whose repeats are recognised. */
    repeats: number;
  };
};
