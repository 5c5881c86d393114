import { findAccount, setPassword } from '@throughline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserOf, startTestServer, type TestServer } from '../testing/test-server.ts';

const password = 'correct horse battery';
let now = new Date('2026-03-01T08:00:00.000Z');
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({}, () => now);
  const admin = await findAccount(server.db, 'default', 'admin');
  await setPassword(server.db, admin?.id ?? 0, { password, address: '192.0.2.1' }, now);
});
afterAll(() => server?.stop());

const signIn = (userName: string, guess: string, headers = {}) =>
  server.call('/api/session', { method: 'POST', body: { userName, password: guess }, headers });

describe('signing in', () => {
  test('sets a cookie that scripts and other sites cannot use', async () => {
    const answer = await signIn('admin', password);
    const cookie = answer.headers.getSetCookie().join();
    expect(answer.json).toMatchObject({ userName: 'admin', hasPassword: true });
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(answer.text).not.toContain(cookie.split(/[=;]/)[1]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('says the same for a wrong password and an unknown name', async () => {
    const [wrong, unknown] = await Promise.all([signIn('admin', 'x'), signIn('nobody', 'x')]);
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect({ ...wrong.json.error, requestId: '' }).toEqual({ ...unknown.json.error, requestId: '' });
  });

  test('never takes over a session that was planted', async () => {
    const planted = browserOf(server.url, await signIn('admin', password));
    const answer = await signIn('admin', password, { cookie: planted.cookie });
    const own = browserOf(server.url, answer);
    expect(own.cookie).not.toBe(planted.cookie);
    expect((await planted.call('/api/me')).status).toBe(401);
    expect((await own.call('/api/me')).status).toBe(200);
    const made = await signIn('admin', password, { cookie: `throughline=${'A'.repeat(43)}` });
    expect(made.headers.getSetCookie().join()).not.toContain('A'.repeat(43));
  });

  test('ends with signing out', async () => {
    const browser = browserOf(server.url, await signIn('admin', password));
    expect((await browser.call('/api/session', { method: 'DELETE' })).status).toBe(204);
    expect((await browser.call('/api/me')).status).toBe(401);
  });

  test('a burst of wrong guesses has to wait, and so does the right password', async () => {
    await server.db.deleteFrom('sign_in_throttle').execute();
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => signIn('admin', `guess ${i}`)));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(401), count(429)]).toEqual([5, 35]);
    const late = await signIn('admin', password);
    expect([late.status, late.json.error.code]).toEqual([429, 'tooManyTries']);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    await server.db.deleteFrom('sign_in_throttle').execute();
  });

  test('a one-time link works once', async () => {
    const admin = browserOf(server.url, await signIn('admin', password));
    const made = await admin.call(`/api/accounts/${admin.me.id}/link`, { method: 'POST' });
    expect(made.json.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in#token=[\w-]{43}$/);
    const token = made.json.url.split('token=')[1];
    const use = () => server.call('/api/session/link', { method: 'POST', body: { token } });
    expect((await use()).status).toBe(200);
    expect((await use()).json.error.code).toBe('linkNotValid');
  });

  test('a token that expired or was revoked opens nothing', async () => {
    const token = await server.token('operator', ['read']);
    expect((await server.call('/api/ledger', { token })).status).toBe(200);
    now = new Date(now.getTime() + 25 * 3_600_000);
    expect((await server.call('/api/ledger', { token })).json.error.code).toBe('invalidToken');
  });

  test('a made token is shown once and never again', async () => {
    const operator = await server.signedIn('operator');
    const made = await operator.call('/api/tokens', { method: 'POST', body: { name: 'x', scopes: ['intake'] } });
    expect(made.json.token).toMatch(/^tl_/);
    expect((await operator.call('/api/tokens')).text).not.toContain(made.json.token);
    expect((await operator.call(`/api/tokens/${made.json.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await server.call('/api/ledger', { token: made.json.token })).status).toBe(401);
  });

  test('a reader cannot make a token that could do more', async () => {
    const reader = await server.signedIn('reader');
    const made = await reader.call('/api/tokens', { method: 'POST', body: { name: 'x', scopes: ['intake'] } });
    expect([made.status, made.json.error.code]).toEqual([403, 'scopeBeyondRole']);
  });

  test('nobody revokes the token of another', async () => {
    const [one, other] = [await server.signedIn('operator'), await server.signedIn('operator')];
    const made = await one.call('/api/tokens', { method: 'POST', body: { name: 'x', scopes: ['read'] } });
    expect((await other.call(`/api/tokens/${made.json.id}`, { method: 'DELETE' })).status).toBe(404);
  });
});

describe('changes from other sites', () => {
  const change = { method: 'POST', body: { name: 'x', scopes: ['read'] } };

  test.each([
    ['no CSRF token', { 'x-csrf-token': '' }],
    ['the CSRF token of another session', { 'x-csrf-token': 'A'.repeat(43) }],
    ['another origin', { origin: 'https://evil.example' }],
    ['the null origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
  ])('%s', async (_name, headers) => {
    const browser = await server.signedIn('operator');
    expect((await browser.call('/api/tokens', { ...change, headers })).status).toBe(403);
    expect((await browser.call('/api/tokens')).json.items).toEqual([]);
  });

  test('the own origin passes', async () => {
    const browser = await server.signedIn('operator');
    const headers = { origin: server.url, 'sec-fetch-site': 'same-origin' };
    expect((await browser.call('/api/tokens', { ...change, headers })).status).toBe(201);
  });

  test('signing in from another site is refused too', async () => {
    expect((await signIn('admin', password, { origin: 'https://evil.example' })).json.error.code).toBe('crossSite');
  });
});

test('no secret is ever logged', async () => {
  const operator = await server.signedIn('operator');
  const made = await operator.call('/api/tokens', { method: 'POST', body: { name: 'x', scopes: ['read'] } });
  await server.call('/api/alerts?q=very-private-words', { token: made.json.token });
  const log = server.logged();
  expect(log).toContain('/api/alerts');
  for (const secret of [
    password,
    operator.cookie.split('=')[1],
    operator.me.csrfToken,
    made.json.token,
    'very-private-words',
  ]) {
    expect(log).not.toContain(secret);
  }
});
