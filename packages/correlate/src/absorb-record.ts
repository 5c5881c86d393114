import type { CorrelationConfig } from './config.ts';
import { joinDuties } from './duty.ts';
import type { EntityRecord } from './entity-record.ts';
import { flatCount, flatGet, flatRemember } from './flat-map.ts';

/** Adds everything known of `from` to `into`: they are the same entity. Hours of both count, an hour of both twice. */
export function absorbRecord(from: EntityRecord, into: EntityRecord, limits: CorrelationConfig['limits']): void {
  into.firstHour = Math.min(from.firstHour, into.firstHour);
  into.alerts += from.alerts;
  into.novelty += from.novelty;
  into.any = joinDuties(into.any, from.any);
  into.byDetector = joinDuties(into.byDetector, from.byDetector);
  for (let i = 0; i < from.partners.length; i += 2) {
    const [index, time] = from.partners.slice(i, i + 2) as [number, number];
    const latest = Math.max(time, flatGet(into.partners, index) ?? time);
    into.partners = flatRemember(into.partners, index, latest, limits.partners);
  }
  for (let i = 0; i < from.neighbours.length; i += 2) {
    const [index, echoes] = from.neighbours.slice(i, i + 2) as [number, number];
    into.neighbours = flatCount(into.neighbours, index, limits.neighbours, echoes);
  }
  const others = from.postings.filter(
    ({ incidentId }) => !into.postings.some((posting) => posting.incidentId === incidentId),
  );
  into.postings = [...into.postings, ...others]
    .sort((a, b) => a.last - b.last || a.incidentId - b.incidentId)
    .slice(-limits.postings);
}
