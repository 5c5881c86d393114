import { type DigestBody, digest, digestBody, digestPreview, testMailAnswer } from '@throughline/model';
import { digestOutline, localTime, nextDigest, renderOutline } from '@throughline/notify';
import { type Db, deleteDigest, listDigests, saveDigest, type Viewer } from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { digestOf } from './digest-words.ts';
import { refusing } from './refuse.ts';
import { sendMailNow } from './test-mail.ts';

const access = 'notifications.manage';
const chapter = 'Notifications';
const madeId = z.strictObject({ id: z.int() });

export const digestRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/notifications/digests',
    access,
    chapter,
    summary: 'Daily digests',
    answer: z.strictObject({ items: z.array(digest.meta({ id: 'Digest' })) }),
    handle: async ({ db, principal }) => ({ items: await listDigests(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/digests',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Make a daily digest; it counts what you see',
    body: digestBody,
    answer: madeId,
    status: 201,
    handle: ({ db, principal, body, clock }) =>
      refusing(async () => ({
        id: await saveDigest(db, principal.tenantId, undefined, body, changeOf(principal, body, clock())),
      })),
  }),
  route({
    method: 'patch',
    path: '/api/notifications/digests/{id}',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Replace a daily digest; from now on it counts what you see',
    params: numericId,
    body: digestBody,
    answer: madeId,
    handle: ({ db, principal, params, body, clock }) =>
      refusing(async () => ({
        id: await saveDigest(db, principal.tenantId, params.id, body, changeOf(principal, body, clock())),
      })),
  }),
  route({
    method: 'delete',
    path: '/api/notifications/digests/{id}',
    access,
    audit: { action: 'notification.change' },
    chapter,
    summary: 'Remove a daily digest',
    params: numericId,
    handle: ({ db, principal, params }) => refusing(() => deleteDigest(db, principal.tenantId, params.id)),
  }),
  route({
    method: 'post',
    path: '/api/notifications/digests/preview',
    access,
    audit: { action: 'notification.test' },
    chapter,
    summary: 'The mail that a digest would be now. Nothing is sent',
    body: z.strictObject({ timeZone: digestBody.shape.timeZone }),
    answer: digestPreview.meta({ id: 'DigestPreview' }),
    handle: async ({ db, principal, body, clock, notifications }) => ({
      mail: await digestMail(db, principal, body.timeZone, clock(), notifications.portalUrl()),
    }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/digests/test',
    access,
    audit: { action: 'notification.test', details: ({ body }) => ({ to: [body.recipient] }) },
    chapter,
    summary: 'Send the digest of the last 24 hours now',
    body: digestBody,
    answer: testMailAnswer.meta({ id: 'TestMailAnswer' }),
    refusals: [409],
    handle: ({ db, principal, body, clock, keys, settings, notifications }) =>
      refusing(async () => {
        const mail = await digestMail(db, principal, body.timeZone, clock(), notifications.portalUrl());
        const context = { keys, allow: settings.outbound, mailCa: notifications.mailCa, clock };
        const answer = await sendMailNow(db, principal.tenantId, [body.recipient], mail, context);
        if (answer !== undefined) return answer;
        throw new ApiError(409, 'noMailServer', 'Set up the mail server first.');
      }),
  }),
];

function changeOf(principal: { userName: string; accountId: number }, body: DigestBody, now: Date) {
  const next = body.enabled ? nextDigest(body, now.getTime()) : undefined;
  return { by: principal.userName, now, accountId: principal.accountId, next };
}

async function digestMail(db: Db, viewer: Viewer, timeZone: string, now: Date, portalUrl: string) {
  const { date } = localTime(now.getTime(), timeZone);
  return renderOutline(
    digestOutline(...(await digestOf(db, viewer, { day: date, until: now.toISOString() }, portalUrl))),
  );
}
