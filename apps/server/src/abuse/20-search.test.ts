import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { nameOf, routes, schemaOf } from './every-route.fixture.ts';

/**
 * Abuse 20. The attack: a search text that is read as SQL, as a pattern that matches everything, or as work that never
 * ends. Values go as parameters; nothing that people write is a query.
 */

let server: TestServer;
let admin: Browser;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
  await admin.call('/api/demo', { method: 'POST' });
  await server.pipeline.idle();
}, 60_000);
afterAll(() => server?.stop());

const searching = routes.filter(
  (route) => route.method === 'get' && 'q' in (schemaOf(route, 'query').properties ?? {}) && !route.path.includes('{'),
);
// Each means itself, and nothing is called like it.
const literal = [
  "' OR '1'='1",
  "'; drop table incident; --",
  '/* x */',
  '%',
  '%_%',
  '\\',
  '\\%',
  '$1',
  `\${1}`,
  '::int',
  "E'\\x27'",
  'ＯＲ １＝１',
  '\u02BC or 1=1',
  '%\\',
  "')) UNION SELECT null --",
];

test('there is something to find, and somewhere to search', async () => {
  expect(searching.length).toBeGreaterThan(3);
  expect((await admin.call('/api/incidents?q=a')).json.total).toBeGreaterThan(0);
});

test.each(literal)('%j finds nothing but itself', async (text) => {
  for (const route of searching) {
    const answer = await admin.call(`${route.path}?q=${encodeURIComponent(text)}`);
    expect([nameOf(route), answer.status < 500]).toEqual([nameOf(route), true]);
    if (route.path === '/api/incidents') expect([text, answer.json.total]).toEqual([text, 0]);
  }
  expect((await sql`select from incident limit 1`.execute(server.db)).rows).toHaveLength(1);
});

test('every filter of every list takes hostile values as values', async () => {
  const faults: string[] = [];
  for (const route of routes.filter(
    ({ method, path, media }) => method === 'get' && !path.includes('{') && media === undefined,
  )) {
    for (const name of Object.keys(schemaOf(route, 'query').properties ?? {})) {
      for (const text of ["' or 1=1 --", '%', '\\', '\uD800', '{}', '[]']) {
        const { status } = await admin.call(`${route.path}?${name}=${encodeURIComponent(text.toWellFormed())}`);
        if (status >= 500) faults.push(`${nameOf(route)} ${name}=${text}: ${status}`);
      }
    }
  }
  expect(faults).toEqual([]);
});

test('a statement that takes too long is ended by the database', async () => {
  const { rows } = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(server.db);
  expect(rows[0]?.statement_timeout).toBe('15s');
});
