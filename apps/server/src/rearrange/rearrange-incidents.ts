import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '@throughline/access';
import type { RearrangementRefusal, RearrangementRequest, RearrangementResult } from '@throughline/model';
import { rearrangementAnswer, requestRearrangement } from '@throughline/store';
import { actorOf } from '../api/actor.ts';
import type { Services } from '../api/services.ts';
import { ApiError } from '../http/api-error.ts';

const longestWaitMs = 20_000;
const statusOf: Partial<Record<RearrangementRefusal, 403 | 404 | 500>> = {
  notFound: 404,
  beyondScope: 403,
  failed: 500,
};

/**
 * Asks the tenant's writer to rearrange incidents and waits until it has, between two batches: some milliseconds when
 * little comes in, up to a second in a flood.
 *
 * @throws ApiError 404, 403 or 409 with the reason it was refused for; 503 when nobody answered, and then it may still be
 * done.
 */
export async function rearrangeIncidents(
  { db }: Pick<Services, 'db'>,
  principal: Principal,
  request: RearrangementRequest,
): Promise<RearrangementResult> {
  const { tenantId } = principal;
  const id = await requestRearrangement(db, principal, actorOf(principal), request);
  for (let waited = 0, pause = 4; waited < longestWaitMs; waited += pause) {
    await sleep(pause);
    const answer = await rearrangementAnswer(db, tenantId, id);
    if (answer?.state === 'done') return answer.answer as RearrangementResult;
    if (answer?.state === 'refused') {
      const { reason, message } = answer.answer as { reason: RearrangementRefusal; message: string };
      throw new ApiError(statusOf[reason] ?? 409, reason, message);
    }
    pause = Math.min(100, pause * 2);
  }
  throw new ApiError(503, 'notYetDone', 'Correlation is busy: this waits in its queue and will still be done.', {
    retryAfterSeconds: 10,
  });
}
