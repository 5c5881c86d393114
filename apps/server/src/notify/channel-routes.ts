import {
  type MailServer,
  mailServerAnswer,
  mailServerBody,
  testMailAnswer,
  testMailBody,
  webhook,
  webhookBody,
  webhookSaved,
} from '@throughline/model';
import {
  type Db,
  deleteMailServer,
  listSecrets,
  listWebhooks,
  mailClientOwner,
  mailRefreshOwner,
  mailSecretOwner,
  readMailServer,
  wipeSecret,
} from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { refusing } from './refuse.ts';
import { setMailServer } from './set-mail-server.ts';
import { addWebhook, changeWebhook, removeWebhook, testWebhook } from './set-webhook.ts';
import { sendTestMail } from './test-mail.ts';

const access = 'notifications.manage';
const chapter = 'Notifications';
const mailOwners = [mailSecretOwner, mailClientOwner, mailRefreshOwner];

export const notificationChannelRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/notifications/mail-server',
    access,
    chapter,
    summary: 'The mail server; its secret is never shown',
    answer: mailServerAnswer.meta({ id: 'MailServerAnswer' }),
    handle: async ({ db, principal }) => ({ mailServer: await shownMailServer(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/mail-server',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Set the mail server',
    description:
      'A secret that is left out stays as it is, unless host or port change: then it is wiped, and must be sent again.',
    body: mailServerBody,
    answer: mailServerAnswer.meta({ id: 'MailServerAnswer' }),
    refusals: [409],
    handle: ({ db, principal, body, clock, keys, notifications }) =>
      refusing(async () => {
        const { tenantId, userName } = principal;
        await setMailServer(db, keys, tenantId, body, { by: userName, now: clock() });
        notifications.wake();
        return { mailServer: await shownMailServer(db, tenantId) };
      }),
  }),
  route({
    method: 'delete',
    path: '/api/notifications/mail-server',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Forget the mail server and its secret',
    handle: async ({ db, principal }) => {
      await deleteMailServer(db, principal.tenantId);
      for (const owner of mailOwners) await wipeSecret(db, principal.tenantId, owner);
    },
  }),
  route({
    method: 'post',
    path: '/api/notifications/test-mail',
    access,
    scoped: true,
    audit: { action: 'notification.test', details: ({ body }) => ({ to: body.to }) },
    chapter,
    summary: 'Send a test mail',
    body: testMailBody,
    answer: testMailAnswer.meta({ id: 'TestMailAnswer' }),
    refusals: [409],
    handle: ({ db, principal, body, clock, keys, settings, notifications }) =>
      refusing(async () => {
        const { mailCa } = notifications;
        const context = { keys, allow: settings.outbound, mailCa, clock };
        const answer = await sendTestMail(db, principal.tenantId, body.to, context);
        if (answer !== undefined) return answer;
        throw new ApiError(409, 'noMailServer', 'Set up the mail server first.');
      }),
  }),
  route({
    method: 'get',
    path: '/api/notifications/webhooks',
    access,
    chapter,
    summary: 'Webhooks by name; their secrets are never shown',
    answer: z.strictObject({ items: z.array(webhook.meta({ id: 'Webhook' })) }),
    handle: async ({ db, principal }) => ({ items: await listWebhooks(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/webhooks',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Make a webhook',
    description: 'The secret that signs its calls is in this answer only.',
    body: webhookBody,
    answer: webhookSaved.meta({ id: 'WebhookSaved' }),
    status: 201,
    refusals: [409],
    handle: ({ db, principal, body, clock, keys }) =>
      refusing(() => addWebhook(db, keys, principal.tenantId, body, { by: principal.userName, now: clock() })),
  }),
  route({
    method: 'patch',
    path: '/api/notifications/webhooks/{id}',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Change a webhook',
    description: 'When it goes to another host from now on, it gets a new secret, shown in this answer only.',
    params: numericId,
    body: webhookBody,
    answer: webhookSaved.meta({ id: 'WebhookSaved' }),
    refusals: [409],
    handle: ({ db, principal, params, body, clock, keys }) =>
      refusing(() => {
        const change = { by: principal.userName, now: clock() };
        return changeWebhook(db, keys, principal.tenantId, params.id, body, change);
      }),
  }),
  route({
    method: 'delete',
    path: '/api/notifications/webhooks/{id}',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Remove a webhook and its secret',
    params: numericId,
    refusals: [409],
    handle: ({ db, principal, params }) => refusing(() => removeWebhook(db, principal.tenantId, params.id)),
  }),
  route({
    method: 'post',
    path: '/api/notifications/webhooks/{id}/test',
    access,
    audit: {
      action: 'notification.test',
      target: ({ params }) => ({ kind: 'notificationWebhook', id: String(params.id) }),
    },
    chapter,
    summary: 'Call a webhook with an invented incident',
    params: numericId,
    answer: testMailAnswer.meta({ id: 'TestMailAnswer' }),
    handle: ({ db, principal, params, clock, keys, settings, notifications }) =>
      refusing(() => {
        const context = { keys, allow: settings.outbound, portalUrl: notifications.portalUrl };
        return testWebhook(db, context, principal.tenantId, params.id, clock());
      }),
  }),
];

async function shownMailServer(db: Db, tenantId: string): Promise<MailServer | null> {
  const row = await readMailServer(db, tenantId);
  if (row === undefined) return null;
  const secrets = await listSecrets(db, tenantId);
  const has = (wanted: string) => secrets.some(({ owner }) => owner === wanted);
  const oauth = row.config.oauth ?? null;
  const hasSecret = has(oauth === null ? mailSecretOwner : mailClientOwner);
  return {
    ...row.config,
    oauth,
    hasSecret,
    hasRefreshToken: has(mailRefreshOwner),
    lastUpdateDateTime: row.updatedAt,
    lastModifiedBy: row.updatedBy,
  };
}
