import { sql } from 'kysely';
import type { Db } from '../database.ts';

const longestError = 1000;

/** The message was accepted. */
export async function markSent(db: Db, id: number, now: Date): Promise<void> {
  await db
    .updateTable('notification_delivery')
    .set({ state: 'sent', sent_at: now, message: sql`null`, last_error: null })
    .where('id', '=', id)
    .execute();
}

/** It failed and is tried again at `due`. */
export async function markWaiting(db: Db, id: number, due: Date, error: string): Promise<void> {
  await db
    .updateTable('notification_delivery')
    .set({ state: 'waiting', due_at: due, last_error: error.slice(0, longestError) })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

/**
 * It was refused for good: a person may send it again. Its text is not kept, since it may hold an acknowledge link; a
 * later try says what is true then, under the same Message-ID.
 */
export async function markDead(db: Db, id: number, error: string): Promise<void> {
  await db
    .updateTable('notification_delivery')
    .set({ state: 'dead', message: sql`null`, last_error: error.slice(0, longestError) })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

/**
 * Gives back what a process that ended was sending. Only while no other process sends. Whatever waits is tried for
 * `grace` ms more at least: nobody tried while no server ran. Returns how many were being sent.
 */
export async function recoverSending(db: Db, now: Date, grace: number): Promise<number> {
  const latest = new Date(now.getTime() + grace);
  await db
    .updateTable('notification_delivery')
    .set({ give_up_at: latest })
    .where('state', 'in', ['waiting', 'sending'])
    .where('give_up_at', '<', latest.toISOString())
    .execute();
  const { numUpdatedRows } = await db
    .updateTable('notification_delivery')
    .set({ state: 'waiting' })
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Makes dead letters of what could not be sent in time; their text is not kept either. Returns how many. */
export async function giveUp(db: Db, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update notification_delivery set state = 'dead', message = null,
      last_error = 'Given up: ' || coalesce(last_error, 'no way out is set up for it')
    where state = 'waiting' and give_up_at <= ${now}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** When the next delivery is due (ms UTC); undefined when none waits. */
export async function nextDue(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('notification_delivery')
    .select((eb) => eb.fn.min('due_at').as('due'))
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return row?.due ? Date.parse(row.due) : undefined;
}
