import { eraseBody } from '@throughline/model';
import { type EraseRefusal, erasePerson } from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError, found } from '../http/api-error.ts';

export const eraseRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/settings/people/{id}/erasure',
    access: 'data.delete',
    audit: { action: 'data.delete', target: ({ params }) => ({ kind: 'account', id: String(params.id) }) },
    chapter: 'Server',
    summary: 'Rename a person who left wherever they are named',
    description:
      'To "Deleted person N", in the account, activity, comments, assignments and messages; what they signed in with goes. ' +
      'The account must be disabled. Names in the audit log stay until its retention ends: they are part of its hashes.',
    params: numericId,
    body: eraseBody,
    answer: z.strictObject({ userName: z.string() }),
    refusals: [404, 409],
    handle: async ({ db, principal: { tenantId }, params, body, clock }) => {
      const done = found(await erasePerson(db, { tenantId, now: clock() }, params.id, body.reason), 'person');
      if (typeof done === 'object') throw new ApiError(409, refusalCodes[done.refused], refusalWords(done));
      return { userName: done };
    },
  }),
];

const refusalCodes = { enabled: 'accountEnabled', erased: 'alreadyErased', named: 'stillNotified' } as const;

function refusalWords(refusal: EraseRefusal): string {
  if (refusal.refused === 'enabled') return 'The account is enabled: disable it first.';
  if (refusal.refused === 'erased') return 'This person was erased before.';
  return `Messages still go to this person: take them out of ${refusal.by.join(', ')} first.`;
}
