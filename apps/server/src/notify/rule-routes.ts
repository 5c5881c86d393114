import type { Principal } from '@throughline/access';
import {
  notificationPreview,
  notificationRule,
  notificationRuleBody,
  notificationRuleChange,
  notificationSources,
  ruleGroups,
} from '@throughline/model';
import {
  alertSources,
  createRule,
  deleteRule,
  emittedKinds,
  groupsForRules,
  listRules,
  readRule,
  updateRule,
} from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { shownRule } from './author-standing.ts';
import { previewRule } from './preview.ts';
import { refusing } from './refuse.ts';

const access = 'notifications.manage';
const chapter = 'Notifications';
const rule = notificationRule.meta({ id: 'NotificationRule' });

function changeBy({ principal, clock }: { principal: Principal; clock: () => Date }) {
  return { by: principal.userName, now: clock(), author: principal.accountId };
}

export const notificationRuleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/notifications/rules',
    access,
    scoped: true,
    chapter,
    summary: 'Notification rules by name',
    answer: z.strictObject({ items: z.array(rule) }),
    handle: async ({ db, principal }) => ({
      items: (await listRules(db, principal)).map((each) => shownRule(each, principal.tenantId)),
    }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/rules',
    access,
    scoped: true,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Make a notification rule',
    description:
      'It tells about incidents that begin from now on. People with device groups make rules about their own groups only.',
    body: notificationRuleBody,
    answer: rule,
    status: 201,
    refusals: [404, 409],
    handle: (call) =>
      refusing(async () =>
        shownRule(await createRule(call.db, call.principal, call.body, changeBy(call)), call.principal.tenantId),
      ),
  }),
  route({
    method: 'get',
    path: '/api/notifications/rules/{id}',
    access,
    scoped: true,
    chapter,
    summary: 'A notification rule',
    params: numericId,
    answer: rule,
    handle: ({ db, principal, params }) =>
      refusing(async () => shownRule(await readRule(db, principal, params.id), principal.tenantId)),
  }),
  route({
    method: 'patch',
    path: '/api/notifications/rules/{id}',
    access,
    scoped: true,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Change a notification rule',
    description:
      'What is left out stays. New recipients hear of incidents that begin from now on; messages that wait for recipients no longer named, or for a rule that is switched off, are discarded.',
    params: numericId,
    body: notificationRuleChange,
    answer: rule,
    refusals: [409],
    handle: (call) =>
      refusing(async () => {
        const { db, principal, params, body } = call;
        const { rule: now } = await readRule(db, principal, params.id);
        const before = Object.fromEntries(
          Object.keys(notificationRuleBody.shape).map((name) => [name, now[name as 'id']]),
        );
        const parsed = notificationRuleBody.safeParse({ ...before, ...body });
        // Each field fits by itself; together they may not.
        if (!parsed.success) {
          const [issue] = parsed.error.issues;
          throw new ApiError(400, 'badRequest', issue?.message ?? 'The rule does not fit.', {
            target: issue?.path.join('.'),
          });
        }
        return shownRule(await updateRule(db, principal, params.id, parsed.data, changeBy(call)), principal.tenantId);
      }),
  }),
  route({
    method: 'delete',
    path: '/api/notifications/rules/{id}',
    access,
    scoped: true,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Remove a notification rule with its messages that wait',
    params: numericId,
    handle: ({ db, principal, params }) => refusing(() => deleteRule(db, principal, params.id)),
  }),
  route({
    method: 'post',
    path: '/api/notifications/preview',
    access,
    scoped: true,
    audit: { action: 'notification.test', summed: () => ({ previews: 1 }) },
    chapter,
    summary: 'What a rule would have told in the last 30 days, and its mail',
    description: 'Nothing is stored or sent.',
    body: notificationRuleBody,
    answer: notificationPreview.meta({ id: 'NotificationPreview' }),
    handle: ({ db, principal, body, clock, notifications }) =>
      refusing(() => previewRule(db, principal, body, { now: clock(), portalUrl: notifications.portalUrl() })),
  }),
  route({
    method: 'get',
    path: '/api/notifications/sources',
    access,
    scoped: true,
    chapter,
    summary: 'Sources that alerts came from, for rules to choose among',
    answer: notificationSources.meta({ id: 'NotificationSources' }),
    handle: async ({ db, principal }) => ({ items: await alertSources(db, principal) }),
  }),
  route({
    method: 'get',
    path: '/api/notifications/device-groups',
    access,
    scoped: true,
    chapter,
    summary: 'Device groups that a rule of the caller may be about',
    description: '−1 stands for alerts that name no device.',
    answer: ruleGroups.meta({ id: 'RuleGroups' }),
    handle: async ({ db, principal }) => ({
      items: await groupsForRules(db, principal),
      all: principal.groups === null,
    }),
  }),
  route({
    method: 'get',
    path: '/api/notifications/emitters',
    access,
    scoped: true,
    chapter,
    summary: 'Which kinds of events, beside incidents, this server has told of lately',
    answer: z.strictObject({ items: z.array(z.enum(['action', 'report'])) }),
    handle: async ({ db, principal }) => ({ items: await emittedKinds(db, principal.tenantId) }),
  }),
];
