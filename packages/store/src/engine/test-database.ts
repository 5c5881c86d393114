import { randomBytes } from 'node:crypto';
import { createClient } from '@clickhouse/client';
import pg from 'pg';
import type { ClickHouseAddress } from './engines.ts';

/** A PostgreSQL database and a ClickHouse database of one test file. */
export interface TestDatabase {
  /** `postgres://…/NAME` of a new, empty PostgreSQL database. */
  databaseUrl: string;
  /** A new, empty ClickHouse database: pass all four to `createClient` of `@clickhouse/client`. */
  clickhouse: ClickHouseAddress & { database: string };
  /** Removes both, whatever is still connected. */
  drop(): Promise<void>;
}

/** What `freshDatabase` takes. */
export interface FreshDatabaseOptions {
  /** A PostgreSQL database of the same server to copy, for example one that is already migrated. */
  template?: string;
}

/**
 * Creates fresh databases on the engines of this test run (`scripts/test-engines.ts`), starting these when they are not
 * yet. Takes about 30 ms once the engines run, 1–3 s the first time in a run.
 *
 * @throws Error outside a test run.
 */
export async function freshDatabase(options: FreshDatabaseOptions = {}): Promise<TestDatabase> {
  const engines = await testEngines();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const clickhouse = { ...engines.clickhouse, database: name };
  const template = pg.escapeIdentifier(options.template ?? 'template1');
  await Promise.all([
    inPostgres(engines.databaseUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`),
    inClickHouse(engines.clickhouse, `CREATE DATABASE ${name}`),
  ]);
  const databaseUrl = new URL(engines.databaseUrl);
  databaseUrl.pathname = `/${name}`;
  return {
    databaseUrl: databaseUrl.toString(),
    clickhouse,
    async drop() {
      await Promise.all([
        inPostgres(engines.databaseUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
        inClickHouse(engines.clickhouse, `DROP DATABASE IF EXISTS ${name}`),
      ]);
    },
  };
}

/** Addresses of the engines of this test run; starts them when they are not yet. */
export async function testEngines(): Promise<{ databaseUrl: string; clickhouse: ClickHouseAddress }> {
  const broker = process.env.THROUGHLINE_TEST_ENGINES;
  if (broker === undefined) throw new Error('No test engines: run this under vitest with scripts/test-engines.ts.');
  const response = await fetch(broker);
  if (!response.ok) throw new Error(`The test engines did not start: ${await response.text()}`);
  return (await response.json()) as { databaseUrl: string; clickhouse: ClickHouseAddress };
}

async function inPostgres(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function inClickHouse(address: ClickHouseAddress, query: string): Promise<void> {
  const client = createClient(address);
  try {
    await client.command({ query });
  } finally {
    await client.close();
  }
}
