import { answerRequest, inTransaction, type WaitingRequest, type Writer } from '@throughline/store';
import type { EngineState } from '../engine-state.ts';
import { isRefusal } from '../refusal-error.ts';
import type { WorkerOptions } from '../worker.ts';
import { learn, perform, refusalAnswer } from './perform.ts';
import { Refused } from './refusal.ts';

/** What people ask of the composition of incidents, in order. Nothing may be in flight: see {@link perform}. */
export async function rearrangeBetweenBatches(
  writer: Writer,
  requests: readonly WaitingRequest[],
  state: EngineState,
  { clock, log }: Pick<WorkerOptions, 'clock' | 'log'>,
): Promise<void> {
  for (const request of requests) {
    try {
      const performed = await inTransaction(writer, (trx) =>
        perform(request, { trx, state, config: state.config, now: clock() }),
      );
      learn(state, performed);
    } catch (error) {
      if (!(error instanceof Refused) && !isRefusal(error)) throw error;
      if (!(error instanceof Refused))
        log.error(`rearrangement request ${request.id} failed: ${(error as Error).stack}`);
      const answer = refusalAnswer(error);
      await writer.transaction().execute((trx) => answerRequest(trx, request.id, { state: 'refused', answer }));
    }
  }
}
