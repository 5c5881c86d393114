import { createClient } from '@clickhouse/client';
import pg from 'pg';
import { expect, test } from 'vitest';
import { freshDatabase } from './test-database.ts';

test('fresh databases are empty, apart from each other, and gone after drop', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  const client = new pg.Client(one.databaseUrl);
  await client.connect();
  await client.query('CREATE TABLE t (a int)');
  const other = new pg.Client(two.databaseUrl);
  await other.connect();
  expect((await other.query("SELECT to_regclass('t') AS t")).rows).toEqual([{ t: null }]);
  const events = createClient(one.clickhouse);
  await events.command({ query: 'CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a' });
  const elsewhere = createClient(two.clickhouse);
  const exists = await elsewhere.query({ query: 'EXISTS TABLE t', format: 'JSONEachRow' });
  expect(await exists.json()).toEqual([{ result: 0 }]);
  await Promise.all([events.close(), elsewhere.close(), other.end(), client.end()]);
  await Promise.all([one.drop(), two.drop()]);
  await expect(new pg.Client(one.databaseUrl).connect()).rejects.toThrow(/does not exist/);
});
