import { activityEntry, commentBody, commentVersions as versionsSchema } from '@throughline/model';
import { commentVersions, editComment } from '@throughline/store';
import { found } from '../http/api-error.ts';
import { actorOf } from './actor.ts';
import { numericId } from './path-params.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export const commentRoutes: Route[] = [
  route({
    method: 'patch',
    path: '/api/comments/{id}',
    access: 'incidents.manage',
    scoped: true,
    audit: { action: 'comment.edit', target: ({ params }) => ({ kind: 'comment', id: String(params.id) }) },
    chapter: 'Incidents',
    summary: 'Edit an own comment',
    description: 'Earlier versions stay readable. The answer is the log entry of the edit, null when nothing changed.',
    params: numericId,
    body: commentBody,
    answer: activityEntry.nullable(),
    refusals: [409],
    handle: ({ db, principal, params, body, clock }) =>
      editComment(db, principal, params.id, body.comment, actorOf(principal), clock()),
  }),
  route({
    method: 'get',
    path: '/api/comments/{id}/versions',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Incidents',
    summary: 'Every version of a comment, oldest first',
    params: numericId,
    answer: versionsSchema,
    handle: async ({ db, principal, params }) => found(await commentVersions(db, principal, params.id), 'comment'),
  }),
];
