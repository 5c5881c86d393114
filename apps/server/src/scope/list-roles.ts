import { grantsOfBuiltIn, permissionsOfAssigned } from '@throughline/access';
import { type AccessRole, type BuiltInRole, builtInRoles, type RoleKey } from '@throughline/model';
import { type Db, listCustomRoles, listRoleAssignees } from '@throughline/store';

const builtInWords: Record<BuiltInRole, { name: string; description: string }> = {
  globalAdministrator: { name: 'Global Administrator', description: 'Everything.' },
  securityAdministrator: {
    name: 'Security Administrator',
    description: 'Everything but deciding who else may do what.',
  },
  securityOperator: {
    name: 'Security Operator',
    description: 'Reads and works on incidents, sends and replays alerts.',
  },
  globalReader: { name: 'Global Reader', description: 'Reads everything, settings and the audit log included.' },
  securityReader: { name: 'Security Reader', description: 'Reads incidents and the ledger.' },
};

/** All roles of a tenant: the built-in ones in the model's order, then those made here by name. */
export async function listRoles(db: Db, tenantId: string): Promise<AccessRole[]> {
  const [custom, assignees] = await Promise.all([listCustomRoles(db, tenantId), listRoleAssignees(db, tenantId)]);
  const assigneesOf = (key: RoleKey) => assignees.get(key) ?? { accountIds: [], userGroupIds: [], limited: [] };
  return [
    ...builtInRoles.map((key) => ({
      key,
      ...builtInWords[key],
      builtIn: true,
      grants: [...grantsOfBuiltIn[key]],
      permissions: [...permissionsOfAssigned({ builtIn: key })],
      ...assigneesOf(key),
    })),
    ...custom.map(({ id, name, description, grants }) => ({
      key: `custom-${id}`,
      name,
      description,
      builtIn: false,
      grants,
      permissions: [...permissionsOfAssigned({ grants })],
      ...assigneesOf(`custom-${id}`),
    })),
  ];
}
