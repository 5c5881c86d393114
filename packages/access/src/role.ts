import { type Permission, permissions, type Role } from '@throughline/model';

const reader: readonly Permission[] = ['incidents.read', 'ledger.read', 'tokens.own'];
const operator: readonly Permission[] = [...reader, 'incidents.manage', 'deadLetters.replay', 'intake.write'];

const permissionsByRole: Record<Role, ReadonlySet<Permission>> = {
  reader: new Set(reader),
  operator: new Set(operator),
  administrator: new Set(permissions),
};

/** What a role allows; each role allows all that the one before it does. */
export function permissionsOfRole(role: Role): ReadonlySet<Permission> {
  return permissionsByRole[role];
}
