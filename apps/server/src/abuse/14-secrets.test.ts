import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { callRoute, nameOf, routes } from './every-route.fixture.ts';
import { type Planted, plantEverything } from './plant.fixture.ts';

/**
 * Abuse 14. The attack: a secret that was entrusted to the server is read back from an answer, a log line, an export, an
 * audit entry or the database; or it follows when its destination is changed to a server of the attacker's.
 */

const secret = 'PLANTEDSECRET';
const password = 'PLANTEDSECRET correct horse';

let server: TestServer;
let admin: Browser;
let planted: Planted;
/** Texts that were handed out once. */
let once: string[];

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
  planted = await plantEverything(server, admin, 'plain', secret);
  const set = await admin.call('/api/me/password', { method: 'POST', body: { password } });
  expect(set.status).toBe(204);
  const { json } = await admin.call('/api/tokens', {
    method: 'POST',
    body: { name: 'once', scopes: ['read'], expiresInDays: 1 },
  });
  const link = await admin.call(`/api/accounts/${planted.ids['/api/accounts']}/link`, { method: 'POST' });
  const app = await admin.call('/api/me/authenticator', { method: 'POST' });
  const hooks = planted.shown.map((answer) => answer.json?.secret).filter((each) => typeof each === 'string');
  once = [
    json.token,
    String(link.json.url).split('token=')[1] ?? '',
    app.json.secret,
    ...hooks,
    admin.cookie.split('=')[1] ?? '',
  ];
  expect(once.every((text) => typeof text === 'string' && text.length > 15)).toBe(true);
  await server.flushAudit();
}, 60_000);
afterAll(() => server?.stop());

const holds = (text: string) => [secret, ...once].filter((each) => text.includes(each));

test('no answer to what put a secret in gives it back', () => {
  for (const answer of planted.shown) expect(answer.text).not.toContain(secret);
});

test('no GET answers it, exports included', async () => {
  const leaks: string[] = [];
  const ids = ['1', '2', '3'];
  for (const route of routes.filter(({ method, media }) => method === 'get' && media !== 'text/event-stream')) {
    for (const id of route.path.includes('{') ? ids : ['']) {
      const path = route.path.replaceAll(/\{\w+\}/g, id);
      const { text } = await admin.call(path);
      const found = holds(text);
      // The session's own CSRF token is not among them; the session's secret is in the cookie alone.
      if (found.length > 0) leaks.push(`${nameOf(route)} ${id}: ${found.map((each) => each.slice(0, 6))}`);
    }
  }
  expect(leaks).toEqual([]);
});

test('no log line holds it, also after a request that fails', async () => {
  await server.call('/api/session', { method: 'POST', body: { userName: secret, password } });
  const check = routes.find((route) => nameOf(route) === 'post /api/session');
  if (check !== undefined) await callRoute(admin, check, `{"userName":"x","password":"${secret}`);
  await server.call('/api/incidents', { token: `${secret}-token` });
  await server.call(`/api/session/link?token=${secret}`);
  expect(holds(server.logged())).toEqual([]);
});

test('no column of the database holds it readably', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(server.db);
  const leaks: string[] = [];
  for (const { name } of rows) {
    const bytes = [secret, ...once].map((text) => Buffer.from(text).toString('hex'));
    for (const text of [secret, ...once, ...bytes]) {
      const found = await sql`select from ${sql.table(name)} t where t::text like ${`%${text}%`} limit 1`.execute(
        server.db,
      );
      if (found.rows.length > 0) leaks.push(`${name}: ${text.slice(0, 8)}`);
    }
  }
  expect(leaks).toEqual([]);
});

test('a secret does not follow when its destination changes', async () => {
  const mail = (await admin.call('/api/notifications/mail-server')).json;
  expect(JSON.stringify(mail)).not.toContain(secret);
  const moved = await admin.call('/api/notifications/mail-server', {
    method: 'POST',
    body: {
      host: 'mail.example.com',
      port: 587,
      security: 'starttls',
      signIn: 'oauth2',
      userName: 'soc@example.com',
      fromAddress: 'soc@example.com',
      oauth: { tokenUrl: 'https://evil.example/token', clientId: 'soc', grant: 'refreshToken', scope: '' },
    },
  });
  expect(moved.status).toBe(400);
  const id = planted.ids['/api/sign-in/providers'];
  const issuer = { issuer: 'https://evil.example' };
  const provider = await admin.call(`/api/sign-in/providers/${id}`, { method: 'PATCH', body: issuer });
  expect(provider.status === 400 || provider.json.hasSecret === false || provider.json.clientSecret === null).toBe(
    true,
  );
  const hook = await admin.call('/api/notifications/webhooks', {
    method: 'POST',
    body: { name: 'moving', url: 'https://one.example/hook' },
  });
  const other = await admin.call(`/api/notifications/webhooks/${hook.json.id}`, {
    method: 'PATCH',
    body: { name: 'moving', url: 'https://two.example/hook' },
  });
  expect(other.json.secret).toMatch(/^whsec_/);
  expect(other.json.secret).not.toBe(hook.json.secret);
});
