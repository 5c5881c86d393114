import { listAssignees, listTags } from '@throughline/store';
import { z } from 'zod';
import type { Route } from './route.ts';
import { route } from './route.ts';

const words = z.array(z.string());

export const suggestionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/tags',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'The custom tags in use, most used first',
    query: z.strictObject({ q: z.string().max(100).optional() }),
    answer: words,
    handle: async ({ db, principal, query }) => (await listTags(db, principal, query.q)).map(({ tag }) => tag),
  }),
  route({
    method: 'get',
    path: '/api/assignees',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'The names to whom work can be given: people, then user groups as `group:` and the name',
    answer: words,
    handle: async ({ db, principal }) => (await listAssignees(db, principal)).map(({ userName }) => userName),
  }),
];
