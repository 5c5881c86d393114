import type { Term, TermBasis } from '@throughline/model';
import { isAssetKind } from '@throughline/model';
import type { CorrelationState } from './correlation-state.ts';
import type { EntityRecord } from './entity-record.ts';
import type { IncidentRecord } from './incident-table.ts';
import type { Observation } from './observation.ts';
import type { RatedAlert } from './rarity.ts';

/** Longer than this nobody needs to hear that something was not seen, days. */
const mostDays = 90;

/** Terms that speak for an incident, each with what it was counted from. Reads the state and changes nothing. */
export function withBasis(
  terms: readonly Term[],
  incident: IncidentRecord,
  o: Observation,
  rated: RatedAlert,
  state: CorrelationState,
): Term[] {
  return terms.map((term) => {
    const basis = basisOf(term, incident, o, rated, state);
    return basis ? { ...term, basis } : term;
  });
}

function basisOf(
  { signal, entity }: Term,
  incident: IncidentRecord,
  o: Observation,
  rated: RatedAlert,
  { history }: CorrelationState,
): TermBasis | undefined {
  if (signal === 'tenantTime') return { of: 'incident', alerts: incident.alerts };
  const record = rated.entities.find((known) => known.entity.id === entity?.id)?.record;
  if (!record) return undefined;
  if (signal === 'sharedAsset') {
    const firedHours = Math.round(history.firedHours(record, rated.detector, o.time) * 10) / 10;
    return { of: 'asset', firedHours, watchedHours: history.observedHours(record, o.time) };
  }
  return signal === 'sharedArtefact'
    ? spreadOf(record, incident, o, rated, Math.min(mostDays, history.watchedDays(o.time)))
    : undefined;
}

function spreadOf(
  { partners }: EntityRecord,
  incident: IncidentRecord,
  o: Observation,
  rated: RatedAlert,
  days: number,
): TermBasis {
  const own = o.entities.filter(({ kind }) => isAssetKind(kind));
  const indexes = new Set(rated.entities.flatMap(({ isAsset, record }) => (isAsset && record ? [record.index] : [])));
  let inside = 0;
  let elsewhere = 0;
  for (let i = 0; i < partners.length; i += 2) {
    const index = partners[i] as number;
    if (indexes.has(index)) continue;
    if (incident.assets.includes(index)) inside++;
    else elsewhere++;
  }
  return { of: 'artefact', assets: inside + own.length, elsewhere, days };
}
