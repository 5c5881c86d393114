import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { addressOf, nameOf, routes, schemaOf } from './every-route.fixture.ts';

/**
 * Abuse 9. The attack: the parent in the address is one that may be touched, the child is another parent's: the check is
 * made on the one and the change on the other.
 */

/** Every route with a parent and a child in its address. A new one fails until it is asked here. */
const nested = ['delete /api/accounts/{id}/sessions/{sessionId}'];

let server: TestServer;
let admin: Browser;
let ada: Browser;
let bob: Browser;
beforeAll(async () => {
  server = await startTestServer();
  [admin, ada, bob] = await Promise.all([
    server.signedIn('administrator'),
    server.signedIn('operator', 'ada'),
    server.signedIn('operator', 'bob'),
  ]);
});
afterAll(() => server?.stop());

test('the list names every route with two ids', () => {
  expect(routes.filter(({ path }) => (path.match(/\{/g) ?? []).length > 1).map(nameOf)).toEqual(nested);
});

test('a session is ended at its own account only', async () => {
  const { items } = (await admin.call(`/api/accounts/${bob.me.id}/sessions`)).json;
  const wrong = await admin.call(`/api/accounts/${ada.me.id}/sessions/${items[0].id}`, { method: 'DELETE' });
  expect(wrong.status).toBe(404);
  expect((await bob.call('/api/me')).status).toBe(200);
  expect((await ada.call('/api/me')).status).toBe(200);
});

test('own things are touched by their owner only, whatever number is in the address', async () => {
  const made = await ada.call('/api/tokens', {
    method: 'POST',
    body: { name: 'ada', scopes: ['read'], expiresInDays: 1 },
  });
  const own: [string, string, unknown][] = [
    ['DELETE', `/api/tokens/${made.json.id}`, undefined],
    ['DELETE', `/api/me/sessions/${(await ada.call('/api/me/sessions')).json.items[0].id}`, undefined],
    ['PATCH', '/api/me/passkeys/1', { name: 'x' }],
    ['DELETE', '/api/me/passkeys/1', undefined],
    ['DELETE', '/api/me/identities/1', undefined],
  ];
  for (const [method, path, body] of own) {
    const answer = await bob.call(path, { method, ...(body === undefined ? {} : { body }) });
    expect([path, [401, 404].includes(answer.status)]).toEqual([path, true]);
  }
  expect((await ada.call('/api/me')).status).toBe(200);
  const left = (await ada.call('/api/tokens')).json;
  expect(JSON.stringify(left)).toContain('"ada"');
});

test('lists below a parent that is not there are not there either', async () => {
  const below = routes.filter((route) => route.method === 'get' && /^\/api\/[\w/-]+\/\{id\}\/\w/.test(route.path));
  expect(below.length).toBeGreaterThan(5);
  for (const route of below) {
    const needed = schemaOf(route, 'query').required ?? [];
    const query = needed.length === 0 ? '' : `?${needed.map((name) => `${name}=x`).join('&')}`;
    const answer = await admin.call(addressOf(route) + query);
    expect([nameOf(route), answer.status]).toEqual([nameOf(route), 404]);
  }
});
