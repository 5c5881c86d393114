import { type AssetKind, assetKinds, countOf, listOf, severities, shorten, tacticWords } from '@throughline/model';
import type { DetectorFact, IncidentFacts } from './facts.ts';

const titleLimit = 120;

/**
 * A name that says what happened, where and who saw it. One alert: its title on its asset. Several stages: the first and
 * the furthest, the scope and the sources. Otherwise the most telling title and how many more.
 */
export function nameIncident(f: IncidentFacts): string {
  const lead = leadOf(f);
  const where = placeOf(f);
  if (f.alerts === 1) return `${lead}${where}`;
  if (f.background) return `${lead}${where}, ${f.alerts} times`;
  const sources = sourcesOf(f);
  const [first] = f.tactics;
  const furthest = f.tactics.at(-1);
  if (first && furthest && first !== furthest) {
    const threat = f.threats[0] ? ` with ${shorten(f.threats[0][0], 40)}` : '';
    return `Multi-stage incident involving ${tacticWords(first)} & ${tacticWords(furthest)}${threat}${where}${sources}`;
  }
  const others = f.detectors.length - 1;
  const more = others === 0 ? '' : ` and ${others} other ${others === 1 ? 'detection' : 'detections'}`;
  return `${lead}${more}${where}${sources}`;
}

/** The title of the most severe, then most unusual, detection. */
function leadOf(f: IncidentFacts): string {
  const weight = (d: DetectorFact) => severities.indexOf(d.severity) * 100 + d.novelty;
  let lead: DetectorFact | undefined;
  for (const detector of f.detectors) if (!lead || weight(detector) > weight(lead)) lead = detector;
  return shorten(lead?.title ?? '', titleLimit) || 'Alert without a title';
}

function placeOf(f: IncidentFacts): string {
  const places: string[] = [];
  for (const kind of assetKinds) {
    const place = scopeOf(f, kind);
    if (place) places.push(place);
  }
  return places.length === 0 ? '' : ` on ${listOf(places.slice(0, 2))}`;
}

function scopeOf(f: IncidentFacts, kind: AssetKind): string | null {
  const assets = f.assets.filter((asset) => asset.kind === kind);
  const [only] = assets;
  if (!only) return null;
  if (f.assets.length === 1 || (assets.length === 1 && kind === 'device')) return shorten(only.name, 60);
  return countOf(assets.length, kind);
}

function sourcesOf(f: IncidentFacts): string {
  const count = f.serviceSources.length;
  return count < 2 ? '' : ` reported by ${count} sources`;
}
