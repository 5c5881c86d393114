import { limitOf, permissionsOfAssigned, permissionsOfGrants } from '@throughline/access';
import {
  accessRole,
  customRoleBody,
  customRoleChange,
  roleAssignees,
  roleKey as roleKeySchema,
} from '@throughline/model';
import { assignRole, changeCustomRole, createCustomRole, deleteCustomRole } from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { found } from '../http/api-error.ts';
import { listRoles } from './list-roles.ts';
import { requireOwnRights, rolesOf } from './own-rights.ts';

const chapter = 'Access';
const role = accessRole.meta({ id: 'Role' });
const roleKey = z.strictObject({ key: roleKeySchema });

export const roleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/roles',
    access: 'access.read',
    chapter,
    summary: 'The built-in roles and those made here, with whom they are assigned to',
    description: 'The role that every account has by itself is not among the assignments.',
    answer: z.strictObject({ items: z.array(role) }),
    handle: async ({ db, principal }) => ({ items: await listRoles(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/roles',
    access: 'access.manage',
    audit: {
      action: 'role.change',
      atomic: true,
      target: (_, answer) => (answer && 'key' in answer ? { kind: 'role', id: answer.key } : null),
      details: ({ body }) => ({ after: { ...body } }),
    },
    chapter,
    summary: 'Make a role',
    body: customRoleBody,
    answer: role,
    status: 201,
    refusals: [409],
    handle: async ({ db, principal, body }) => {
      requireOwnRights(principal, permissionsOfGrants(body.grants));
      const { id } = await createCustomRole(db, principal.tenantId, body, principal.userName);
      return roleNamed(await listRoles(db, principal.tenantId), `custom-${id}`);
    },
  }),
  route({
    method: 'patch',
    path: '/api/roles/{id}',
    access: 'access.manage',
    audit: {
      action: 'role.change',
      atomic: true,
      target: ({ params }) => ({ kind: 'role', id: `custom-${params.id}` }),
      details: ({ body }) => ({ after: { ...body } }),
    },
    chapter,
    summary: 'Change the given fields of a role made here',
    description: 'It holds from the next request of everybody who has the role.',
    params: numericId,
    body: customRoleChange,
    answer: role,
    refusals: [409],
    handle: async ({ db, principal, params, body }) => {
      requireOwnRights(principal, permissionsOfGrants(body.grants ?? []));
      for (const now of await rolesOf(db, principal.tenantId, [`custom-${params.id}`])) {
        requireOwnRights(principal, permissionsOfAssigned(now));
      }
      await changeCustomRole(db, principal.tenantId, params.id, body, principal.userName);
      return roleNamed(await listRoles(db, principal.tenantId), `custom-${params.id}`);
    },
  }),
  route({
    method: 'delete',
    path: '/api/roles/{id}',
    access: 'access.manage',
    audit: {
      action: 'role.change',
      atomic: true,
      target: ({ params }) => ({ kind: 'role', id: `custom-${params.id}` }),
    },
    chapter,
    summary: 'Remove a role made here; who had it loses it',
    params: numericId,
    handle: ({ db, principal, params }) => deleteCustomRole(db, principal.tenantId, params.id),
  }),
  route({
    method: 'post',
    path: '/api/roles/{key}/assignees',
    access: 'access.manage',
    audit: { action: 'role.assign', target: ({ params }) => ({ kind: 'role', id: params.key }) },
    chapter,
    summary: 'Assign a role to exactly these accounts and groups of people',
    description:
      'An account may have many roles beside its own; it may do what any of them allows. `limited` assigns it for some data sources.',
    params: roleKey,
    body: roleAssignees,
    answer: role,
    handle: async ({ db, principal, params, body }) => {
      for (const wanted of await rolesOf(db, principal.tenantId, [params.key])) {
        const everybody = [{ ...body, sources: { mode: 'all' as const, sources: [] } }, ...body.limited];
        const given = everybody.filter((each) => each.accountIds.length + each.userGroupIds.length > 0);
        const limits = given.length === 0 ? [null] : given.map(({ sources }) => limitOf(sources));
        for (const limit of limits) requireOwnRights(principal, permissionsOfAssigned(wanted), () => limit);
      }
      await assignRole(db, principal.tenantId, params.key, body);
      return roleNamed(await listRoles(db, principal.tenantId), params.key);
    },
  }),
];

function roleNamed<T extends { key: string }>(roles: readonly T[], key: string): T {
  return found(roles.find((each) => each.key === key) ?? null, 'role');
}
