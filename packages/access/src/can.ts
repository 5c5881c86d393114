import { type Permission, permissions } from '@throughline/model';
import type { Principal } from './principal.ts';
import { type Scope, sourcesFor } from './reach.ts';
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
const withinGroups: ReadonlySet<Permission> = new Set([
  'incidents.read',
  'incidents.manage',
  'tokens.own',
  'notifications.manage',
  'tuning.manage',
]);
// The same for whoever has a permission for some sources only.
const withinSources: ReadonlySet<Permission> = new Set(['incidents.read', 'incidents.manage', 'tokens.own']);

/** Whether a permission is of use to somebody with this scope: what it reaches ends at the scope, or the scope is all. */
export function usableWithin({ groups, sources }: Scope, permission: Permission): boolean {
  return (groups === null || withinGroups.has(permission)) && (sources === null || withinSources.has(permission));
}

/** All a principal may do, with the device groups and sources it sees, in the order of the model's list. */
export function permissionsOf(principal: Principal): Permission[] {
  const { groups } = principal;
  const usable = (permission: Permission) =>
    usableWithin({ groups, sources: sourcesFor(principal, permission) }, permission);
  return permissions.filter((permission) => usable(permission) && can(principal, permission));
}
