import {
  bulkIncidentChange,
  bulkResult,
  incidentFacets as facetsSchema,
  incidentFilter,
  incidentListQuery,
  incidentPage,
  incidentSummary as summarySchema,
  incidentTimeline as timelineSchema,
} from '@throughline/model';
import {
  changeIncidents,
  incidentCsv,
  incidentFacets,
  incidentSummary,
  incidentTimeline,
  listIncidents,
} from '@throughline/store';
import { actorOf } from './actor.ts';
import { automaticName } from './automatic-name.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';
import { textStream } from './text-stream.ts';

const exportQuery = incidentListQuery.omit({ limit: true, cursor: true });

export const incidentRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/incidents',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'The queue, a page at a time',
    description: 'A repeated parameter means "any of". `total` is exact for the filter.',
    query: incidentListQuery,
    answer: incidentPage.meta({ id: 'IncidentPage' }),
    handle: ({ db, principal, query }) => listIncidents(db, principal, query),
  }),
  route({
    method: 'get',
    path: '/api/incidents/summary',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'The numbers above the queue, over all open incidents',
    answer: summarySchema,
    handle: ({ db, principal }) => incidentSummary(db, principal),
  }),
  route({
    method: 'get',
    path: '/api/incidents/facets',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'What the filter menus offer, with counts',
    query: incidentFilter,
    answer: facetsSchema,
    handle: ({ db, principal, query }) => incidentFacets(db, principal, query),
  }),
  route({
    method: 'get',
    path: '/api/incidents/timeline',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'Alerts received and incidents created in each of the last 24 hours',
    answer: timelineSchema,
    handle: ({ db, principal, clock }) => incidentTimeline(db, principal, clock()),
  }),
  route({
    method: 'get',
    path: '/api/incidents/export',
    access: 'incidents.read',
    scoped: true,
    audit: { action: 'incident.export', details: ({ query }) => ({ query }) },
    chapter: 'Incidents',
    summary: 'The queue as CSV, at most 10,000 rows',
    description: 'Cells that a spreadsheet would run as a formula are neutralised with an apostrophe.',
    query: exportQuery,
    media: 'text/csv',
    handle: ({ db, principal, query: { sort, dir, ...filter } }) => {
      const lines = incidentCsv(db, principal, filter, { sort, dir });
      return textStream(lines, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="incidents.csv"',
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/incidents/bulk',
    access: 'incidents.manage',
    scoped: true,
    audit: { action: 'incident.change' },
    chapter: 'Incidents',
    summary: 'One change to many incidents',
    description: 'Each incident changes wholly or not at all; the answer says why others did not.',
    body: bulkIncidentChange,
    answer: bulkResult,
    handle: ({ db, principal, body, clock }) =>
      changeIncidents(db, principal, body.ids, body.change, actorOf(principal), clock(), automaticName),
  }),
];
