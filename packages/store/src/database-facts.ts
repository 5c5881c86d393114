import { sql } from 'kysely';
import type { Db } from './database.ts';

/** PostgreSQL's version ("18.1") and the names of the migrations that were applied, in order. */
export async function databaseFacts(db: Db): Promise<{ version: string; migrations: string[] }> {
  const [version, migrations] = await Promise.all([
    sql<{ version: string }>`select current_setting('server_version') as version`.execute(db),
    sql<{ name: string }>`select name from migration order by name`.execute(db),
  ]);
  return { version: version.rows[0]?.version ?? 'unknown', migrations: migrations.rows.map(({ name }) => name) };
}
