import { type Permission, permissions, type SourceLimit } from '@throughline/model';
import type { Principal } from './principal.ts';
import { sourcesOfPermission } from './reach.ts';
import { rolesAllow } from './role.ts';
import { coversLimit } from './source-limit.ts';

type Rights = Pick<Principal, 'role' | 'roleSources' | 'assigned'>;

/** All that the roles of an account allow, in the order of the model's list. */
export function permissionsOfRights(rights: Omit<Rights, 'roleSources'>): Permission[] {
  return permissions.filter((permission) => rolesAllow(rights, permission));
}

/**
 * The first thing in `wanted` that `own` may not do, or not for all the sources that `sourcesOf` says: nobody gives to
 * others, or takes over, what they do not have. Undefined when there is none.
 */
export function beyondOwnRights(
  own: Rights,
  wanted: Iterable<Permission>,
  sourcesOf: (permission: Permission) => SourceLimit | null = () => null,
): Permission | undefined {
  for (const permission of wanted) {
    const reached = sourcesOfPermission(own, permission);
    if (reached === undefined || !coversLimit(reached, sourcesOf(permission))) return permission;
  }
  return undefined;
}
