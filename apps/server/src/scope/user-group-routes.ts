import { userGroup as groupSchema, userGroupBody, userGroupChange } from '@throughline/model';
import { changeUserGroup, createUserGroup, deleteUserGroup, listUserGroups } from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { requireRightsOfGroup } from './own-rights.ts';

const chapter = 'Access';
const userGroup = groupSchema.meta({ id: 'UserGroup' });

export const userGroupRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/user-groups',
    access: 'access.read',
    chapter,
    summary: 'Groups of people, by name',
    answer: z.strictObject({ items: z.array(userGroup) }),
    handle: async ({ db, principal }) => ({ items: await listUserGroups(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/user-groups',
    access: 'access.manage',
    audit: { action: 'userGroup.change' },
    chapter,
    summary: 'Make a group of people',
    body: userGroupBody,
    answer: userGroup,
    status: 201,
    refusals: [404, 409],
    handle: ({ db, principal, body }) => createUserGroup(db, principal.tenantId, body),
  }),
  route({
    method: 'patch',
    path: '/api/user-groups/{id}',
    access: 'access.manage',
    audit: { action: 'userGroup.change', target: ({ params }) => ({ kind: 'userGroup', id: String(params.id) }) },
    chapter,
    summary: 'Rename a group of people, or give it other members',
    params: numericId,
    body: userGroupChange,
    answer: userGroup,
    refusals: [409],
    handle: async ({ db, principal, params, body }) => {
      await requireRightsOfGroup(db, principal, params.id);
      return changeUserGroup(db, principal.tenantId, params.id, body);
    },
  }),
  route({
    method: 'delete',
    path: '/api/user-groups/{id}',
    access: 'access.manage',
    audit: { action: 'userGroup.change', target: ({ params }) => ({ kind: 'userGroup', id: String(params.id) }) },
    chapter,
    summary: 'Remove a group of people that has no device groups',
    params: numericId,
    refusals: [409],
    handle: ({ db, principal, params }) => deleteUserGroup(db, principal.tenantId, params.id),
  }),
];
