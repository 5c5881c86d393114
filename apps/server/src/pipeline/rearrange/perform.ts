import type { CorrelationConfig, IncidentFacts, Rearrangement } from '@throughline/correlate';
import type { RearrangementRefusal, RearrangementResult } from '@throughline/model';
import {
  answerRequest,
  everything,
  holdGeneration,
  keepEffect,
  lockConcerned,
  placesOfAlerts,
  recordActivity,
  recordLiveEvents,
  type WaitingRequest,
  type WriterTransaction,
} from '@throughline/store';
import type { EngineState } from '../engine-state.ts';
import { merge } from './merge.ts';
import { move } from './move.ts';
import { Refused } from './refusal.ts';
import { release } from './release.ts';
import { settle } from './settle.ts';
import { activityOf, eventsOf } from './tell.ts';
import { undo } from './undo.ts';
import type { Done, Work } from './work.ts';

/** What correlation is to remember once the transaction is committed. */
export type Performed = { effect: Rearrangement; facts: Map<number, IncidentFacts>; gone: number[] };

type Options = { trx: WriterTransaction; state: EngineState; config: CorrelationConfig; now: Date };

/**
 * Does what a person asked for, whole or not at all, and writes the answer to the request. Returns what the engine is to
 * learn; it has learned nothing before. Everything happens between two batches, so that its place among the decisions is
 * known when they are replayed.
 *
 * @throws Refused: then the transaction is to be undone and the refusal written as the answer. DeletedMeanwhile when the
 * state is to be rebuilt first.
 */
export async function perform(
  { id, actor, viewer, request }: WaitingRequest,
  { trx, state, config, now }: Options,
): Promise<Performed> {
  // Whatever is deleted waits, or has made this state void.
  await holdGeneration(trx, viewer.tenantId, state.generation, []);
  const by = { actor, note: request.note ?? '', reason: 'reason' in request ? request.reason : null };
  const work: Work = { trx, viewer, now: now.toISOString(), config, by };
  const done = await carryOut(work, request);
  const { tenantId } = viewer;
  const concerned = await lockConcerned(trx, everything(tenantId), done.concerned);
  const kinds = new Map(concerned.map(({ id: incidentId, kind }) => [incidentId, kind]));
  const { remembered, facts } = await settle(work, done.concerned, kinds, (entityId) =>
    state.identities.find(entityId),
  );
  const moves = await placesOfAlerts(trx, viewer, { seqs: done.moved.map(({ seq }) => seq) });
  const effect: Rearrangement = {
    moves: moves.map((place) => [place.id, place.incidentId]),
    redirects: done.redirects,
    apart: done.apart,
    together: done.together,
    ...remembered,
  };
  for (const incident of effect.incidents) incident.background = facts.get(incident.id)?.background ?? false;
  const last = done.journal.at(-1);
  if (last === undefined) throw new Error('a rearrangement without an entry in the journal');
  await keepEffect(trx, tenantId, last, effect);
  await recordActivity(trx, tenantId, work.now, done.activity ?? activityOf(done, by));
  await recordLiveEvents(trx, tenantId, work.now, eventsOf(done, kinds));
  const answer: RearrangementResult = {
    incidentId: done.incidentId,
    rearrangementIds: done.journal,
    movedAlerts: done.moved.length,
    keptAlerts: done.kept,
  };
  await answerRequest(trx, id, { state: 'done', answer });
  return { effect, facts, gone: done.redirects.filter(([, into]) => into !== null).map(([from]) => from) };
}

/** Lets the engine learn what was done. */
export function learn({ correlator, facts: cache }: EngineState, { effect, facts, gone }: Performed): void {
  correlator.rearrange(effect);
  for (const id of gone) cache.delete(id);
  for (const [id, own] of facts) cache.set(id, own);
}

function carryOut(work: Work, request: WaitingRequest['request']): Promise<Done> {
  switch (request.kind) {
    case 'merge':
      return merge(work, request.incidentIds, request.into ?? null);
    case 'move':
      return move(work, request.alertIds, request.into);
    case 'undo':
      return undo(work, request.rearrangementId);
    case 'release':
      return release(work, request.ruleId, request.alertIds);
  }
}

/** The answer to a request that was refused, or that failed in a way that would come again. */
export function refusalAnswer(error: unknown): { reason: RearrangementRefusal; message: string } {
  if (error instanceof Refused) return { reason: error.reason, message: error.message };
  return { reason: 'failed', message: 'This could not be done, and nothing was changed: the server log says why.' };
}
