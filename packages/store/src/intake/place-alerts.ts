import { createHash } from 'node:crypto';
import type { PendingAlert } from './batch-codec.ts';
import type { FloodWatch } from './flood-watch.ts';

/** Alerts that wait together: in which lane and, when they are held back, until when (ms UTC). */
export type Place = { lane: string; dueAt: number | null; alerts: PendingAlert[] };

/** Holding back: for how long after its event an alert waits for others, and the moment of arrival; both ms. */
export type Settle = { ms: number; now: number };

/** Alerts of one second are put in order together. */
const bucketMs = 1_000;
/** Time for a transaction that began in time to become visible. */
const slackMs = 1_000;

/**
 * Says where the alerts of a request wait, in order of arrival. One lane for each source; a detector that floods has its
 * own, so that the others of its source go on. With `settle`, an alert that arrives within `settle.ms` of its event waits
 * until that time has passed, with all others of its second; one that is later than that, or was made ahead of our
 * clock, is placed by its arrival. Nothing waits longer than `settle.ms` + 2 s.
 */
export function placeAlerts(
  tenantId: string,
  alerts: readonly PendingAlert[],
  watch: FloodWatch,
  now: number,
  settle: Settle | undefined,
): Place[] {
  const places = new Map<string, Place & { sources: Set<string> }>();
  for (const pending of alerts) {
    const { source, alert } = pending;
    const detector = `${tenantId}\n${source}\n${alert.detectorId}`;
    const flood = watch.floods(detector, now) ? detector : '';
    const dueAt = settle === undefined ? null : dueOf(Date.parse(alert.firstActivityDateTime), settle);
    const key = `${dueAt ?? ''}\n${flood}`;
    const place = places.get(key);
    if (place) {
      place.alerts.push(pending);
      place.sources.add(source);
    } else
      places.set(key, {
        lane: flood && floodLane(source, flood),
        dueAt,
        alerts: [pending],
        sources: new Set([source]),
      });
  }
  return [...places.values()].map(({ lane, dueAt, alerts: placed, sources }) => ({
    lane: lane || [...sources].sort().join(' ').slice(0, 500),
    dueAt,
    alerts: placed,
  }));
}

function dueOf(time: number, { ms, now }: Settle): number | null {
  const bucket = Math.floor(Math.min(time, now) / bucketMs) * bucketMs;
  const closes = bucket + bucketMs + ms;
  return now <= closes ? closes + slackMs : null;
}

function floodLane(source: string, detector: string): string {
  return `${source.slice(0, 400)} ${createHash('sha256').update(detector).digest('hex').slice(0, 16)}`;
}
