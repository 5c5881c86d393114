import { alertChange, alertDetail, alertListQuery, alertPage, alertSchema, reasonSentence } from '@throughline/model';
import { changeAlert, getAlert, listAlerts } from '@throughline/store';
import { z } from 'zod';
import { found } from '../http/api-error.ts';
import { actorOf } from './actor.ts';
import { textId } from './path-params.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

// Evidence is kept whole whatever its type: the document says no more than that it is an object.
const detailSchema = alertDetail
  .extend({ alert: alertSchema.extend({ evidence: z.array(z.looseObject({ '@odata.type': z.string() })) }) })
  .meta({ id: 'AlertDetail' });

export const alertRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/alerts',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Alerts',
    summary: 'Alerts, a page at a time',
    query: alertListQuery,
    answer: alertPage,
    handle: ({ db, principal, query }) => listAlerts(db, principal, query, reasonSentence),
  }),
  route({
    method: 'get',
    path: '/api/alerts/{id}',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Alerts',
    summary: 'One alert in full, with the arithmetic of its link',
    params: textId,
    answer: detailSchema,
    handle: async ({ db, principal, params }) =>
      found(await getAlert(db, principal, params.id, reasonSentence), 'alert'),
  }),
  route({
    method: 'patch',
    path: '/api/alerts/{id}',
    access: 'incidents.manage',
    scoped: true,
    audit: { action: 'alert.change', target: ({ params }) => ({ kind: 'alert', id: params.id }) },
    chapter: 'Alerts',
    summary: 'Change the given fields of an alert',
    params: textId,
    body: alertChange,
    answer: detailSchema,
    handle: ({ db, principal, params, body, clock }) =>
      changeAlert(db, principal, params.id, body, actorOf(principal), clock(), reasonSentence),
  }),
];
