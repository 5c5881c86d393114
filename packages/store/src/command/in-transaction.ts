import type { Transaction } from 'kysely';
import type { Database, Db } from '../database.ts';

/** Serialisation failure and deadlock: PostgreSQL undid the transaction and says to try again. */
const passing = new Set(['40001', '40P01']);
const mostAttempts = 4;

/** Runs `work` in one transaction, again when PostgreSQL chose it as the victim of a deadlock. */
export async function inTransaction<T>(db: Db, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === mostAttempts || !passing.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
