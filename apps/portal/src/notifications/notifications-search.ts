export const tabNames = [
  'rules',
  'operations',
  'server',
  'webhooks',
  'escalation',
  'on-call',
  'digest',
  'messages',
] as const;
export type TabName = (typeof tabNames)[number];

/** Which part of the page is shown. */
export type NotificationsSearch = { tab?: TabName };

export function readNotificationsSearch(search: Record<string, unknown>): NotificationsSearch {
  const tab = tabNames.find((name) => name === search.tab);
  return tab === undefined || tab === 'rules' ? {} : { tab };
}
