import type { BuiltInRole, Grant, Role, TokenScope } from '@throughline/model';

/** A role that a principal has beside the one of its account. */
export type AssignedRole = { builtIn: BuiltInRole } | { grants: readonly Grant[] };

type Identity = {
  accountId: number;
  userName: string;
  /** The account's role now, not when the session or token was made. */
  role: Role;
  /** Roles assigned to the account or to a user group it is in. */
  assigned: readonly AssignedRole[];
  tenantId: string;
  /** The device groups it sees, by number; null = everything. */
  groups: readonly number[] | null;
};

/** Who makes a request: a person in a browser session, or a token that acts for its owner within its scopes. */
export type Principal =
  | (Identity & { kind: 'session' })
  | (Identity & { kind: 'token'; tokenName: string; scopes: readonly TokenScope[] });
