import type { Permission, SecondFactorPolicy } from '@throughline/model';
import type { Principal } from './principal.ts';
import { rolesAllow } from './role.ts';

// Whoever may do one of these decides about others or about the product.
const administers: readonly Permission[] = ['accounts.manage', 'access.manage', 'notifications.manage'];

/** Whether a policy asks a second factor of an account with these roles. */
export function mustHaveSecondFactor(
  policy: SecondFactorPolicy,
  rights: Pick<Principal, 'role' | 'assigned'>,
): boolean {
  if (policy === 'optional') return false;
  return policy === 'everyone' || administers.some((permission) => rolesAllow(rights, permission));
}
