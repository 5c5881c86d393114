import { distance, type Speak } from './candidates.ts';
import type { CorrelationState } from './correlation-state.ts';
import { hourMs } from './duty.ts';
import type { DetectorRecord, EntityRecord, Posting } from './entity-record.ts';
import type { Observation } from './observation.ts';
import { type RatedAlert, rarityIn, uniqueness } from './rarity.ts';

/** What the alert has in common with incidents: assets, with the heat of the incident there, and artefacts. */
export function sharedTerms(o: Observation, rated: RatedAlert, state: CorrelationState, speak: Speak): void {
  const { config, history, incidents } = state;
  for (const known of rated.entities) {
    const { entity, record, isAsset } = known;
    if (!record || record.postings.length === 0) continue;
    const named = { kind: entity.kind, id: entity.id, name: entity.name };
    const weight = config.kindWeight[entity.kind] ?? 1;
    const signal = isAsset ? 'sharedAsset' : 'sharedArtefact';
    for (const posting of record.postings) {
      const incident = incidents.get(incidents.find(posting.incidentId));
      if (!incident) continue;
      const unique = uniqueness(record, incident, history, config, o.time);
      const rarity = rarityIn(known, posting) * unique;
      if (rarity <= 0) continue;
      const { alertId } = posting;
      const ageMs = distance(o.time, posting);
      speak(incident.id, { signal, entity: named, weight, rarity, ageMs, alertId });
      const heat = isAsset ? weight * unique * heatOf(posting, o.time, record, rated.detector, state) : 0;
      if (heat > 0) speak(incident.id, { signal: 'hotAsset', entity: named, weight: heat, rarity: 0, ageMs, alertId });
    }
  }
}

/**
 * How much faster the incident raises alerts on an asset than one within the hour: ln of the rate of its latest run there,
 * an alert short, because one alert is no rate; or, at the same moment, of one in that moment.
 */
function heatOf(
  posting: Posting,
  time: number,
  record: EntityRecord,
  detector: DetectorRecord | undefined,
  { config }: CorrelationState,
): number {
  const age = distance(time, posting);
  if (age > config.assetTime) return 0;
  const span = Math.max(Math.abs(time - posting.first), age);
  const run = (posting.alerts - (goesOn(posting, record, detector) ? 0 : 1)) / (config.burst + span);
  const moment = age <= config.moment ? 1 / (config.moment + age) : 0;
  const perHour = Math.max(run, moment) * hourMs;
  return perHour <= 0 ? 0 : Math.max(0, Math.log(perHour) + Math.log1p(age / config.assetTime));
}

/** Whether the alert is the detector's next on an asset after the incident's latest there: it goes on with what it did. */
function goesOn(posting: Posting, record: EntityRecord, detector: DetectorRecord | undefined): boolean {
  return detector?.firings.some(({ entity, time }) => entity === record.index && time === posting.last) ?? false;
}
