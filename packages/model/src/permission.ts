/** The role that every account has; further ones are assigned. */
export const roles = ['reader', 'operator', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Whose an account is: a person's, or a program's, which has tokens and cannot sign in. */
export const accountKinds = ['person', 'service'] as const;
export type AccountKind = (typeof accountKinds)[number];

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
  'tuning.manage',
  'settings.read',
  'settings.manage',
  'data.delete',
] as const;
export type Permission = (typeof permissions)[number];

/** What a personal API token may be limited to. */
export const tokenScopes = ['intake', 'read', 'write'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** A token that ends within this time is told as expiring soon, ms. */
export const tokenExpiresSoonMs = 14 * 24 * 3_600_000;
/** The longest that a token of a service account lives, days. */
export const longestServiceTokenDays = 730;
/** The longest that an invitation can be accepted, days, and how long without a choice. */
export const longestInvitationDays = 14;
export const usualInvitationDays = 7;

/** The default tenant; every record carries a tenant id. */
export const defaultTenant = 'default';
