import type { Classification, Determination, IncidentStatus, RearrangementRefusal } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';

/** An incident as the rules of merging look at it. */
export type MergeCandidate = {
  id: number;
  status: IncidentStatus;
  assignedTo: string | null;
  classification: Classification;
  determination: Determination;
  /** Alerts that do not repeat another. */
  different: number;
  deviceGroup: string | null;
};

/**
 * Why a person may not merge incidents, or null: the rules that hold for correlation, save that a person may put
 * together what was set apart. `assets` is how many different ones they name together.
 */
export function refusesPersonsMerge(
  incidents: readonly MergeCandidate[],
  assets: number,
  config: Pick<CorrelationConfig, 'maxAlerts' | 'maxAssets' | 'restrictToDeviceGroups'>,
): { reason: RearrangementRefusal; detail: string } | null {
  const resolved = incidents.find(({ status }) => status === 'resolved');
  if (resolved) return { reason: 'resolved', detail: `Incident ${resolved.id} is resolved: reopen it first.` };
  const owners = distinct(incidents.map(({ assignedTo }) => assignedTo).filter((owner) => owner !== null));
  if (owners.length > 1) {
    return { reason: 'differentOwner', detail: `They are assigned to different people: ${owners.join(', ')}.` };
  }
  for (const field of ['classification', 'determination'] as const) {
    const verdicts = distinct(incidents.map((incident) => incident[field]).filter((verdict) => verdict !== 'unknown'));
    if (verdicts.length < 2) continue;
    return { reason: 'differentClassification', detail: `Their ${field} differs: ${verdicts.join(', ')}.` };
  }
  const groups = distinct(incidents.map(({ deviceGroup }) => deviceGroup).filter((group) => group !== null));
  if (config.restrictToDeviceGroups && groups.length > 1) {
    return { reason: 'deviceGroup', detail: `Their devices are in different device groups: ${groups.join(', ')}.` };
  }
  const alerts = incidents.reduce((sum, incident) => sum + incident.different, 0);
  if (alerts > config.maxAlerts) {
    return {
      reason: 'full',
      detail: `Together they have ${alerts} different alerts; an incident holds ${config.maxAlerts}.`,
    };
  }
  if (assets > config.maxAssets) {
    return {
      reason: 'tooManyEntities',
      detail: `Together they name ${assets} assets; the limit is ${config.maxAssets}.`,
    };
  }
  return null;
}

/** The incident that takes the others in: the one people work on, of these the oldest. */
export function survivorOf(incidents: readonly MergeCandidate[]): number {
  const worked = ({ assignedTo, status, classification }: MergeCandidate) =>
    assignedTo !== null || status !== 'active' || classification !== 'unknown';
  const [first] = [...incidents].sort((a, b) => Number(worked(b)) - Number(worked(a)) || a.id - b.id);
  if (first === undefined) throw new RangeError('no incidents to merge');
  return first.id;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
