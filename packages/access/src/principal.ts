import type { Role, TokenScope } from '@throughline/model';

type Identity = {
  accountId: number;
  userName: string;
  /** The account's role now, not when the session or token was made. */
  role: Role;
  tenantId: string;
};

/** Who makes a request: a person in a browser session, or a token that acts for its owner within its scopes. */
export type Principal =
  | (Identity & { kind: 'session' })
  | (Identity & { kind: 'token'; tokenName: string; scopes: readonly TokenScope[] });
