import { deadLetterPage, deadLetterQuery, intakeReceipt } from '@throughline/model';
import { deadLetterRaw, listDeadLetters, markReplayed } from '@throughline/store';
import { ApiError, found } from '../http/api-error.ts';
import { takeBody } from '../intake/take-body.ts';
import { numericId } from './path-params.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export const deadLetterRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/dead-letters',
    access: 'ledger.read',
    chapter: 'Intake',
    summary: 'What could not be stored and why, newest first',
    query: deadLetterQuery,
    answer: deadLetterPage.meta({ id: 'DeadLetterPage' }),
    handle: ({ db, principal, query }) => listDeadLetters(db, principal.tenantId, query),
  }),
  route({
    method: 'get',
    path: '/api/dead-letters/{id}/raw',
    access: 'ledger.read',
    audit: { action: 'deadLetter.read', target: ({ params }) => ({ kind: 'deadLetter', id: String(params.id) }) },
    chapter: 'Intake',
    summary: 'The raw bytes of a dead letter, as a download',
    params: numericId,
    refusals: [410],
    media: 'text/plain',
    handle: async ({ db, principal, params, c }) => {
      const { raw } = found(await deadLetterRaw(db, principal.tenantId, params.id), 'dead letter');
      if (raw === null) throw rawRemoved();
      return c.body(new Uint8Array(raw), 200, {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="dead-letter-${params.id}.txt"`,
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/dead-letters/{id}/replay',
    access: 'deadLetters.replay',
    audit: {
      action: 'deadLetter.replay',
      target: ({ params }) => ({ kind: 'deadLetter', id: String(params.id) }),
    },
    chapter: 'Intake',
    summary: 'Send a dead letter through intake again',
    description: 'It counts as newly received; the letter stays.',
    params: numericId,
    answer: intakeReceipt.meta({ id: 'IntakeReceipt' }),
    status: 202,
    refusals: [409, 410],
    handle: async (call) => {
      const { db, principal, params } = call;
      const letter = found(await deadLetterRaw(db, principal.tenantId, params.id), 'dead letter');
      if (letter.replayedDateTime !== null) throw replayedBefore();
      if (letter.raw === null) throw rawRemoved();
      // What no format recognised then, one may recognise now.
      const source = letter.source === 'unknown' ? 'auto' : letter.source;
      const receipt = await takeBody(call.intake, { source, bytes: letter.raw }, principal.tenantId);
      if (!(await markReplayed(db, principal.tenantId, params.id, Number(receipt.batchId)))) throw replayedBefore();
      return receipt;
    },
  }),
];

function rawRemoved(): ApiError {
  return new ApiError(410, 'rawRemoved', 'The raw record was removed by age (Settings, Retention and deletion).');
}

function replayedBefore(): ApiError {
  return new ApiError(409, 'alreadyReplayed', 'This dead letter was replayed before.');
}
