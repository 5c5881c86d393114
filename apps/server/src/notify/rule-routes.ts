import {
  notificationPreview,
  notificationRule,
  notificationRuleBody,
  notificationRuleChange,
  notificationSources,
} from '@throughline/model';
import { alertSources, createRule, deleteRule, listRules, readRule, updateRule } from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { previewRule } from './preview.ts';
import { refusing } from './refuse.ts';

const access = 'notifications.manage';
const chapter = 'Notifications';
const rule = notificationRule.meta({ id: 'NotificationRule' });

export const notificationRuleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/notifications/rules',
    access,
    chapter,
    summary: 'Notification rules by name',
    answer: z.strictObject({ items: z.array(rule) }),
    handle: async ({ db, principal }) => ({ items: await listRules(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/rules',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Make a notification rule',
    description: 'It tells about incidents that begin from now on.',
    body: notificationRuleBody,
    answer: rule,
    status: 201,
    refusals: [404, 409],
    handle: ({ db, principal, body, clock }) =>
      refusing(() => createRule(db, principal.tenantId, body, { by: principal.userName, now: clock() })),
  }),
  route({
    method: 'get',
    path: '/api/notifications/rules/{id}',
    access,
    chapter,
    summary: 'A notification rule',
    params: numericId,
    answer: rule,
    handle: ({ db, principal, params }) => refusing(() => readRule(db, principal.tenantId, params.id)),
  }),
  route({
    method: 'patch',
    path: '/api/notifications/rules/{id}',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Change a notification rule',
    description:
      'What is left out stays. New recipients hear of incidents that begin from now on; messages that wait for recipients no longer named, or for a rule that is switched off, are discarded.',
    params: numericId,
    body: notificationRuleChange,
    answer: rule,
    refusals: [409],
    handle: ({ db, principal, params, body, clock }) =>
      refusing(async () => {
        const now = await readRule(db, principal.tenantId, params.id);
        const { name, description, enabled, sources, severities, firstOnly } = now;
        const { includeOrganization, includeLink, quietMinutes, recipients, webhooks } = now;
        const before = {
          ...{ name, description, enabled, sources, severities, firstOnly },
          ...{ includeOrganization, includeLink, quietMinutes, recipients, webhooks },
        };
        const wanted = notificationRuleBody.parse({ ...before, ...body });
        return updateRule(db, principal.tenantId, params.id, wanted, { by: principal.userName, now: clock() });
      }),
  }),
  route({
    method: 'delete',
    path: '/api/notifications/rules/{id}',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Remove a notification rule with its messages that wait',
    params: numericId,
    handle: ({ db, principal, params }) => refusing(() => deleteRule(db, principal.tenantId, params.id)),
  }),
  route({
    method: 'post',
    path: '/api/notifications/preview',
    access,
    audit: { action: 'notification.test', summed: () => ({ previews: 1 }) },
    chapter,
    summary: 'What a rule would have told in the last 30 days, and its mail',
    description: 'Nothing is stored or sent.',
    body: notificationRuleBody,
    answer: notificationPreview.meta({ id: 'NotificationPreview' }),
    handle: ({ db, principal, body, clock, notifications }) =>
      previewRule(db, principal.tenantId, body, { now: clock(), portalUrl: notifications.portalUrl() }),
  }),
  route({
    method: 'get',
    path: '/api/notifications/sources',
    access,
    chapter,
    summary: 'Sources that alerts came from, for rules to choose among',
    answer: notificationSources.meta({ id: 'NotificationSources' }),
    handle: async ({ db, principal }) => ({ items: await alertSources(db, principal.tenantId) }),
  }),
];
