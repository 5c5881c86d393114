import { type BuiltInRole, type Grant, grants, type Permission, permissions, type Role } from '@throughline/model';
import type { AssignedRole, Principal } from './principal.ts';

/** What each grant lets its holder do. A grant that is not here allows nothing yet. */
const permissionsByGrant: Partial<Record<Grant, readonly Permission[]>> = {
  'securityDataBasics.read': ['incidents.read', 'ledger.read'],
  'alerts.manage': ['incidents.manage'],
  'authorization.read': ['accounts.read', 'access.read'],
  'authorization.manage': ['accounts.manage', 'access.manage'],
  'coreSettings.manage': ['notifications.manage'],
  'detectionTuning.manage': ['tuning.manage'],
  'systemSettings.read': ['audit.read', 'settings.read'],
  'systemSettings.manage': ['demo.load', 'settings.manage', 'data.delete'],
  'data.manage': ['intake.write', 'deadLetters.replay'],
};

const reads = grants.filter((grant) => grant.endsWith('.read'));

/** The grants of the built-in roles. */
export const grantsOfBuiltIn: Record<BuiltInRole, readonly Grant[]> = {
  globalAdministrator: grants,
  // All but deciding who else may do what: nobody makes themselves an administrator.
  securityAdministrator: grants.filter((grant) => grant !== 'authorization.manage'),
  securityOperator: [
    ...grants.filter((grant) => grant.startsWith('securityDataBasics.')),
    'alerts.manage',
    'response.manage',
    'basicLiveResponse.manage',
    'fileCollection.manage',
    'emailQuarantine.manage',
    'emailMetadata.read',
    'alertEmailContent.read',
    'data.manage',
  ],
  globalReader: reads,
  securityReader: ['securityDataBasics.read'],
};

/** The built-in role behind the role of an account. */
export const builtInOfRole: Record<Role, BuiltInRole> = {
  reader: 'securityReader',
  operator: 'securityOperator',
  administrator: 'globalAdministrator',
};

/** What grants allow, in the order of the model's list. Everybody who may do anything has tokens of their own. */
export function permissionsOfGrants(list: readonly Grant[]): ReadonlySet<Permission> {
  const allowed = new Set(list.flatMap((grant) => permissionsByGrant[grant] ?? []));
  allowed.add('tokens.own');
  return new Set(permissions.filter((permission) => allowed.has(permission)));
}

const permissionsByBuiltIn: Record<BuiltInRole, ReadonlySet<Permission>> = {
  globalAdministrator: new Set(permissions),
  securityAdministrator: permissionsOfGrants(grantsOfBuiltIn.securityAdministrator),
  securityOperator: permissionsOfGrants(grantsOfBuiltIn.securityOperator),
  globalReader: permissionsOfGrants(grantsOfBuiltIn.globalReader),
  securityReader: permissionsOfGrants(grantsOfBuiltIn.securityReader),
};

/** What the role of an account allows; each role allows all that the one before it does. */
export function permissionsOfRole(role: Role): ReadonlySet<Permission> {
  return permissionsByBuiltIn[builtInOfRole[role]];
}

/** What an assigned role allows. */
export function permissionsOfAssigned(assigned: AssignedRole): ReadonlySet<Permission> {
  return 'builtIn' in assigned ? permissionsByBuiltIn[assigned.builtIn] : permissionsOfGrants(assigned.grants);
}

/** Whether any of the roles of an account allows a thing. */
export function rolesAllow({ role, assigned }: Pick<Principal, 'role' | 'assigned'>, permission: Permission): boolean {
  return (
    permissionsOfRole(role).has(permission) || assigned.some((each) => permissionsOfAssigned(each).has(permission))
  );
}
