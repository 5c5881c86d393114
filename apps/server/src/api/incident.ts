import {
  activityEntry,
  activityKinds,
  alertListQuery,
  alertPage,
  assetKinds,
  commentBody,
  incidentEvidence as evidenceSchema,
  incidentAsset,
  incidentChange,
  incidentDetail,
  reasonSentence,
} from '@throughline/model';
import {
  addComment,
  changeIncident,
  incidentActivity,
  incidentAssets,
  incidentEvidence,
  listAlerts,
} from '@throughline/store';
import { z } from 'zod';
import { actorOf } from './actor.ts';
import { automaticName } from './automatic-name.ts';
import { incidentByAddress, survivorOf } from './incident-address.ts';
import { numericId } from './path-params.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const detailSchema = incidentDetail.meta({ id: 'IncidentDetail' });
const activitySchema = activityEntry.meta({ id: 'ActivityEntry' });
const activityQuery = z.strictObject({
  kind: z
    .union([z.enum(activityKinds), z.array(z.enum(activityKinds)).max(50)])
    .transform((value) => [value].flat())
    .optional(),
  actor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
});

export const incidentItemRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/incidents/{id}',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'One incident in full',
    description: 'One that was merged has status `redirected`, and `redirectIncidentId` names the survivor.',
    params: numericId,
    answer: detailSchema,
    handle: ({ db, principal, params }) => incidentByAddress(db, principal, params.id),
  }),
  route({
    method: 'patch',
    path: '/api/incidents/{id}',
    access: 'incidents.manage',
    scoped: true,
    audit: { action: 'incident.change', target: ({ params }) => ({ kind: 'incident', id: String(params.id) }) },
    chapter: 'Incidents',
    summary: 'Change the given fields of an incident',
    description: 'Every change is in the activity log. 409 names the survivor of one that was merged.',
    params: numericId,
    body: incidentChange,
    answer: detailSchema,
    refusals: [409],
    handle: ({ db, principal, params, body, clock }) =>
      changeIncident(db, principal, params.id, body, actorOf(principal), clock(), automaticName),
  }),
  route({
    method: 'get',
    path: '/api/incidents/{id}/alerts',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'The alerts of an incident, each with the reason why it is there',
    params: numericId,
    query: alertListQuery.omit({ incident: true }),
    answer: alertPage.meta({ id: 'AlertPage' }),
    handle: async ({ db, principal, params, query }) => {
      const incident = await survivorOf(db, principal, params.id);
      return listAlerts(db, principal, { ...query, incident }, reasonSentence);
    },
  }),
  route({
    method: 'get',
    path: '/api/incidents/{id}/assets',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'The devices, users, mailboxes, apps and cloud resources of an incident',
    params: numericId,
    query: z.strictObject({ kind: z.enum(assetKinds).optional() }),
    answer: z.array(incidentAsset.meta({ id: 'IncidentAsset' })),
    handle: async ({ db, principal, params, query }) =>
      incidentAssets(db, principal, await survivorOf(db, principal, params.id), query.kind ?? null),
  }),
  route({
    method: 'get',
    path: '/api/incidents/{id}/evidence',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'The evidence of an incident, folded over its alerts',
    params: numericId,
    answer: z.array(evidenceSchema.meta({ id: 'IncidentEvidence' })),
    handle: async ({ db, principal, params }) =>
      incidentEvidence(db, principal, await survivorOf(db, principal, params.id)),
  }),
  route({
    method: 'get',
    path: '/api/incidents/{id}/activity',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'Who did what to an incident, newest first',
    params: numericId,
    query: activityQuery,
    answer: z.strictObject({ items: z.array(activitySchema), next: z.string().nullable() }),
    handle: async ({ db, principal, params, query }) =>
      incidentActivity(db, principal, await survivorOf(db, principal, params.id), query),
  }),
  route({
    method: 'post',
    path: '/api/incidents/{id}/comments',
    access: 'incidents.manage',
    scoped: true,
    audit: { action: 'incident.comment', target: ({ params }) => ({ kind: 'incident', id: String(params.id) }) },
    chapter: 'Incidents',
    summary: 'Comment on an incident',
    params: numericId,
    body: commentBody,
    answer: activitySchema,
    status: 201,
    refusals: [409],
    handle: ({ db, principal, params, body, clock }) =>
      addComment(db, principal, { incidentId: params.id }, body.comment, actorOf(principal), clock()),
  }),
];
