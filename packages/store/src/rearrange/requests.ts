import type { Actor, RearrangementRequest } from '@throughline/model';
import { sql } from 'kysely';
import { storedText } from '../command/stored-text.ts';
import type { Db } from '../database.ts';
import { intakeChannel } from '../intake/append-batch.ts';
import type { WriterTransaction } from '../pipeline/writer.ts';
import type { Viewer } from '../query/viewer.ts';

/** A request that waits for the tenant's writer. */
export type WaitingRequest = { id: number; actor: Actor; viewer: Viewer; request: RearrangementRequest };

/** What became of a request. */
export type RequestAnswer = { state: 'done'; answer: unknown } | { state: 'refused'; answer: unknown };

const keptFor = sql`interval '1 day'`;

/**
 * Asks the tenant's writer to rearrange incidents; returns the number to ask for the answer with.
 *
 * @throws ChangeError `invalid` for a note that no stored text can be.
 */
export async function requestRearrangement(
  db: Db,
  viewer: Viewer,
  actor: Actor,
  request: RearrangementRequest,
): Promise<number> {
  const { note } = request;
  const { id } = await db
    .insertInto('rearrangement_request')
    .values({
      tenant_id: viewer.tenantId,
      actor_kind: actor.kind,
      actor_name: actor.name,
      groups: viewer.groups === null ? null : [...viewer.groups],
      sources: viewer.sources === null ? null : JSON.stringify(viewer.sources),
      request: JSON.stringify(note === undefined ? request : { ...request, note: storedText('note', note) }),
    })
    .returning(['id', sql`pg_notify(${intakeChannel}, ${viewer.tenantId})`.as('told')])
    .executeTakeFirstOrThrow();
  return id;
}

/** The answer to a request; null while it waits. */
export async function rearrangementAnswer(db: Db, tenantId: string, id: number): Promise<RequestAnswer | null> {
  const row = await db
    .selectFrom('rearrangement_request')
    .select(['state', 'answer'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined || row.state === 'waiting' ? null : { state: row.state, answer: row.answer };
}

/** The oldest requests that wait, in order. */
export async function waitingRequests(db: Db, tenantId: string): Promise<WaitingRequest[]> {
  const rows = await db
    .selectFrom('rearrangement_request')
    .select(['id', 'actor_kind', 'actor_name', 'groups', 'sources', 'request'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .limit(20)
    .execute();
  return rows.map(({ id, actor_kind: kind, actor_name: name, groups, sources, request }) => ({
    id,
    actor: { kind, name },
    viewer: { tenantId, userName: name, groups, sources },
    request,
  }));
}

/** Answers a request, with what was done or why not. Those answered a day ago are forgotten; the journal keeps what was done. */
export async function answerRequest(
  trx: WriterTransaction,
  id: number,
  { state, answer }: RequestAnswer,
): Promise<void> {
  await trx
    .updateTable('rearrangement_request')
    .set({ state, answer: JSON.stringify(answer) })
    .where('id', '=', id)
    .execute();
  await trx
    .deleteFrom('rearrangement_request')
    .where('state', '<>', 'waiting')
    .where('requested_at', '<', sql<string>`now() - ${keptFor}`)
    .execute();
}
