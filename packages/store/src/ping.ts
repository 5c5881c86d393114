import { sql } from 'kysely';
import type { Db } from './database.ts';

/** Asks the database for nothing; rejects when it does not answer. */
export async function pingDatabase(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}
