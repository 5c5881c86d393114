import { pastHunt, savedQuery, savedQueryBody, savedQueryChange } from '@throughline/model';
import {
  changeSavedQuery,
  deleteSavedQuery,
  mostSavedQueries,
  pastHunts,
  savedQueries,
  saveQuery,
} from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';

const query = savedQuery.meta({ id: 'HuntQuery' });
const changed = { action: 'huntQuery.change' } as const;

function noSuchQuery(id: number): ApiError {
  return new ApiError(404, 'notFound', `You keep no query ${id}.`);
}

/** The queries that a person keeps and runs: their own, whatever they see of the data. */
export const huntQueryRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/hunting/queries',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Hunting',
    summary: 'Queries I keep, and those that others share',
    answer: z.strictObject({ items: z.array(query) }),
    handle: async ({ db, principal }) => ({ items: await savedQueries(db, principal) }),
  }),
  route({
    method: 'post',
    path: '/api/hunting/queries',
    access: 'incidents.read',
    scoped: true,
    audit: {
      ...changed,
      target: (_, answer) => (answer && 'id' in answer ? { kind: 'huntQuery', id: String(answer.id) } : null),
    },
    chapter: 'Hunting',
    summary: 'Keep a query',
    body: savedQueryBody,
    answer: query,
    status: 201,
    refusals: [409],
    handle: async ({ db, principal, body, clock }) => {
      const saved = await saveQuery(db, principal, body, clock());
      if (saved === null) {
        throw new ApiError(
          409,
          'tooMany',
          `You keep ${mostSavedQueries} queries, which is as many as one may. Delete some.`,
        );
      }
      return saved;
    },
  }),
  route({
    method: 'patch',
    path: '/api/hunting/queries/{id}',
    access: 'incidents.read',
    scoped: true,
    audit: { ...changed, target: ({ params }) => ({ kind: 'huntQuery', id: String(params.id) }) },
    chapter: 'Hunting',
    summary: 'Change a query I keep',
    params: numericId,
    body: savedQueryChange,
    answer: query,
    refusals: [404],
    handle: async ({ db, principal, params, body, clock }) => {
      const saved = await changeSavedQuery(db, principal, params.id, body, clock());
      if (saved === null) throw noSuchQuery(params.id);
      return saved;
    },
  }),
  route({
    method: 'delete',
    path: '/api/hunting/queries/{id}',
    access: 'incidents.read',
    scoped: true,
    audit: { ...changed, target: ({ params }) => ({ kind: 'huntQuery', id: String(params.id) }) },
    chapter: 'Hunting',
    summary: 'Delete a query I keep',
    params: numericId,
    refusals: [404],
    handle: async ({ db, principal, params }) => {
      if (!(await deleteSavedQuery(db, principal, params.id))) throw noSuchQuery(params.id);
    },
  }),
  route({
    method: 'get',
    path: '/api/hunting/history',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Hunting',
    summary: 'What I ran lately, the newest first',
    answer: z.strictObject({ items: z.array(pastHunt.meta({ id: 'PastHunt' })) }),
    handle: async ({ db, principal, clock }) => ({ items: await pastHunts(db, principal, clock()) }),
  }),
];
