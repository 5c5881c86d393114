import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from './database.ts';
import { freshDatabase } from './engine/test-database.ts';
import { MigrationError, migrate, shippedMigrations } from './migrate.ts';

describe('migrate', () => {
  let url: string;
  let drop: () => Promise<void>;
  let db: Db;

  beforeAll(async () => {
    const fresh = await freshDatabase();
    url = fresh.databaseUrl;
    drop = fresh.drop;
    db = connect(url, { max: 1, log: console });
  });
  afterAll(async () => {
    await db.destroy();
    await drop();
  });

  it('applies what is missing, in order, once, also when two start together', async () => {
    const names = (await shippedMigrations()).map(({ name }) => name);
    const [a, b] = await Promise.all([migrate(url), migrate(url)]);
    expect([...a, ...b]).toEqual(names);
    expect(await migrate(url)).toEqual([]);
  });

  it('reads numbers and instants as documented', async () => {
    await db
      .insertInto('intake_batch')
      .values({
        tenant_id: 'default',
        received: 1,
        accepted: 1,
        rejected: 0,
        received_at: '2026-01-31T10:02:11.1+01:00',
      })
      .execute();
    const row = await db.selectFrom('intake_batch').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ id: 1, received_at: '2026-01-31T09:02:11.100Z', done_at: null, alerts: null });
    const { count } = await db
      .selectFrom('intake_batch')
      .select((eb) => [eb.fn.countAll<number>().as('count')])
      .executeTakeFirstOrThrow();
    expect(count).toBe(1);
  });

  it('refuses a database of a newer version and an edited migration', async () => {
    const [first, ...later] = await shippedMigrations();
    if (!first) throw new Error('no migrations are shipped');
    await expect(migrate(url, [first])).rejects.toThrow(/written by a newer Throughline \(002-/);
    await expect(migrate(url, [{ ...first, sql: `${first.sql}\n-- edited` }, ...later])).rejects.toThrow(
      /001-spine was edited/,
    );
  });

  it('undoes a migration that fails half-way and names it', async () => {
    const broken = { name: '999-broken', sql: 'create table half (a int); select no_such_function();' };
    const attempt: Promise<unknown> = migrate(url, [...(await shippedMigrations()), broken]);
    await expect(attempt).rejects.toThrow(MigrationError);
    await expect(attempt).rejects.toThrow(/999-broken failed and was undone: function no_such_function/);
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query(`select to_regclass('half') as half`);
    await client.end();
    expect(rows).toEqual([{ half: null }]);
  });
});
