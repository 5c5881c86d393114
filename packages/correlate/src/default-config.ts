import type { CorrelationConfig } from './config.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * The numbers correlation ships with, each with its reason. docs/correlation-accuracy.md says which were
 * settled while looking at recordings, and how much half or double of each matters.
 */
export const defaultConfig: CorrelationConfig = {
  duty: {
    // A tool that runs hourly pauses for two hours when a host sleeps; longer silence is a new occasion.
    episodeGap: 2,
    // A quarter of a day: what still fires then has become part of the day.
    episodeMax: 6,
    // Two weeks: holds a weekly habit twice, and forgives a detector that was noisy a month ago.
    memory: 336,
    // One day: an asset must be watched for a day before its own habits outweigh the tenant's.
    priorHours: 24,
    // Half a firing, the usual guess for what was never seen, in 250 asset hours: ten assets for a day.
    priorFirings: 0.5,
    priorObserved: 250,
  },
  // Two witnesses may be chance, three seldom are; a hands-on attack runs for a working day, not for two.
  explained: { witnesses: 3, time: 24 * hour },
  // 1 in 20 hours: about once a day or oftener is expected.
  backgroundBelow: 3,
  // A night between two uses, two days for the whole: then the detector is known to name it.
  artefactOccasion: { episodeGap: 24, episodeMax: 48, memory: 336 },
  // A hash, a message or a session names one thing; an address, a domain or a registry key names what many use.
  artefactChance: {
    file: 3e-4,
    message: 1e-4,
    mailCluster: 3e-4,
    session: 1e-4,
    process: 1e-4,
    url: 3e-4,
    domain: 1e-3,
    ip: 3e-3,
    registry: 1e-2,
    securityGroup: 1e-2,
  },
  // Everyone works in the same few cloud applications.
  kindWeight: { cloudApplication: 0.8 },
  // A user seen on a device is half explained by the device.
  secondShare: 0.5,
  // 1 in 33: with some thirty detectors in a tenant, one that never spoke here speaks up by chance.
  detectorMargin: 3.5,
  // Enough to link for about half an hour; later it takes a second witness.
  maxAssetLink: 6.2,
  // The slot that duty is measured in.
  assetTime: hour,
  // Tools are kept and used again after a night.
  artefactTime: 24 * hour,
  // Products poll and batch by the minute.
  burst: minute,
  // Clocks and sensors disagree by a few seconds.
  moment: 3_000,
  // 1 in 22,000 hours, two and a half years: nobody has watched longer.
  maxRarity: 10,
  // A person uses a handful of assets; what 32 assets share in three days belongs to no one.
  hub: { free: 8, cap: 32, window: 72 * hour },
  tenantTime: { weight: 1, decay: 30 * minute, halfSize: 3, halfEchoes: 5, halfLife: 24 },
  affinity: { weight: 1, prior: 10 },
  // Tips a balance, and no more.
  stage: 0.3,
  // 1 in 400: a tenant with a few hundred unusual alerts a day makes about one wrong link a day.
  joinAt: 6,
  mergeAt: 6,
  // The slot that duty is measured in: more of the same within the hour is news to nobody.
  repeatTime: hour,
  // Bounds what a split has to look at again; a day's hands-on attack seen by one network sensor makes about a thousand.
  maxAlerts: 2_000,
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
    entities: 500_000,
    incidents: 500_000,
    alerts: 5_000_000,
    repeats: 200_000,
  },
};
