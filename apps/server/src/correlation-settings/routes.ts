import { randomUUID } from 'node:crypto';
import { describeParameters } from '@throughline/correlate';
import {
  correlationPreview,
  correlationSettingsChange,
  correlationSettings as correlationSettingsSchema,
  correlationVersions,
  measuredHubs,
  previewBody,
  subjectChoices,
  subjectQuery,
} from '@throughline/model';
import {
  changeCorrelationSettings,
  findSubjects,
  listCorrelationVersions,
  readCorrelationSettings,
  suggestEntities,
} from '@throughline/store';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { found } from '../http/api-error.ts';
import { refuseConflict } from '../settings-api/refuse-conflict.ts';
import { hubsOf } from './hubs.ts';
import { choicesOf } from './proposed-choices.ts';

const path = '/api/settings/correlation';
const chapter = 'Server';
const settings = correlationSettingsSchema.meta({ id: 'CorrelationSettings' });
const preview = correlationPreview.meta({ id: 'CorrelationPreview' });
const previewId = z.strictObject({ id: z.uuid() });

export const correlationSettingsRoutes: Route[] = [
  route({
    method: 'get',
    path,
    access: 'settings.read',
    chapter,
    summary: 'How alerts are put into incidents here',
    description:
      'Every number with what it does, its default and range; `choices.numbers` holds those that differ, in the same units.',
    answer: settings,
    handle: async ({ db, principal }) => ({
      ...(await readCorrelationSettings(db, principal.tenantId)),
      parameters: describeParameters(),
    }),
  }),
  route({
    method: 'patch',
    path,
    access: 'settings.manage',
    audit: { action: 'settings.change', target: () => ({ kind: 'setting', id: 'correlation' }) },
    chapter,
    summary: 'Change how alerts are put into incidents',
    description:
      '`choices` replace those before as a new version, in force from the next batch of alerts; what was decided stays. ' +
      '`version` is that of the settings as they were read; 409 says who changed them since.',
    body: correlationSettingsChange,
    answer: settings,
    refusals: [409],
    handle: async ({ db, principal: { tenantId, userName }, body, clock }) => {
      const chooser = { by: userName, now: clock(), newId: randomUUID };
      const saved = await refuseConflict(() =>
        changeCorrelationSettings(db, { tenantId, by: userName, now: chooser.now }, body, (before) =>
          choicesOf(body.choices, before, chooser),
        ),
      );
      return { ...saved, parameters: describeParameters() };
    },
  }),
  route({
    method: 'get',
    path: `${path}/versions`,
    access: 'settings.read',
    chapter,
    summary: 'What was chosen before, the newest first',
    description: 'The last 50 versions, each with who made it, why, and from which alert on it was in force.',
    answer: correlationVersions,
    handle: async ({ db, principal }) => ({ items: await listCorrelationVersions(db, principal.tenantId) }),
  }),
  route({
    method: 'get',
    path: `${path}/hubs`,
    access: 'settings.read',
    chapter,
    summary: 'Entities that many assets share, as measured now',
    answer: measuredHubs.meta({ id: 'MeasuredHubs' }),
    handle: ({ db, principal, clock }) => hubsOf(db, principal.tenantId, clock()),
  }),
  route({
    method: 'get',
    path: `${path}/subjects`,
    access: 'settings.read',
    chapter,
    summary: 'What an exception can be about',
    description: 'Detections, titles, products and sources of the newest alerts, and entities by name.',
    query: subjectQuery,
    answer: subjectChoices,
    handle: async ({ db, principal, query: { subject, search } }) => {
      if (subject !== 'entity') return { items: await findSubjects(db, principal.tenantId, subject, search) };
      const entities = await suggestEntities(db, principal, search ?? '');
      return { items: entities.map(({ id, kind, name }) => ({ value: id, name, kind, alerts: null })) };
    },
  }),
  route({
    method: 'post',
    path: `${path}/preview`,
    access: 'settings.manage',
    audit: { action: 'settings.change', summed: () => ({ previews: 1 }) },
    chapter,
    summary: 'Replay the last 30 days with proposed choices',
    description:
      'Begins a replay of stored alerts with the settings of today and with the proposed ones, and answers with its id. ' +
      'Nothing is changed. One runs at a time; a new one of the same person ends the one before.',
    body: previewBody,
    answer: preview,
    status: 202,
    refusals: [409],
    handle: async ({ db, principal: { tenantId, userName }, body, clock, previews }) => {
      const { choices: before } = await readCorrelationSettings(db, tenantId);
      const after = choicesOf(body.choices, before, { by: userName, now: clock(), newId: randomUUID });
      return previews.start({ tenantId, by: userName, before, after });
    },
  }),
  route({
    method: 'get',
    path: `${path}/preview/{id}`,
    access: 'settings.manage',
    chapter,
    summary: 'How far a preview is, and what it found',
    params: previewId,
    answer: preview,
    refusals: [404],
    handle: ({ principal, params, previews }) => found(previews.get(principal.tenantId, params.id), 'preview'),
  }),
  route({
    method: 'delete',
    path: `${path}/preview/{id}`,
    access: 'settings.manage',
    audit: { action: 'settings.change', summed: () => ({ previews: 1 }) },
    chapter,
    summary: 'End a preview',
    params: previewId,
    answer: preview,
    refusals: [404],
    handle: ({ principal, params, previews }) => found(previews.cancel(principal.tenantId, params.id), 'preview'),
  }),
];
