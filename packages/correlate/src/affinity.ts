import { distance, type Speak } from './candidates.ts';
import type { CorrelationState } from './correlation-state.ts';
import type { EntityRecord, Posting } from './entity-record.ts';
import { isAlwaysHub } from './hub-rule.ts';
import type { Observation } from './observation.ts';
import type { RatedAlert, RatedEntity } from './rarity.ts';

/**
 * Assets that fire together. A sweep: the same detector on another asset this very moment, after silence on
 * both. A flow: assets whose alerts echoed each other again and again before. Both stand in for an actor nobody named;
 * an alert that names both ends of a connection names who acts, and what shares neither end is somebody else's.
 */
export function affinityTerms(o: Observation, rated: RatedAlert, state: CorrelationState, speak: Speak): void {
  if (namesBothEnds(rated)) return;
  for (const known of rated.entities) {
    if (!known.isAsset || isAlwaysHub(known.record, state.config)) continue;
    sweep(o, rated, known, state, speak);
    flow(o, known, state, speak);
  }
}

function namesBothEnds({ entities }: RatedAlert): boolean {
  let ends = 0;
  for (const { entity, isAsset } of entities) if (isAsset && entity.kind === 'ip') ends++;
  return ends > 1;
}

function sweep(
  o: Observation,
  { detector }: RatedAlert,
  { entity, record }: RatedEntity,
  state: CorrelationState,
  speak: Speak,
): void {
  const { moment, maxRarity } = state.config;
  if (!detector) return;
  const silence = state.history.silenceOf(record, detector, o.time);
  for (const firing of detector.firings) {
    if (firing.entity === record?.index || Math.abs(o.time - firing.time) > moment) continue;
    const other = state.history.entityAt(firing.entity);
    const posting = other?.kind === entity.kind ? other.postings.at(-1) : undefined;
    if (!other || !posting || distance(o.time, posting) > moment) continue;
    const surprise = Math.log1p(Math.min(silence, firing.silence) / moment);
    tell(o, other, posting, 1, Math.min(maxRarity, surprise), state, speak);
  }
}

function flow(o: Observation, { record, link }: RatedEntity, state: CorrelationState, speak: Speak): void {
  if (!record) return;
  for (let i = 0; i < record.neighbours.length; i += 2) {
    const index = record.neighbours[i] as number;
    const other = state.history.entityAt(index);
    if (!other || other.postings.length === 0) continue;
    const strength = state.history.affinityOf(record, index);
    for (const posting of other.postings)
      tell(o, other, posting, strength, Math.min(link, posting.novelty), state, speak);
  }
}

function tell(
  o: Observation,
  other: EntityRecord,
  posting: Posting,
  strength: number,
  rarity: number,
  state: CorrelationState,
  speak: Speak,
): void {
  if (isAlwaysHub(other, state.config)) return;
  const { kind, id, name } = other;
  speak(state.incidents.find(posting.incidentId), {
    signal: 'affinity',
    entity: { kind, id, name },
    weight: state.config.affinity.weight * strength,
    rarity,
    ageMs: distance(o.time, posting),
    alertId: posting.alertId,
  });
}
