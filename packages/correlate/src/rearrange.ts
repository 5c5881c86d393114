import type { CorrelationState } from './correlation-state.ts';
import type { IncidentRecord } from './incident-table.ts';
import type { Rearrangement, RememberedIncident } from './rearrangement.ts';

/** Brings what is remembered in line with a person's rearrangement of incidents. */
export function rearrange(change: Rearrangement, state: CorrelationState): void {
  const { incidents, history, seen, config } = state;
  for (const [from, into] of change.redirects) {
    const absorbed = incidents.get(from);
    incidents.redirect(from, into);
    const survivor = into === null ? undefined : incidents.get(into);
    if (!survivor || !absorbed) continue;
    survivor.standing ??= absorbed.standing;
    survivor.continuedBy ??= absorbed.continuedBy;
    survivor.apart = survivor.apart.concat(absorbed.apart);
  }
  // An alert that was deleted since is not seen again.
  for (const [alertId, into] of change.moves) if (seen.has(alertId)) seen.set(alertId, into);
  for (const remembered of change.incidents) resume(remembered, state);
  const concerned = new Set(change.incidents.map(({ id }) => id));
  for (const [entityId, postings] of change.postings) {
    const record = history.entity(entityId);
    if (!record) continue;
    const others = record.postings.filter(({ incidentId }) => !concerned.has(incidents.find(incidentId)));
    record.postings = [...others, ...postings.map((posting) => ({ ...posting }))]
      .sort((a, b) => a.last - b.last || a.incidentId - b.incidentId)
      .slice(-config.limits.postings);
  }
  for (const [one, other] of change.together) {
    forget(incidents.get(one), other, state);
    forget(incidents.get(other), one, state);
  }
  for (const [one, other] of change.apart) {
    const record = incidents.get(incidents.find(one));
    if (record) record.apart = record.apart.concat(incidents.find(other));
  }
}

function resume({ assets, detectors, ...fields }: RememberedIncident, { incidents, history }: CorrelationState): void {
  const record = incidents.open(fields.id, fields.background, fields.first);
  const indexes = assets.map((id) => history.entity(id)?.index).filter((index) => index !== undefined);
  const witnesses = detectors.map((name) => history.detector(name)?.index).filter((index) => index !== undefined);
  Object.assign(record, fields, { assets: indexes, detectors: witnesses });
}

function forget(record: IncidentRecord | undefined, other: number, { incidents }: CorrelationState): void {
  if (record) record.apart = record.apart.filter((id) => incidents.find(id) !== other);
}
