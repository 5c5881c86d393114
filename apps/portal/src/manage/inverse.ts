import type { IncidentChange, IncidentRow } from '@throughline/model';

/** The parts of an incident that a change can set and its undo can set back. */
const reversible = [
  'displayName',
  'severity',
  'status',
  'assignedTo',
  'classification',
  'determination',
  'customTags',
] as const;

/** The row as it will be after the change. */
export function rowAfter(row: IncidentRow, change: IncidentChange): IncidentRow {
  const next = { ...row };
  for (const part of reversible) if (change[part] !== undefined) Object.assign(next, { [part]: change[part] });
  if (change.displayName !== undefined) next.nameLocked = true;
  if (change.status === 'resolved' && change.resolveAlerts !== false) next.alertsActive = 0;
  return next;
}

/** The changes that put rows back as they were, each with the incidents it is for. Comments stay; so do resolved alerts. */
export function inverseChanges(
  rows: readonly IncidentRow[],
  change: IncidentChange,
): { ids: number[]; change: IncidentChange }[] {
  const groups = new Map<string, { ids: number[]; change: IncidentChange }>();
  for (const row of rows) {
    const back: Record<string, unknown> = {};
    for (const part of reversible) {
      if (change[part] === undefined || JSON.stringify(change[part]) === JSON.stringify(row[part])) continue;
      // An automatic name comes back as automatic, not as a name somebody gave.
      if (part === 'displayName' && !row.nameLocked) back.unlockName = true;
      else back[part] = part === 'status' && row.status === 'awaitingAction' ? 'inProgress' : row[part];
    }
    if (Object.keys(back).length === 0 || row.status === 'redirected') continue;
    const key = JSON.stringify(back);
    const group = groups.get(key) ?? { ids: [], change: back as IncidentChange };
    group.ids.push(row.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
