import {
  retentionChange,
  retentionPreviewQuery,
  retentionPreview as retentionPreviewSchema,
  retentionSettings as retentionSettingsSchema,
} from '@throughline/model';
import { changeRetention, previewRetention, readRetention } from '@throughline/store';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { refuseConflict } from './refuse-conflict.ts';

const retentionSettings = retentionSettingsSchema.meta({ id: 'RetentionSettings' });
const path = '/api/settings/retention';

export const retentionRoutes: Route[] = [
  route({
    method: 'get',
    path,
    access: 'settings.read',
    chapter: 'Server',
    summary: 'How long data is kept',
    answer: retentionSettings,
    handle: async ({ db, principal, settings }) => ({
      ...(await readRetention(db, principal.tenantId)),
      auditDays: settings.audit.days,
    }),
  }),
  route({
    method: 'get',
    path: `${path}/preview`,
    access: 'settings.read',
    chapter: 'Server',
    summary: 'What a retention of incidents would delete now',
    description: 'Nothing is deleted.',
    query: retentionPreviewQuery,
    answer: retentionPreviewSchema.meta({ id: 'RetentionPreview' }),
    handle: ({ db, principal, query, clock }) => previewRetention(db, principal.tenantId, query.days, clock()),
  }),
  route({
    method: 'patch',
    path,
    access: 'data.delete',
    audit: { action: 'settings.change', target: () => ({ kind: 'setting', id: 'retention' }) },
    chapter: 'Server',
    summary: 'Change how long data is kept',
    description:
      'The given periods, in days. Resolved incidents that nobody and nothing touched for so long are deleted for good, within ' +
      'an hour; open ones never are, and null keeps all. Of dead letters the raw bytes go, of sent messages the text.',
    body: retentionChange,
    answer: retentionSettings,
    refusals: [409],
    handle: async ({ db, principal: { tenantId, userName }, body, clock, settings }) => ({
      ...(await refuseConflict(() => changeRetention(db, { tenantId, by: userName, now: clock() }, body))),
      auditDays: settings.audit.days,
    }),
  }),
];
