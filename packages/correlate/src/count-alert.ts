import type { Decision } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';
import type { Observation } from './observation.ts';

/** The counts of an incident that every alert moves, repeats too. */
type Counted = { alerts: number; first: number; last: number; lastAlertId: string };

/** Counts one more alert of an incident. */
export function countAlert(incident: Counted, o: Observation): void {
  incident.alerts++;
  incident.first = Math.min(incident.first, o.time);
  incident.last = Math.max(incident.last, o.time);
  incident.lastAlertId = o.alertId;
}

/** Whether an alert leads anywhere from its incident: not what always happens, or asks to be left alone. */
export function leadsOn(o: Observation, d: Decision, config: CorrelationConfig): boolean {
  return d.kind !== 'background' && d.novelty >= config.backgroundBelow && !o.optOut;
}
