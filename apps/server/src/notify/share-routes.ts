import { randomUUID } from 'node:crypto';
import type { Principal } from '@throughline/access';
import { digestPreview, shareIncidentBody } from '@throughline/model';
import { giveUpAfter } from '@throughline/notify';
import { queueSaid, type Said } from '@throughline/store';
import { survivorOf } from '../api/incident-address.ts';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { sharedMail } from './said-words.ts';

const target = ({ params }: { params: { id: number } }) => ({ kind: 'incident' as const, id: String(params.id) });

export const shareRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/incidents/{id}/share',
    access: 'incidents.manage',
    scoped: true,
    audit: { action: 'incident.share', target, details: ({ body }) => ({ to: body.to }) },
    chapter: 'Incidents',
    summary: 'Send a mail about an incident to chosen people',
    description: 'It shows what you see of the incident.',
    params: numericId,
    body: shareIncidentBody,
    handle: async ({ db, principal, params, body, clock, notifications }) => {
      const said = sharedBy(principal, await survivorOf(db, principal, params.id), body.note);
      // Whoever presses twice sends twice: each is a message of its own, in the person's thread about the incident.
      const sending = randomUUID();
      const messages = [...new Map(body.to.map((address) => [address.toLowerCase(), address]))].map(
        ([address, target]) => ({
          key: `shared/${sending}/${address}`,
          threadKey: `shared/${said.incidentId}/${address}`,
          channel: 'mail' as const,
          target,
          said,
          escalationId: null,
        }),
      );
      await db
        .transaction()
        .execute((trx) => queueSaid(trx, principal.tenantId, messages, { now: clock(), patience: giveUpAfter }));
      notifications.wake();
    },
  }),
  route({
    method: 'post',
    path: '/api/incidents/{id}/share/preview',
    access: 'incidents.manage',
    scoped: true,
    audit: { action: 'notification.test', summed: () => ({ previews: 1 }) },
    chapter: 'Incidents',
    summary: 'The mail about an incident that would be sent. Nothing is sent',
    params: numericId,
    body: shareIncidentBody.pick({ note: true }),
    answer: digestPreview.meta({ id: 'MailPreview' }),
    handle: async ({ db, principal, params, body, notifications }) => {
      const said = sharedBy(principal, await survivorOf(db, principal, params.id), body.note);
      return { mail: await sharedMail(db, principal.tenantId, said, notifications.portalUrl()) };
    },
  }),
];

function sharedBy(
  { userName, groups, sources }: Principal,
  incidentId: number,
  note: string,
): Extract<Said, { kind: 'shared' }> {
  return { kind: 'shared', incidentId, by: userName, note, groups: groups && [...groups], sources };
}
