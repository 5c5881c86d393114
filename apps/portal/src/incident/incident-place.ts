import type { IncidentDetail } from '@throughline/model';

/** The tabs of an incident, in order, with the count beside each. */
export const tabs: readonly { id: IncidentTab; label: string; count?: (incident: IncidentDetail) => number }[] = [
  { id: 'summary', label: 'Summary' },
  { id: 'alerts', label: 'Alerts', count: ({ counts }) => counts.alerts },
  { id: 'devices', label: 'Devices', count: ({ counts }) => counts.devices },
  { id: 'users', label: 'Users', count: ({ counts }) => counts.users },
  { id: 'mailboxes', label: 'Mailboxes', count: ({ counts }) => counts.mailboxes },
  { id: 'evidence', label: 'Evidence and Response', count: ({ counts }) => counts.evidence },
  { id: 'activity', label: 'Activity', count: ({ counts }) => counts.activity },
];

export const tabIds = ['summary', 'alerts', 'devices', 'users', 'mailboxes', 'evidence', 'activity'] as const;
export type IncidentTab = (typeof tabIds)[number];

/** The tab an address names; one that does not exist (any more) is the summary. */
export function tabOf(text: string): IncidentTab {
  return tabIds.find((id) => id === text) ?? 'summary';
}

const panelKinds = ['alert', 'asset', 'evidence'] as const;

/** What stands in the side panel. */
export type PanelPlace = { kind: 'manage' } | { kind: (typeof panelKinds)[number]; key: string };

/** Reads the address's `panel`; what it does not know is no panel. */
export function panelOf(text: string | undefined): PanelPlace | undefined {
  if (text === undefined) return undefined;
  if (text === 'manage') return { kind: 'manage' };
  const kind = panelKinds.find((each) => text.startsWith(`${each}:`));
  return kind === undefined ? undefined : { kind, key: text.slice(kind.length + 1) };
}

/** Writes what {@link panelOf} reads. */
export function panelText(kind: (typeof panelKinds)[number], key: string): string {
  return `${kind}:${key}`;
}
