import type { CorrelationConfig } from './config.ts';
import type { Duty } from './duty.ts';
import type { EntityRecord } from './entity-record.ts';
import { flatCount, flatGet, flatRemember } from './flat-map.ts';

/** Adds everything known of `from` to `into`: they are the same entity. Hours of both count, an hour of both twice. */
export function absorbRecord(from: EntityRecord, into: EntityRecord, limits: CorrelationConfig['limits']): void {
  into.firstHour = Math.min(from.firstHour, into.firstHour);
  into.alerts += from.alerts;
  into.novelty += from.novelty;
  if (into.any && from.any) into.any = joinDuty(into.any, from.any);
  for (const duty of from.byDetector) {
    const at = into.byDetector.findIndex((pair) => pair.detector === duty.detector);
    const known = into.byDetector[at];
    if (known) into.byDetector[at] = { ...joinDuty(known, duty), detector: duty.detector };
    else into.byDetector.push(duty);
  }
  for (let i = 0; i < from.partners.length; i += 2) {
    const [index, time] = from.partners.slice(i, i + 2) as [number, number];
    flatRemember(into.partners, index, Math.max(time, flatGet(into.partners, index) ?? time), limits.partners);
  }
  for (let i = 0; i < from.neighbours.length; i += 2) {
    const [index, echoes] = from.neighbours.slice(i, i + 2) as [number, number];
    flatCount(into.neighbours, index, limits.neighbours, echoes);
  }
  for (const posting of from.postings)
    if (!into.postings.some((p) => p.incidentId === posting.incidentId)) into.postings.push(posting);
  into.postings.sort((a, b) => a.last - b.last || a.incidentId - b.incidentId);
  into.postings.splice(0, Math.max(0, into.postings.length - limits.postings));
}

function joinDuty(a: Duty, b: Duty): Duty {
  const [early, late] = a.last <= b.last ? [a, b] : [b, a];
  return { ...late, past: late.past + early.past, episodeHours: Math.max(late.episodeHours, early.episodeHours) };
}
