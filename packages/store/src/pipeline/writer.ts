import { type Kysely, sql, type Transaction } from 'kysely';
import { type Database, type Db, statementTimeouts } from '../database.ts';

/** The connection that holds a tenant's writer lock. Everything the writer does goes through it. */
export type Writer = Kysely<Database>;
export type WriterTransaction = Transaction<Database>;

/** What a tenant has one writer for: correlation of its alerts, its telemetry. */
const lockSpaces = { alerts: 7_412_602, telemetry: 7_412_636 } as const;

/**
 * Runs `work` as the only writer of a tenant: on a connection of its own that holds an advisory lock, so that when the
 * connection is lost the lock and the transaction under way go with it. Returns undefined, without running `work`, while
 * another process holds the lock.
 */
export async function asWriter<T>(
  db: Db,
  tenantId: string,
  work: (writer: Writer) => Promise<T>,
  what: keyof typeof lockSpaces = 'alerts',
): Promise<{ result: T } | undefined> {
  return db.connection().execute(async (writer) => {
    const lock = sql`${lockSpaces[what]}::int, hashtext(${tenantId})`;
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${lock}) as held`.execute(writer);
    if (!rows[0]?.held) return undefined;
    try {
      await sql`select set_config('statement_timeout', ${String(statementTimeouts.pipeline)}, false)`.execute(writer);
      return { result: await work(writer) };
    } finally {
      // On a lost connection both fail, and both have happened already.
      await sql`reset statement_timeout`.execute(writer).catch(() => {});
      await sql`select pg_advisory_unlock(${lock})`.execute(writer).catch(() => {});
    }
  });
}
