import { distance, type Speak } from './candidates.ts';
import type { CorrelationState } from './correlation-state.ts';
import type { IncidentRecord } from './incident-table.ts';
import type { Observation } from './observation.ts';
import type { RatedAlert } from './rarity.ts';

/**
 * Other unusual alerts of the incident just now, wherever: a second opinion, never a link of its own. Silence means
 * something only once an asset has been observed for a while, and nothing where its usual neighbours are known and are
 * not in the incident.
 */
export function tenantTimeTerm(
  incident: IncidentRecord,
  o: Observation,
  rated: RatedAlert,
  state: CorrelationState,
  speak: Speak,
): void {
  const { tenantTime, backgroundBelow } = state.config;
  const observed = state.history.observedHours(rated.rarest?.record, o.time);
  if (observed === 0) return;
  const ageMs = distance(o.time, incident);
  if (ageMs > 4 * tenantTime.decay) return;
  const belief = observed / (observed + tenantTime.halfLife);
  const voice = incident.alerts / (incident.alerts + tenantTime.halfSize);
  speak(incident.id, {
    signal: 'tenantTime',
    entity: null,
    weight: tenantTime.weight * belief * voice * (1 - strangeness(rated, incident, state)),
    rarity: rated.novelty - backgroundBelow,
    ageMs,
    alertId: incident.lastAlertId,
  });
}

/** How surely the alert's assets belong elsewhere: their neighbours are known and none is in the incident. */
function strangeness(rated: RatedAlert, incident: IncidentRecord, state: CorrelationState): number {
  let all = 0;
  let inside = 0;
  for (const { record, isAsset } of rated.entities) {
    if (!isAsset || !record) continue;
    if (incident.assets.includes(record.index)) return 0;
    const { neighbours } = record;
    for (let i = 0; i < neighbours.length; i += 2) {
      const echoes = neighbours[i + 1] as number;
      all += echoes;
      if (incident.assets.includes(neighbours[i] as number)) inside += echoes;
    }
  }
  return (all - inside) / (all + state.config.tenantTime.halfEchoes);
}
