import {
  mergeBody,
  moveBody,
  rearrangementEntry,
  rearrangementResult,
  splitPreview,
  undoBody,
} from '@throughline/model';
import { listRearrangements } from '@throughline/store';
import { z } from 'zod';
import { survivorOf } from '../api/incident-address.ts';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { rearrangeIncidents } from './rearrange-incidents.ts';
import { previewSplit } from './split-preview.ts';

const result = rearrangementResult.meta({ id: 'RearrangementResult' });
const entityQuery = z.strictObject({ entity: z.string().min(1).max(300) });

export const rearrangementRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/incidents/merge',
    access: 'incidents.manage',
    scoped: true,
    audit: {
      action: 'incident.merge',
      target: ({ body }, answer) => ({
        kind: 'incident',
        id: String(answer && 'incidentId' in answer ? answer.incidentId : (body.into ?? body.incidentIds[0])),
      }),
      details: ({ body }) => ({ after: { ...body } }),
    },
    chapter: 'Incidents',
    summary: 'Merge incidents into one',
    description:
      'Up to 20. Refused, with the reason, when one is resolved, owners or verdicts differ, or the result would be too large. The others redirect to the one that stays; every one of them can be separated again at any time.',
    body: mergeBody,
    answer: result,
    refusals: [404, 409, 503],
    handle: (call) => rearrangeIncidents(call, call.principal, { kind: 'merge', ...call.body }),
  }),
  route({
    method: 'post',
    path: '/api/alerts/move',
    access: 'incidents.manage',
    scoped: true,
    audit: {
      action: 'alert.move',
      target: (_, answer) =>
        answer && 'incidentId' in answer ? { kind: 'incident', id: String(answer.incidentId) } : null,
      details: ({ body }) => ({
        after: { into: body.into, reason: body.reason, note: body.note, alerts: body.alertIds.slice(0, 100) },
      }),
    },
    chapter: 'Alerts',
    summary: 'Move alerts of one incident to another, or to a new one',
    description: 'The two incidents are not merged automatically afterwards. Moving all alerts is a merge.',
    body: moveBody,
    answer: result,
    refusals: [404, 409, 503],
    handle: (call) => rearrangeIncidents(call, call.principal, { kind: 'move', ...call.body }),
  }),
  route({
    method: 'get',
    path: '/api/incidents/{id}/split',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'What an incident falls into when an entity is not to bind it',
    description: 'The largest part comes first and would stay. Move the alerts of the others to part the incident.',
    params: numericId,
    query: entityQuery,
    answer: splitPreview.meta({ id: 'SplitPreview' }),
    handle: async ({ db, principal, params, query }) =>
      previewSplit(db, principal, await survivorOf(db, principal, params.id), query.entity),
  }),
  route({
    method: 'get',
    path: '/api/incidents/{id}/rearrangements',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'What was merged, moved and separated, the newest first',
    params: numericId,
    answer: z.strictObject({ items: z.array(rearrangementEntry.meta({ id: 'Rearrangement' })) }),
    handle: async ({ db, principal, params }) => ({
      items: await listRearrangements(db, principal, await survivorOf(db, principal, params.id)),
    }),
  }),
  route({
    method: 'post',
    path: '/api/rearrangements/{id}/undo',
    access: 'incidents.manage',
    scoped: true,
    audit: {
      action: 'incident.undoRearrangement',
      target: ({ params }) => ({ kind: 'rearrangement', id: String(params.id) }),
      details: (_, answer) => ({ after: answer && 'incidentId' in answer ? { ...answer } : {} }),
    },
    chapter: 'Incidents',
    summary: 'Undo a merge, a separation or a move, whenever it was made',
    description: 'Undoing can be undone. Alerts that were moved again since stay where they are, and are counted.',
    params: numericId,
    body: undoBody,
    answer: result,
    refusals: [409, 503],
    handle: (call) =>
      rearrangeIncidents(call, call.principal, { kind: 'undo', rearrangementId: call.params.id, ...call.body }),
  }),
];
