import type { Permission, VisibilityReason } from '@throughline/model';
import { devicelessId } from '@throughline/model';

/** What decides whether somebody sees an incident. `incidentGroups` null = there is no such incident. */
export type VisibilityCase = {
  disabled: boolean;
  permissions: readonly Permission[];
  /** The person's device groups; null = everything. */
  groups: readonly number[] | null;
  incidentGroups: readonly number[] | null;
};

const visibleFor: ReadonlySet<VisibilityReason> = new Set(['unscoped', 'deviceInScope', 'devicelessShown']);

/** Whether somebody sees an incident, with the first reason that decides it. */
export function explainVisibility(of: VisibilityCase): { visible: boolean; reason: VisibilityReason } {
  const reason = reasonFor(of);
  return { visible: visibleFor.has(reason), reason };
}

function reasonFor({ disabled, permissions, groups, incidentGroups }: VisibilityCase): VisibilityReason {
  if (disabled) return 'accountDisabled';
  if (!permissions.includes('incidents.read')) return 'roleDoesNotRead';
  if (incidentGroups === null) return 'noSuchIncident';
  if (groups === null) return 'unscoped';
  const shared = incidentGroups.filter((group) => groups.includes(group));
  if (shared.some((group) => group !== devicelessId)) return 'deviceInScope';
  if (shared.length > 0) return 'devicelessShown';
  return incidentGroups.every((group) => group === devicelessId) ? 'devicelessHidden' : 'devicesOutOfScope';
}

const sentences: Record<VisibilityReason, string> = {
  accountDisabled: 'Not visible: the account is disabled.',
  roleDoesNotRead: 'Not visible: none of its roles allows reading incidents.',
  noSuchIncident: 'Not visible: there is no such incident.',
  unscoped: 'Visible: no device group is assigned to this person, so they see everything.',
  deviceInScope: 'Visible: an alert of the incident names a device of the person’s device groups.',
  devicelessShown: 'Visible: an alert names no device, and people with device groups see such alerts here.',
  devicelessHidden:
    'Not visible: no alert of the incident names a device, and people with device groups do not see such alerts.',
  devicesOutOfScope: 'Not visible: the devices that its alerts name are in other device groups than the person’s.',
};

/** A reason as a sentence for people. */
export function visibilitySentence(reason: VisibilityReason): string {
  return sentences[reason];
}
