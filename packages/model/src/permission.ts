/** The role that every account has; further ones are assigned. */
export const roles = ['reader', 'operator', 'administrator'] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  'incidents.read',
  'incidents.manage',
  'ledger.read',
  'deadLetters.replay',
  'intake.write',
  'tokens.own',
  'accounts.read',
  'accounts.manage',
  'access.read',
  'access.manage',
  'demo.load',
  'audit.read',
  'notifications.manage',
] as const;
export type Permission = (typeof permissions)[number];

/** What a personal API token may be limited to. */
export const tokenScopes = ['intake', 'read', 'write'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** The default tenant; every record carries a tenant id. */
export const defaultTenant = 'default';
