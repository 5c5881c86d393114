import type { BuiltInRole, Grant, Role, SourceLimit, TokenScope } from '@throughline/model';

/** A role that a principal has beside the one of its account. */
export type AssignedRole = ({ builtIn: BuiltInRole } | { grants: readonly Grant[] }) & {
  /** The sources it is given for; null or left out = all. */
  sources?: SourceLimit | null;
};

type Identity = {
  accountId: number;
  userName: string;
  /** The account's role now, not when the session or token was made. */
  role: Role;
  /** The sources the role of the account is for; null = all. */
  roleSources: SourceLimit | null;
  /** Roles assigned to the account or to a user group it is in. */
  assigned: readonly AssignedRole[];
  tenantId: string;
  /** The device groups it sees, by number; null = everything. */
  groups: readonly number[] | null;
  /** The sources it reaches through what it asks for, see `sourcesFor`; null = all. */
  sources: SourceLimit | null;
};

/** Who makes a request: a person in a browser session, or a token that acts for its owner within its scopes. */
export type Principal =
  | (Identity & { kind: 'session' })
  | (Identity & { kind: 'token'; tokenName: string; scopes: readonly TokenScope[] });
