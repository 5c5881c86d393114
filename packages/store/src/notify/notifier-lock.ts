import { sql } from 'kysely';
import type { Db } from '../database.ts';

const lockKey = 7_412_604;

/**
 * Runs `work` as the only notifier on the database: it holds an advisory lock on a connection of its own, so that a
 * process that dies hands over at once. `held` tells whether the lock is still ours. Returns false, without running
 * `work`, while another process holds it.
 */
export async function asNotifier(db: Db, work: (held: () => Promise<void>) => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${lockKey}) as held`.execute(connection);
    if (!rows[0]?.held) return false;
    try {
      // A query on the connection fails when the connection, and with it the lock, is gone.
      await work(async () => void (await sql`select`.execute(connection)));
      return true;
    } finally {
      await sql`select pg_advisory_unlock(${lockKey})`.execute(connection).catch(() => {});
    }
  });
}
