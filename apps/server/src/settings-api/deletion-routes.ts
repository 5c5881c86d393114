import { deletionBody, deletion as deletionSchema } from '@throughline/model';
import { listDeletions, startIncidentDeletion } from '@throughline/store';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { found } from '../http/api-error.ts';

const deletion = deletionSchema.meta({ id: 'Deletion' });

export const deletionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/deletions',
    access: 'settings.read',
    chapter: 'Server',
    summary: 'What was deleted for good, newest first, at most 50',
    answer: z.strictObject({ items: z.array(deletion) }),
    handle: async ({ db, principal }) => ({ items: await listDeletions(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/deletions',
    access: 'data.delete',
    audit: { action: 'data.delete', target: ({ body }) => ({ kind: 'incident', id: String(body.incidentId) }) },
    chapter: 'Server',
    summary: 'Delete an incident for good',
    description:
      'With all that was merged into it, its alerts, comments and log. `confirm` repeats the number. It goes in the ' +
      'background; its address answers 410 afterwards. A merged incident is deleted with the one it was merged into.',
    body: deletionBody,
    answer: deletion,
    status: 202,
    refusals: [404],
    handle: async ({ db, principal: { tenantId, userName }, body, clock }) => {
      const changer = { tenantId, by: userName, now: clock() };
      const id = found(await startIncidentDeletion(db, changer, body.incidentId, body.reason), 'incident');
      const [made] = await listDeletions(db, tenantId, id);
      return found(made, 'deletion');
    },
  }),
];
