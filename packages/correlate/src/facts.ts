import {
  type AssetKind,
  type Decision,
  isAssetKind,
  type Severity,
  severities,
  type Tactic,
  tacticMask,
  tacticsOfMask,
} from '@throughline/model';
import type { Observation } from './observation.ts';
import { type Tally, tallied, talliesOf } from './tally.ts';

export type AssetFact = { kind: AssetKind; id: string; name: string; alerts: number };
export type DetectorFact = { detector: string; title: string; severity: Severity; alerts: number; novelty: number };

/**
 * What names, rates and describes an incident: a pure fold over its alerts, plain JSON, bounded in size. Counts of
 * alerts are exact; lists keep what matters most. Instants are ms UTC.
 */
export type IncidentFacts = {
  background: boolean;
  alerts: number;
  /** Alerts not resolved when they came. */
  active: number;
  first: number;
  last: number;
  severities: Record<Severity, number>;
  tactics: Tactic[];
  categories: Tally;
  serviceSources: Tally;
  detectionSources: Tally;
  products: Tally;
  threats: Tally;
  /** Up to 64, in order of appearance; `assetsBeyond` counts mentions of further ones. */
  assets: AssetFact[];
  assetsBeyond: number;
  /** Up to 32, the most unusual first. */
  detectors: DetectorFact[];
  /** The most unusual alert's −ln(duty). */
  novelty: number;
};

const maxAssets = 64;
const maxDetectors = 32;
/** An alert is late when its incident has gone on for this long since, ms. */
const lateMs = 3_600_000;

/** The facts of an incident with one alert. */
export function factsOf(o: Observation, d: Decision): IncidentFacts {
  return addToFacts(
    {
      background: isQuiet(d),
      alerts: 0,
      active: 0,
      first: o.time,
      last: o.lastTime,
      severities: { unknown: 0, informational: 0, low: 0, medium: 0, high: 0 },
      tactics: [],
      categories: [],
      serviceSources: [],
      detectionSources: [],
      products: [],
      threats: [],
      assets: [],
      assetsBeyond: 0,
      detectors: [],
      novelty: 0,
    },
    o,
    d,
  );
}

/** The facts with one more alert. */
export function addToFacts(f: IncidentFacts, o: Observation, d: Decision): IncidentFacts {
  const assets = o.entities
    .filter((e): e is typeof e & { kind: AssetKind } => isAssetKind(e.kind))
    .map(({ kind, id, name }) => ({ kind, id, name, alerts: 1 }));
  const novelty = Math.min(d.novelty, mostTelling(f, o));
  const detector = { detector: o.detector, title: o.title, severity: o.severity, alerts: 1, novelty };
  return {
    background: f.background && isQuiet(d),
    alerts: f.alerts + 1,
    active: f.active + (o.active ? 1 : 0),
    first: Math.min(f.first, o.time),
    last: Math.max(f.last, o.lastTime),
    severities: { ...f.severities, [o.severity]: f.severities[o.severity] + 1 },
    tactics: tacticsOfMask(tacticMask(f.tactics) | tacticMask(o.tactics)),
    categories: tallied(f.categories, o.category),
    serviceSources: tallied(f.serviceSources, o.serviceSource),
    detectionSources: tallied(f.detectionSources, o.detectionSource),
    products: tallied(f.products, o.productName),
    threats: tallied(f.threats, o.threat),
    ...withAssets(f, assets),
    detectors: withDetectors(f.detectors, [detector]),
    novelty: Math.max(f.novelty, d.novelty),
  };
}

/** Whether a decision put the alert where nobody need look. */
function isQuiet({ kind }: Decision): boolean {
  return kind === 'background' || kind === 'tuned';
}

/**
 * How telling a detection may be: one that comes late, to an incident that went on without it, does not take the name
 * from those known before, unless it is more severe.
 */
function mostTelling(f: IncidentFacts, o: Observation): number {
  if (f.alerts === 0 || o.lastTime > f.last - lateMs) return Number.POSITIVE_INFINITY;
  const peers = f.detectors.filter(({ severity }) => severity === o.severity).map(({ novelty }) => novelty);
  return peers.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...peers) * (1 - 1e-9) - 1e-9;
}

/** The facts of two incidents that became one. */
export function mergeFacts(a: IncidentFacts, b: IncidentFacts): IncidentFacts {
  const counts = { ...a.severities };
  for (const severity of severities) counts[severity] += b.severities[severity];
  const { assets, assetsBeyond } = withAssets(a, b.assets);
  return {
    background: a.background && b.background,
    alerts: a.alerts + b.alerts,
    active: a.active + b.active,
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    severities: counts,
    tactics: tacticsOfMask(tacticMask(a.tactics) | tacticMask(b.tactics)),
    categories: talliesOf(a.categories, b.categories),
    serviceSources: talliesOf(a.serviceSources, b.serviceSources),
    detectionSources: talliesOf(a.detectionSources, b.detectionSources),
    products: talliesOf(a.products, b.products),
    threats: talliesOf(a.threats, b.threats),
    assets,
    assetsBeyond: assetsBeyond + b.assetsBeyond,
    detectors: withDetectors(a.detectors, b.detectors),
    novelty: Math.max(a.novelty, b.novelty),
  };
}

/** The facts after two assets turned out to be one: `fromId` is known as `intoId`. */
export function absorbInFacts(f: IncidentFacts, fromId: string, intoId: string): IncidentFacts {
  const from = f.assets.find((asset) => asset.id === fromId);
  if (!from || fromId === intoId) return f;
  const others = f.assets.filter((asset) => asset !== from);
  const into = others.find((asset) => asset.id === intoId);
  const assets = into
    ? others.map((asset) => (asset === into ? { ...asset, alerts: asset.alerts + from.alerts } : asset))
    : f.assets.map((asset) => (asset === from ? { ...asset, id: intoId } : asset));
  return { ...f, assets };
}

function withAssets(f: Pick<IncidentFacts, 'assets' | 'assetsBeyond'>, more: readonly AssetFact[]) {
  const assets = f.assets.map((asset) => ({ ...asset }));
  let assetsBeyond = f.assetsBeyond;
  for (const asset of more) {
    const known = assets.find((other) => other.id === asset.id);
    if (known) known.alerts += asset.alerts;
    else if (assets.length < maxAssets) assets.push({ ...asset });
    else assetsBeyond += asset.alerts;
  }
  return { assets, assetsBeyond };
}

function withDetectors(known: readonly DetectorFact[], more: readonly DetectorFact[]): DetectorFact[] {
  const detectors = known.map((detector) => ({ ...detector }));
  for (const detector of more) {
    const same = detectors.find((other) => other.detector === detector.detector);
    if (!same) {
      detectors.push({ ...detector });
      continue;
    }
    same.alerts += detector.alerts;
    same.novelty = Math.max(same.novelty, detector.novelty);
    if (severities.indexOf(detector.severity) > severities.indexOf(same.severity)) {
      same.severity = detector.severity;
      same.title = detector.title;
    }
  }
  return detectors.sort((a, b) => b.novelty - a.novelty || (a.detector < b.detector ? -1 : 1)).slice(0, maxDetectors);
}
