import type { PriorityFactor, Severity } from '@throughline/model';
import { countOf, listOf, oddsWords, tacticWords } from '@throughline/model';
import type { IncidentFacts } from './facts.ts';
import { severityOf } from './severity.ts';

const severityPoints: Record<Severity, number> = { high: 40, medium: 24, low: 10, informational: 3, unknown: 14 };
const grave =
  /ransom|wiper|lockbit|blackcat|cobalt strike|mimikatz|golden ticket|dcsync|nation.?state|\bapt\d+\b|hands-on-keyboard|zero.?day/i;
const day = 86_400_000;

/**
 * How soon someone should look, 0–100: the points of all factors, summed and clamped. Above 85 is urgent, below 15 can
 * wait. Depends on the facts alone, save that an incident quiet for a week before `now` (ms UTC) sinks a little.
 */
export function priorityOf(f: IncidentFacts, now: number): { score: number; factors: PriorityFactor[] } {
  const factors: PriorityFactor[] = [];
  const add = (factor: string, points: number, detail: string) => {
    const whole = Math.round(points);
    if (whole !== 0) factors.push({ factor, points: whole, detail });
  };
  const severity = severityOf(f);
  add('severity', severityPoints[severity], `most severe alert is ${severity}`);
  if (f.background) add('expectedBackground', -30, 'these detections fire here all the time');
  else
    add(
      'rarity',
      Math.min(12, 1.5 * f.novelty),
      `the most unusual detection fires here about ${oddsWords(f.novelty)} hours`,
    );
  const stages = f.tactics.length;
  const furthest = f.tactics.at(-1);
  if (stages > 1)
    add('stages', Math.min(16, 4 * (stages - 1)), `${stages} attack stages: ${listOf(f.tactics.map(tacticWords))}`);
  if (furthest === 'exfiltration' || furthest === 'impact')
    add('lateStage', 10, `has reached ${tacticWords(furthest)}`);
  const sources = f.serviceSources.length;
  if (sources > 1) add('sources', Math.min(8, 4 * (sources - 1)), `confirmed by ${sources} sources`);
  const { assets } = f;
  if (assets.length > 1) add('assets', Math.min(10, 3 * Math.log2(assets.length)), `touches ${countedAssets(f)}`);
  const kinds = f.detectors.length;
  if (!f.background && kinds > 1) add('detections', Math.min(6, kinds - 1), `${kinds} different detections`);
  const threat = graveWord(f);
  if (threat) add('highProfileThreat', 15, threat);
  const quiet = Math.floor((now - f.last) / day);
  if (quiet >= 7) add('quiet', -10, `no activity for ${quiet} days`);
  const sum = factors.reduce((total, { points }) => total + points, 0);
  return { score: Math.max(0, Math.min(100, sum)), factors };
}

function countedAssets(f: IncidentFacts): string {
  const kinds = [...new Set(f.assets.map(({ kind }) => kind))];
  return listOf(kinds.map((kind) => countOf(f.assets.filter((asset) => asset.kind === kind).length, kind)));
}

function graveWord(f: IncidentFacts): string | null {
  const texts = [
    ...f.threats.map(([name]) => name),
    ...f.categories.map(([name]) => name),
    ...f.detectors.map((d) => d.title),
  ];
  return texts.find((text) => grave.test(text)) ?? null;
}
