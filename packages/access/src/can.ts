import { type Permission, permissions } from '@throughline/model';
import type { Principal } from './principal.ts';
import { rolesAllow } from './role.ts';
import { permissionsOfScopes } from './scope.ts';

/**
 * Whether a principal may do a thing: one of its roles must allow it, and for a token one of its scopes as well. A token
 * therefore loses a right the moment its owner does.
 */
export function can(principal: Principal, permission: Permission): boolean {
  if (!rolesAllow(principal, permission)) return false;
  return principal.kind === 'session' || permissionsOfScopes(principal.scopes).has(permission);
}

// Whoever sees some device groups only may use these, as far as their groups go; all else concerns everything.
const withinScope: ReadonlySet<Permission> = new Set([
  'incidents.read',
  'incidents.manage',
  'tokens.own',
  'notifications.manage',
]);

/** All a principal may do, with the device groups it sees, in the order of the model's list. */
export function permissionsOf(principal: Principal): Permission[] {
  const usable = (permission: Permission) => principal.groups === null || withinScope.has(permission);
  return permissions.filter((permission) => usable(permission) && can(principal, permission));
}
