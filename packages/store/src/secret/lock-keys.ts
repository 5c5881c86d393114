import { sql } from 'kysely';
import type { Db } from '../database.ts';

// Any constant: every process that seals or rotates must agree on it.
const lockKey = 7_412_611;

/** Until the transaction ends: `shared` keeps rotations out, `alone` also whoever seals. */
export async function lockKeys(trx: Db, use: 'shared' | 'alone'): Promise<void> {
  const lock = sql.raw(use === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`select ${lock}(${lockKey})`.execute(trx);
}
