import type { Posting } from './entity-record.ts';
import type { Observation } from './observation.ts';

/** The posting of an incident on an entity with one more alert; after a pause of `pause` ms a new run begins. */
export function continueRun(
  known: Posting | undefined,
  incidentId: number,
  o: Observation,
  novelty: number,
  pause: number,
): Posting {
  const alert = { incidentId, first: o.time, last: o.time, alerts: 1, alertId: o.alertId, novelty };
  if (!known) return alert;
  const most = Math.max(known.novelty, novelty);
  if (o.time - known.last > pause) return { ...alert, novelty: most };
  const first = Math.min(known.first, o.time);
  return { ...alert, first, last: Math.max(known.last, o.time), alerts: known.alerts + 1, novelty: most };
}
