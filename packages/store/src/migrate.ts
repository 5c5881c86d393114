import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { clientConfig } from './database.ts';

/** A database that this version must not touch, with the reason and what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** One migration: its file name without ".sql" and its text. Names sort in the order of application. */
export type Migration = { name: string; sql: string };

const shipped = new URL('./migrations/', import.meta.url);
// Any constant: two servers that start at once must agree on it.
const lockKey = 7_412_601;

/**
 * Brings the database at `url` up to this version: applies the missing migrations in order, each in its own
 * transaction, one process at a time. Returns the names applied, none when it was up to date.
 *
 * @throws MigrationError when the database was written by a newer version, or a migration it has was edited since.
 */
export async function migrate(url: string, migrations?: readonly Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await shippedMigrations());
  const client = new pg.Client(clientConfig(url, 'migrate'));
  // A connection lost in mid-query rejects that query; without a listener it would also end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, at timestamptz(3) not null default now())',
    );
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration order by 1');
    const missing = missingMigrations(wanted, rows);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** The migrations this version ships, in order. */
export async function shippedMigrations(): Promise<Migration[]> {
  const files = (await readdir(shipped)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => ({ name: file.slice(0, -4), sql: await readFile(new URL(file, shipped), 'utf8') })),
  );
}

function missingMigrations(wanted: readonly Migration[], applied: readonly { name: string; hash: string }[]) {
  const known = new Map(wanted.map((migration) => [migration.name, migration]));
  const done = new Set<string>();
  for (const { name, hash } of applied) {
    const migration = known.get(name);
    if (migration === undefined) {
      throw new MigrationError(
        `This database was written by a newer Throughline (${name}). Start that version, or restore an older backup.`,
      );
    }
    if (hash !== hashOf(migration)) {
      throw new MigrationError(
        `Migration ${name} was edited after this database applied it. Put the file back as it was and add a new one.`,
      );
    }
    done.add(name);
  }
  return wanted.filter(({ name }) => !done.has(name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into migration (name, hash) values ($1, $2)', [migration.name, hashOf(migration)]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    throw new MigrationError(`Migration ${migration.name} failed and was undone: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function hashOf({ sql }: Migration): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
}
