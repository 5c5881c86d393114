import { generalSettingsChange, generalSettings as generalSettingsSchema, organization } from '@throughline/model';
import { changeGeneralSettings, readGeneralSettings } from '@throughline/store';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { refuseConflict } from './refuse-conflict.ts';

const generalSettings = generalSettingsSchema.meta({ id: 'GeneralSettings' });
const path = '/api/settings/general';

export const generalRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/organization',
    access: 'person',
    scoped: true,
    chapter: 'Server',
    summary: 'What the organisation is called, and its time zone',
    answer: organization.meta({ id: 'Organization' }),
    handle: async ({ db, principal }) => {
      const { organizationName, timeZone } = await readGeneralSettings(db, principal.tenantId);
      return { name: organizationName, timeZone };
    },
  }),
  route({
    method: 'get',
    path,
    access: 'settings.read',
    chapter: 'Server',
    summary: 'Name and time zone of the organisation',
    answer: generalSettings,
    handle: ({ db, principal }) => readGeneralSettings(db, principal.tenantId),
  }),
  route({
    method: 'patch',
    path,
    access: 'settings.manage',
    audit: { action: 'settings.change', target: () => ({ kind: 'setting', id: 'general' }) },
    chapter: 'Server',
    summary: 'Change name or time zone of the organisation',
    description:
      '`updatedDateTime` is that of the settings as they were read; 409 says who changed them since. `timeZone` is an IANA ' +
      'name, or null for each person’s own.',
    body: generalSettingsChange,
    answer: generalSettings,
    refusals: [409],
    handle: ({ db, principal: { tenantId, userName }, body, clock }) =>
      refuseConflict(() => changeGeneralSettings(db, { tenantId, by: userName, now: clock() }, body)),
  }),
];
