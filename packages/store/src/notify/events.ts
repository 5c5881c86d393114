import type { ActionEvent, ReportEvent } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** A response action or a threat report that rules have not judged. */
export type StoredEvent =
  | { id: number; kind: 'action'; event: ActionEvent }
  | { id: number; kind: 'report'; event: ReportEvent };
type EventKind = StoredEvent['kind'];

/** Tells the rules of a response action. Belongs into the transaction that carries it out. */
export async function tellAction(trx: Db, tenantId: string, event: ActionEvent): Promise<void> {
  await put(trx, tenantId, 'action', event);
}

/** Tells the rules of a threat report. Belongs into the transaction that stores it. */
export async function tellReport(trx: Db, tenantId: string, event: ReportEvent): Promise<void> {
  await put(trx, tenantId, 'report', event);
}

async function put(trx: Db, tenantId: string, kind: EventKind, event: ActionEvent | ReportEvent): Promise<void> {
  await trx
    .insertInto('notification_event')
    .values({ tenant_id: tenantId, kind, event: JSON.stringify(event) })
    .execute();
}

/** Takes the next events that were not judged, oldest first, at most `limit`: they are judged when the transaction ends. */
export async function takeEvents(trx: Db, tenantId: string, limit: number): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    update notification_event e set judged = true
    from (select id from notification_event where tenant_id = ${tenantId} and not judged order by id limit ${limit}
      for update) t
    where e.id = t.id returning e.id, e.kind, e.event`.execute(trx);
  return rows.sort((a, b) => a.id - b.id);
}

/** Events since `since`, newest first, at most 10,000. */
export async function eventsSince(db: Db, tenantId: string, kind: EventKind, since: Date): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select id, kind, event from notification_event
    where tenant_id = ${tenantId} and kind = ${kind} and at >= ${since} order by id desc limit 10000`.execute(db);
  return rows;
}

/** The kinds of events that something on this server has ever told of, as far as they are kept. */
export async function emittedKinds(db: Db, tenantId: string): Promise<EventKind[]> {
  const { rows } = await sql<{ kind: EventKind }>`
    select kind from unnest(array['action', 'report']) kind
    where exists (select from notification_event e where e.tenant_id = ${tenantId} and e.kind = kind.kind)`.execute(db);
  return rows.map(({ kind }) => kind);
}

/** Forgets judged events from before `before`. */
export async function pruneEvents(db: Db, before: Date): Promise<void> {
  await sql`delete from notification_event where judged and at < ${before}`.execute(db);
}
