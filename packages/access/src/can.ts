import { type Permission, permissions } from '@throughline/model';
import type { Principal } from './principal.ts';
import { permissionsOfRole } from './role.ts';
import { permissionsOfScopes } from './scope.ts';

/**
 * Whether a principal may do a thing: its account's role must allow it, and for a token one of its scopes as well. A
 * token therefore loses a right the moment its owner does.
 */
export function can(principal: Principal, permission: Permission): boolean {
  if (!permissionsOfRole(principal.role).has(permission)) return false;
  return principal.kind === 'session' || permissionsOfScopes(principal.scopes).has(permission);
}

/** All a principal may do, in the order of the model's list. */
export function permissionsOf(principal: Principal): Permission[] {
  return permissions.filter((permission) => can(principal, permission));
}
