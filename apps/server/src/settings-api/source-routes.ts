import { sourceSettingsChange, sourceSettings as sourceSettingsSchema } from '@throughline/model';
import { changeSourceSettings, listSourceSettings } from '@throughline/store';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { found } from '../http/api-error.ts';
import { refuseConflict } from './refuse-conflict.ts';

const sourceSettings = sourceSettingsSchema.meta({ id: 'SourceSettings' });

export const sourceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/settings/sources',
    access: 'settings.read',
    chapter: 'Server',
    summary: 'What sends alerts, how well, and what people say about it',
    answer: z.strictObject({ items: z.array(sourceSettings) }),
    handle: async ({ db, principal }) => ({ items: await listSourceSettings(db, principal.tenantId) }),
  }),
  route({
    method: 'patch',
    path: '/api/settings/sources/{source}',
    access: 'settings.manage',
    audit: { action: 'settings.change', target: ({ params }) => ({ kind: 'source', id: params.source }) },
    chapter: 'Server',
    summary: 'Change the given settings of a source',
    description:
      'What a disabled source sends is refused with 403 `sourceDisabled` and counted. `updatedDateTime` is that of the ' +
      'source as it was read, null when nobody had changed it; 409 says who changed it since.',
    params: z.strictObject({ source: z.string().min(1).max(100) }),
    body: sourceSettingsChange,
    answer: sourceSettings,
    refusals: [404, 409],
    handle: async ({ db, principal: { tenantId, userName }, params, body, clock }) => {
      const changer = { tenantId, by: userName, now: clock() };
      return found(await refuseConflict(() => changeSourceSettings(db, changer, params.source, body)), 'source');
    },
  }),
];
