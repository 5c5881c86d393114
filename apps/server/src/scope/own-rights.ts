import {
  type AssignedRole,
  beyondOwnRights,
  type Principal,
  permissionsOfAssigned,
  permissionsOfRights,
  sourcesOfPermission,
} from '@throughline/access';
import { builtInRoles, type Permission, type RoleKey, type SourceLimit } from '@throughline/model';
import { accountAccess, type Db, listCustomRoles, listRoleAssignees } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';

/** Refuses to give what the giver may not do. Throws ApiError 403 `beyondOwnRights`. */
export function requireOwnRights(
  principal: Principal,
  wanted: Iterable<Permission>,
  sourcesOf?: (permission: Permission) => SourceLimit | null,
): void {
  const beyond = beyondOwnRights(principal, wanted, sourcesOf);
  if (beyond === undefined) return;
  const message = `This brings ${beyond}, which you may not do yourself, or not for these data sources: nobody gives more than they have.`;
  throw new ApiError(403, 'beyondOwnRights', message, { target: beyond });
}

/** Refuses to change or take over an account that may do more. An account that is not there is left to the command. */
export async function requireNotAbove(db: Db, principal: Principal, accountId: number): Promise<void> {
  const account = await accountAccess(db, principal.tenantId, accountId);
  if (account === null) return;
  const sourcesOf = (permission: Permission) => sourcesOfPermission(account, permission) ?? null;
  requireOwnRights(principal, permissionsOfRights(account), sourcesOf);
}

/** The roles behind keys; a key that names none brings none. */
export async function rolesOf(db: Db, tenantId: string, keys: readonly RoleKey[]): Promise<AssignedRole[]> {
  const custom = await listCustomRoles(db, tenantId);
  return keys.flatMap((key): AssignedRole[] => {
    const builtIn = builtInRoles.find((role) => role === key);
    if (builtIn !== undefined) return [{ builtIn }];
    const role = custom.find(({ id }) => key === `custom-${id}`);
    return role === undefined ? [] : [{ grants: role.grants }];
  });
}

/** Refuses to put people into a user group whose roles bring more than the giver has. */
export async function requireRightsOfGroup(db: Db, principal: Principal, userGroupId: number): Promise<void> {
  const assignees = await listRoleAssignees(db, principal.tenantId);
  const keys = [...assignees]
    .filter(([, { userGroupIds, limited }]) =>
      [{ userGroupIds }, ...limited].some((each) => each.userGroupIds.includes(userGroupId)),
    )
    .map(([key]) => key);
  for (const role of await rolesOf(db, principal.tenantId, keys))
    requireOwnRights(principal, permissionsOfAssigned(role));
}
