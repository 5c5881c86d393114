import { beyondOwnRights, permissionsOfAssigned, permissionsOfRole, rolesAllow } from '@throughline/access';
import type { Permission, Role, RoleKey } from '@throughline/model';
import { accountAccess, type Db, listRoleAssignees, type OpenInvitation, type RoleAssignees } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';
import { rolesOf } from '../scope/own-rights.ts';

/** What somebody gives who makes or changes an account: a role, and membership of user groups. */
export type Gift = { role?: Role | undefined; userGroupIds: readonly number[] };

/** All that a gift allows who gets it, and what it takes to put somebody into a group. */
export async function permissionsOfGift(db: Db, tenantId: string, { role, userGroupIds }: Gift): Promise<Permission[]> {
  const assignees =
    userGroupIds.length === 0 ? new Map<RoleKey, RoleAssignees>() : await listRoleAssignees(db, tenantId);
  const keys = [...assignees]
    .filter(([, { limited, ...unlimited }]) =>
      [unlimited, ...limited].some((each) => userGroupIds.some((id) => each.userGroupIds.includes(id))),
    )
    .map(([key]) => key);
  const throughGroups = await rolesOf(db, tenantId, keys);
  return [
    ...(role === undefined ? [] : permissionsOfRole(role)),
    ...(userGroupIds.length === 0 ? [] : (['access.manage'] as const)),
    ...throughGroups.flatMap((each) => [...permissionsOfAssigned(each)]),
  ];
}

/**
 * Refuses an invitation whose inviter could not make it any more: what they gave ends with their right to give it.
 *
 * @throws ApiError 409 `inviterLacksRights`.
 */
export async function requireInviterMayStill(trx: Db, invitation: OpenInvitation): Promise<void> {
  const { tenantId, invitedById, invitedBy } = invitation;
  const inviter = await accountAccess(trx, tenantId, invitedById);
  const may =
    inviter !== null &&
    !inviter.disabled &&
    inviter.groups === null &&
    rolesAllow(inviter, 'accounts.manage') &&
    beyondOwnRights(inviter, await permissionsOfGift(trx, tenantId, invitation)) === undefined;
  if (may) return;
  const message = `${invitedBy} may no longer give what this invitation gives. Ask an administrator for a new one.`;
  throw new ApiError(409, 'inviterLacksRights', message);
}
