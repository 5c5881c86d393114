import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { nameOf, routes } from './every-route.fixture.ts';
import { plantEverything } from './plant.fixture.ts';

/**
 * Abuse 19. The attack: one stored thing of the wrong shape, from an old version, a hand in the database or a clever
 * sender, and no list that it is part of opens for anybody.
 */

const shapes = ['{}', '"text"', 'null'];

let server: TestServer;
let admin: Browser;
/** Every JSON column of what lists are made of, found in the database itself. */
let columns: { table: string; column: string; kind: string }[];

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
  await plantEverything(server, admin, 'plain', 'hidden');
  const { rows } = await sql<{ table: string; column: string; kind: string }>`
    select table_name as table, column_name as column, data_type as kind from information_schema.columns
    where table_schema = 'public' and data_type in ('json', 'jsonb')
      and table_name in (select table_name from information_schema.tables where table_type = 'BASE TABLE')
      and table_name not like 'audit%'`.execute(server.db);
  columns = rows;
}, 60_000);
afterAll(() => server?.stop());

const lists = routes.filter(
  ({ method, path, media }) => method === 'get' && !path.includes('{') && media !== 'text/event-stream',
);

test('there are columns to break and lists to open', () => {
  expect(columns.length).toBeGreaterThan(5);
  expect(lists.length).toBeGreaterThan(20);
});

describe.each(shapes)('one row that holds %s', (shape) => {
  test('breaks no list', async () => {
    const broken: string[] = [];
    for (const { table, column } of columns) {
      const before = await sql<{ id: string; value: string | null }>`
        select ctid::text as id, ${sql.ref(column)}::text as value from ${sql.table(table)} order by ctid limit 1`.execute(
        server.db,
      );
      const [row] = before.rows;
      if (row === undefined) continue;
      const put = async (value: string | null) =>
        sql<{ id: string }>`update ${sql.table(table)} set ${sql.ref(column)} = ${value}::text::jsonb
          where ctid = ${row.id}::text::tid returning ctid::text as id`.execute(server.db);
      const changed = await put(shape).catch(() => undefined);
      // The database refuses the shape itself: better still.
      if (changed === undefined) continue;
      const answers = await Promise.all(lists.map(async (route) => ({ route, answer: await admin.call(route.path) })));
      for (const { route, answer } of answers) {
        if (answer.status >= 500) broken.push(`${table}.${column} = ${shape}: ${nameOf(route)} ${answer.status}`);
      }
      row.id = changed.rows[0]?.id ?? row.id;
      await put(row.value);
    }
    expect(broken).toEqual([]);
  }, 60_000);
});
