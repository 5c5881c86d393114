import type { Permission, SourceLimit, VisibilityReason } from '@throughline/model';
import { devicelessId } from '@throughline/model';
import { letsThrough } from './source-limit.ts';

/** What decides whether somebody sees an incident. `alerts` null = there is no such incident. */
export type VisibilityCase = {
  disabled: boolean;
  permissions: readonly Permission[];
  /** The person's device groups; null = everything. */
  groups: readonly number[] | null;
  /** The sources that reading reaches; null = all. */
  sources: SourceLimit | null;
  /** Device groups and source of the incident's alerts, each pair once. */
  alerts: readonly { groups: readonly number[]; source: string }[] | null;
};

const visibleFor: ReadonlySet<VisibilityReason> = new Set([
  'unscoped',
  'sourceInScope',
  'deviceInScope',
  'devicelessShown',
]);

/** Whether somebody sees an incident, with the first reason that decides it. */
export function explainVisibility(of: VisibilityCase): { visible: boolean; reason: VisibilityReason } {
  const reason = reasonFor(of);
  return { visible: visibleFor.has(reason), reason };
}

function reasonFor({ disabled, permissions, groups, sources, alerts }: VisibilityCase): VisibilityReason {
  if (disabled) return 'accountDisabled';
  if (!permissions.includes('incidents.read')) return 'roleDoesNotRead';
  if (alerts === null) return 'noSuchIncident';
  if (groups === null && sources === null) return 'unscoped';
  const told = alerts.filter(({ source }) => letsThrough(sources, source));
  if (groups === null) return told.length > 0 ? 'sourceInScope' : 'sourcesOutOfScope';
  const of = (list: typeof alerts) => reasonOfGroups(groups, new Set(list.flatMap((alert) => alert.groups)));
  const reason = of(told);
  return !visibleFor.has(reason) && visibleFor.has(of(alerts)) ? 'sourcesOutOfScope' : reason;
}

function reasonOfGroups(groups: readonly number[], found: ReadonlySet<number>): VisibilityReason {
  const shared = [...found].filter((group) => groups.includes(group));
  if (shared.some((group) => group !== devicelessId)) return 'deviceInScope';
  if (shared.length > 0) return 'devicelessShown';
  return [...found].every((group) => group === devicelessId) ? 'devicelessHidden' : 'devicesOutOfScope';
}

const sentences: Record<VisibilityReason, string> = {
  accountDisabled: 'Not visible: the account is disabled.',
  roleDoesNotRead: 'Not visible: none of its roles allows reading incidents.',
  noSuchIncident: 'Not visible: there is no such incident.',
  unscoped: 'Visible: this person has no device groups and reads all data sources, so they see everything.',
  sourceInScope: 'Visible: an alert of the incident is of a data source that this person reads.',
  sourcesOutOfScope:
    'Not visible: because of the data source. No role of this person reads the sources of the alerts that they would see otherwise.',
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
