import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { AccessTables } from './database/access-tables.ts';
import type { AuditTables } from './database/audit-tables.ts';
import type { EscalationTables } from './database/escalation-tables.ts';
import type { EventTables } from './database/event-tables.ts';
import type { NotificationTables } from './database/notification-tables.ts';
import type { RearrangementTables } from './database/rearrangement-tables.ts';
import type { ScopeTables } from './database/scope-tables.ts';
import type { SecondFactorTables } from './database/second-factor-tables.ts';
import type { SecretTables } from './database/secret-table.ts';
import type { SpineTables } from './database/spine-tables.ts';
import type { SsoTables } from './database/sso-tables.ts';
import type { TuningTables } from './database/tuning-tables.ts';
import { valueParsers } from './database/value-parsers.ts';

/** Every table of the state database, as Kysely sees it. Severity columns hold ranks; instants are read as ISO text. */
export interface Database
  extends SpineTables,
    AccessTables,
    SecondFactorTables,
    AuditTables,
    SecretTables,
    NotificationTables,
    EscalationTables,
    EventTables,
    ScopeTables,
    RearrangementTables,
    SsoTables,
    TuningTables {}

/** A connection pool to the state database. */
export type Db = Kysely<Database>;

/** Where the pool complains; a pino logger or `console` fits. */
export interface DatabaseLog {
  warn(message: string): void;
}

/**
 * What the connections are for, and so how long one statement may take (ms): a page must answer or fail, a pipeline
 * transaction is large, a migration takes the time it takes (0 = no limit).
 */
export const statementTimeouts = { serve: 15_000, pipeline: 120_000, migrate: 0 } as const;

export interface ConnectOptions {
  /** Most connections held at once. */
  max: number;
  log: DatabaseLog;
  /** Default `serve`. */
  use?: keyof typeof statementTimeouts;
}

/**
 * Opens a pool to PostgreSQL 15 or later; connects at the first query. A connection lost while idle is logged and
 * replaced. `destroy()` of the result closes it.
 */
export function connect(url: string, options: ConnectOptions): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: connectPool(url, options) }) });
}

/** The bare pg pool with our value parsing and timeouts, for session locks and notifications. */
export function connectPool(url: string, { max, log, use = 'serve' }: ConnectOptions): pg.Pool {
  const pool = new pg.Pool({ ...clientConfig(url, use), max, idleTimeoutMillis: 60_000 });
  pool.on('error', (error) => log.warn(`database connection lost: ${error.message}`));
  // The pool hears only of idle connections; one lost in use rejects its next query, and must not end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Configuration of one pg client: the session is in UTC, on which reading instants relies, and a commit is on disk. */
export function clientConfig(url: string, use: keyof typeof statementTimeouts): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: `throughline-${use}`,
    options: '-c timezone=UTC -c synchronous_commit=on -c datestyle=ISO -c intervalstyle=iso_8601',
    statement_timeout: statementTimeouts[use],
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    types: valueParsers as unknown as pg.CustomTypesConfig,
  };
}
