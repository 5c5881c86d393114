import type { Permission } from '@throughline/model';

export const settingsGroups = ['Organisation', 'Access', 'Data', 'Automation', 'Notifications', 'Audit log'] as const;

export interface SettingsPage {
  group: (typeof settingsGroups)[number];
  path: string;
  title: string;
  description: string;
  permission: Permission;
}

/**
 * Every page of settings, in the order of the hub. A page whose route does not exist yet is not shown, so a line may be
 * here before its page.
 */
export const settingsPages: readonly SettingsPage[] = [
  {
    group: 'Organisation',
    path: '/settings/general',
    title: 'General',
    description: 'What your organisation is called, and in whose time it works.',
    permission: 'settings.read',
  },
  {
    group: 'Access',
    path: '/settings/people',
    title: 'People',
    description: 'Accounts, groups of people and invitations.',
    permission: 'accounts.read',
  },
  {
    group: 'Access',
    path: '/settings/roles',
    title: 'Roles',
    description: 'What people may do, and why somebody sees an incident or not.',
    permission: 'access.read',
  },
  {
    group: 'Access',
    path: '/settings/device-groups',
    title: 'Device groups',
    description: 'Which devices belong together, and who sees them.',
    permission: 'access.read',
  },
  {
    group: 'Access',
    path: '/settings/sign-in',
    title: 'Sign-in',
    description: 'Passwords, second factors and single sign-on.',
    permission: 'accounts.read',
  },
  {
    group: 'Data',
    path: '/settings/sources',
    title: 'Sources',
    description: 'What sends alerts here, how well it does, and how to connect more.',
    permission: 'settings.read',
  },
  {
    group: 'Data',
    path: '/settings/retention',
    title: 'Retention and deletion',
    description: 'How long data is kept, and how it is deleted for good.',
    permission: 'settings.read',
  },
  {
    group: 'Automation',
    path: '/settings/tuning',
    title: 'Alert tuning',
    description: 'Which alerts are hidden or resolved as they come in.',
    permission: 'tuning.manage',
  },
  {
    group: 'Automation',
    path: '/settings/correlation',
    title: 'Correlation',
    description: 'How alerts are put into incidents: lines, windows, hubs and exceptions.',
    permission: 'settings.read',
  },
  {
    group: 'Automation',
    path: '/settings/automation',
    title: 'Device-group automation',
    description: 'How far automation may go on the devices of each group.',
    permission: 'access.read',
  },
  {
    group: 'Notifications',
    path: '/settings/notifications',
    title: 'Email notifications',
    description: 'Who is told about which incidents, by mail or webhook.',
    permission: 'notifications.manage',
  },
  {
    group: 'Audit log',
    path: '/audit',
    title: 'Audit log',
    description: 'Who did what, from where, and how it ended.',
    permission: 'audit.read',
  },
];

/** The page of settings at an address, without what hangs below it. */
export function settingsPageAt(pathname: string): SettingsPage | undefined {
  return settingsPages.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
}

/** The pages a person may open whose routes exist. */
export function openablePages(
  permissions: readonly Permission[],
  routeExists: (path: string) => boolean,
): readonly SettingsPage[] {
  return settingsPages.filter(({ path, permission }) => permissions.includes(permission) && routeExists(path));
}
