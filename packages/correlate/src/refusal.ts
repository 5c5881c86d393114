import type { RefusalReason } from '@throughline/model';
import type { CorrelationState } from './correlation-state.ts';
import type { IncidentRecord, Standing } from './incident-table.ts';
import type { Observation } from './observation.ts';

/** Why an alert may not join an incident that scored enough, or null. */
export function refusesJoin(incident: IncidentRecord, o: Observation, state: CorrelationState): RefusalReason | null {
  const closed = refusesByStatus(incident.standing);
  if (closed) return closed;
  if (crossesGroups(incident.deviceGroup, o.deviceGroup ?? null, state)) return 'deviceGroup';
  return incident.different >= state.config.maxAlerts ? 'full' : null;
}

/** Why two incidents may not be merged automatically, or null. `from` would be absorbed by `into`. */
export function refusesMerge(
  from: IncidentRecord,
  into: IncidentRecord,
  state: CorrelationState,
): RefusalReason | null {
  const { config, incidents } = state;
  const closed = refusesByStatus(from.standing) ?? refusesByStatus(into.standing);
  if (closed) return closed;
  const a = from.standing;
  const b = into.standing;
  if (a?.assignedTo && b?.assignedTo && a.assignedTo !== b.assignedTo) return 'differentOwner';
  if (a && b && (differs(a.classification, b.classification) || differs(a.determination, b.determination)))
    return 'differentClassification';
  const apart = (one: IncidentRecord, other: IncidentRecord) => one.apart.some((id) => incidents.find(id) === other.id);
  if (apart(from, into) || apart(into, from)) return 'mustNotLink';
  if (crossesGroups(from.deviceGroup, into.deviceGroup, state)) return 'deviceGroup';
  if (from.different + into.different >= config.maxAlerts) return 'full';
  let assets = into.assets.length;
  for (const index of from.assets) if (!into.assets.includes(index)) assets++;
  return assets > config.maxAssets ? 'tooManyEntities' : null;
}

/** Closed and merged-away incidents take nothing. */
export function refusesByStatus(standing: Standing | null): RefusalReason | null {
  return standing?.status === 'resolved' || standing?.status === 'redirected' ? standing.status : null;
}

/** Not yet classified agrees with everything. */
function differs(a: string, b: string): boolean {
  return a !== b && a !== 'unknown' && b !== 'unknown';
}

function crossesGroups(a: string | null, b: string | null, state: CorrelationState): boolean {
  return state.config.restrictToDeviceGroups && a !== null && b !== null && a !== b;
}
