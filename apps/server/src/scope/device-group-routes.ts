import { groupOf } from '@throughline/access';
import {
  deviceGroupChange,
  deviceGroupCreate,
  deviceGroupPreview,
  deviceGroupPreviewBody,
  deviceGroup as groupSchema,
  scopeSettings,
} from '@throughline/model';
import {
  changeDeviceGroup,
  createDeviceGroup,
  deleteDeviceGroup,
  type GroupChanger,
  listDeviceGroups,
  previewDeviceGroup,
  readScopeSettings,
  writeScopeSettings,
} from '@throughline/store';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';

const chapter = 'Access';
const deviceGroup = groupSchema.meta({ id: 'DeviceGroup' });
const settings = scopeSettings.meta({ id: 'ScopeSettings' });
// The ungrouped have number 0.
const groupId = z.strictObject({ id: z.string().regex(/^(?:0|[1-9]\d{0,8})$/) });

function changer(call: { principal: { tenantId: string; userName: string }; clock: () => Date }): GroupChanger {
  const { tenantId, userName } = call.principal;
  return { tenantId, by: userName, now: call.clock(), place: groupOf };
}

export const deviceGroupRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/device-groups',
    access: 'access.read',
    chapter,
    summary: 'Device groups by rank, the ungrouped last',
    answer: z.strictObject({ items: z.array(deviceGroup) }),
    handle: async ({ db, principal }) => ({ items: await listDeviceGroups(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/device-groups',
    access: 'access.manage',
    audit: { action: 'deviceGroup.change' },
    chapter,
    summary: 'Make a device group',
    description: 'It goes last among the ranked unless it names its rank. Every device is put where it now belongs.',
    body: deviceGroupCreate,
    answer: deviceGroup,
    status: 201,
    refusals: [404, 409],
    handle: (call) => createDeviceGroup(call.db, changer(call), call.body),
  }),
  route({
    method: 'post',
    path: '/api/device-groups/preview',
    access: 'access.manage',
    audit: { action: 'deviceGroup.change', summed: () => ({ previews: 1 }) },
    chapter,
    summary: 'What a rule would match now',
    description: 'Nothing is stored.',
    body: deviceGroupPreviewBody,
    answer: deviceGroupPreview.meta({ id: 'DeviceGroupPreview' }),
    handle: ({ db, principal, body }) => previewDeviceGroup(db, principal.tenantId, body, groupOf),
  }),
  route({
    method: 'patch',
    path: '/api/device-groups/{id}',
    access: 'access.manage',
    audit: { action: 'deviceGroup.change', target: ({ params }) => ({ kind: 'deviceGroup', id: params.id }) },
    chapter,
    summary: 'Change the given fields of a device group',
    description: 'The ungrouped (id 0) have no rule and no rank.',
    params: groupId,
    body: deviceGroupChange,
    answer: deviceGroup,
    refusals: [409],
    handle: (call) => changeDeviceGroup(call.db, changer(call), Number(call.params.id), call.body),
  }),
  route({
    method: 'delete',
    path: '/api/device-groups/{id}',
    access: 'access.manage',
    audit: { action: 'deviceGroup.change', target: ({ params }) => ({ kind: 'deviceGroup', id: params.id }) },
    chapter,
    summary: 'Remove a device group that is nobody’s',
    params: groupId,
    refusals: [409],
    handle: (call) => deleteDeviceGroup(call.db, changer(call), Number(call.params.id)),
  }),
  route({
    method: 'get',
    path: '/api/access/settings',
    access: 'access.read',
    chapter,
    summary: 'How scope works here',
    answer: settings,
    handle: ({ db, principal }) => readScopeSettings(db, principal.tenantId),
  }),
  route({
    method: 'patch',
    path: '/api/access/settings',
    access: 'access.manage',
    audit: { action: 'settings.change' },
    chapter,
    summary: 'Change how scope works here',
    body: settings,
    answer: settings,
    handle: ({ db, principal, body }) => writeScopeSettings(db, principal.tenantId, body),
  }),
];
