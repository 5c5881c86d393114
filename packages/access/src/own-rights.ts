import { type Permission, permissions } from '@throughline/model';
import type { Principal } from './principal.ts';
import { rolesAllow } from './role.ts';

type Rights = Pick<Principal, 'role' | 'assigned'>;

/** All that the roles of an account allow, in the order of the model's list. */
export function permissionsOfRights(rights: Rights): Permission[] {
  return permissions.filter((permission) => rolesAllow(rights, permission));
}

/**
 * The first thing in `wanted` that `own` may not do: nobody gives to others, or takes over, what they do not have.
 * Undefined when there is none.
 */
export function beyondOwnRights(own: Rights, wanted: Iterable<Permission>): Permission | undefined {
  for (const permission of wanted) if (!rolesAllow(own, permission)) return permission;
  return undefined;
}
