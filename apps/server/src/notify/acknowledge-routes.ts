import { acknowledgeBody, acknowledgeView, incidentEscalationAnswer } from '@throughline/model';
import { giveUpAfter } from '@throughline/notify';
import {
  acknowledgeByLink,
  acknowledgeIncident,
  escalationOf,
  readAcknowledgeLink,
  recipientOfLink,
} from '@throughline/store';
import { actorOf } from '../api/actor.ts';
import { survivorOf } from '../api/incident-address.ts';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { refusing } from './refuse.ts';

const linkHeader = 'x-acknowledge-token';
const view = acknowledgeView.meta({ id: 'AcknowledgeView' });
const escalation = incidentEscalationAnswer.meta({ id: 'IncidentEscalationAnswer' });

export const acknowledgeRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/acknowledge',
    access: 'public',
    chapter: 'Notifications',
    summary: 'What an acknowledge link is about',
    description: `The link’s token goes into the header \`${linkHeader}\`. Nothing is changed: mail scanners open links.`,
    answer: view,
    refusals: [404],
    handle: ({ db, c, clock }) => refusing(() => readAcknowledgeLink(db, c.req.header(linkHeader) ?? '', clock())),
  }),
  route({
    method: 'post',
    path: '/api/acknowledge',
    access: 'public',
    audit: {
      action: 'incident.acknowledge',
      actor: async ({ db, body, clock }) => {
        const name = await recipientOfLink(db, body.token, clock());
        return name === undefined
          ? { kind: 'anonymous', name: 'unknown link', id: null }
          : { kind: 'person', name, id: null };
      },
      details: () => ({ by: 'link' }),
    },
    chapter: 'Notifications',
    summary: 'Acknowledge an incident by the link of a message, once',
    body: acknowledgeBody,
    answer: view,
    refusals: [404, 409],
    handle: ({ db, body, clock, notifications }) =>
      refusing(async () => {
        const done = await acknowledgeByLink(db, body.token, { now: clock(), patience: giveUpAfter });
        notifications.wake();
        return done;
      }),
  }),
  route({
    method: 'get',
    path: '/api/incidents/{id}/escalation',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'The escalation of an incident that runs, else the last',
    params: numericId,
    answer: escalation,
    handle: async ({ db, principal, params }) => ({
      escalation: await escalationOf(db, principal.tenantId, await survivorOf(db, principal, params.id)),
    }),
  }),
  route({
    method: 'post',
    path: '/api/incidents/{id}/acknowledge',
    access: 'incidents.manage',
    scoped: true,
    audit: { action: 'incident.acknowledge', target: ({ params }) => ({ kind: 'incident', id: String(params.id) }) },
    chapter: 'Incidents',
    summary: 'Acknowledge an incident: its escalations stop',
    params: numericId,
    answer: escalation,
    refusals: [409],
    handle: ({ db, principal, params, clock, notifications }) =>
      refusing(async () => {
        const when = { now: clock(), patience: giveUpAfter };
        await acknowledgeIncident(db, principal, params.id, actorOf(principal), when);
        notifications.wake();
        return { escalation: await escalationOf(db, principal.tenantId, params.id) };
      }),
  }),
];
