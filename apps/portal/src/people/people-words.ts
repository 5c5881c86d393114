import type { AccountKind, Role, SignInWay } from '@throughline/model';
import type { AccountState } from './people-filter.ts';

/** How accounts read on screen. A new term without words does not compile. */
export const roleNames: Readonly<Record<Role, string>> = {
  administrator: 'Administrator',
  operator: 'Operator',
  reader: 'Reader',
};

export const kindWords: Readonly<Record<AccountKind, string>> = { person: 'Person', service: 'Service account' };

export const stateWords: Readonly<Record<AccountState, string>> = {
  enabled: 'Enabled',
  disabled: 'Disabled',
  expiring: 'Token expires soon',
};

export const wayWords: Readonly<Record<SignInWay, string>> = {
  password: 'Password',
  provider: 'Single sign-on',
  passkey: 'Passkey',
  authenticator: 'Authenticator app',
  tokens: 'API tokens',
};
