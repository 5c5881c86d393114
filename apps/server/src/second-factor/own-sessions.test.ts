import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserOf, startTestServer, type TestServer } from '../testing/test-server.ts';
import { browserWords } from './browser-words.ts';
import { firstStep, password, withAuthenticator, withPassword } from './second-factor.fixture.ts';

let now = new Date('2026-03-01T08:00:00.000Z');
const pass = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({}, () => now);
});
afterAll(() => server?.stop());

const signIn = async (userName: string) => browserOf(server.url, (await firstStep(server, userName)).answer);

describe('sessions', () => {
  test('are listed without their secrets, and end one by one or all others at once', async () => {
    const one = await server.signedIn('reader', 'eve');
    await withPassword(one);
    const [two, three] = [await signIn('eve'), await signIn('eve')];
    const listed = await one.call('/api/me/sessions');
    expect(listed.json.items).toHaveLength(3);
    for (const { cookie } of [one, two, three]) expect(listed.text).not.toContain(cookie.split('=')[1]);
    const mine = listed.json.items.filter(({ current }: { current: boolean }) => current);
    expect(mine).toMatchObject([{ method: 'link', address: '127.0.0.1' }]);
    const { id } = (await two.call('/api/me/sessions')).json.items.find(({ current }: { current: boolean }) => current);
    expect((await one.call(`/api/me/sessions/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await two.call('/api/me')).status).toBe(401);
    expect((await one.call('/api/me/sessions', { method: 'DELETE' })).json).toEqual({ ended: 1 });
    expect((await three.call('/api/me')).status).toBe(401);
    expect((await one.call('/api/me')).status).toBe(200);
  });

  test('of another person cannot be ended', async () => {
    const [one, other] = [await server.signedIn('reader'), await server.signedIn('reader')];
    const { id } = (await other.call('/api/me/sessions')).json.items[0];
    expect((await one.call(`/api/me/sessions/${id}`, { method: 'DELETE' })).json.error.code).toBe('noSuchSession');
    expect((await other.call('/api/me')).status).toBe(200);
  });

  test('note their use at most once in five minutes', async () => {
    const person = await server.signedIn('reader');
    const seen = async () => (await person.call('/api/me/sessions')).json.items[0].lastSeenDateTime;
    const first = await seen();
    pass(4 * 60_000);
    expect(await seen()).toBe(first);
    pass(60_000);
    await person.call('/api/me');
    expect(await seen()).toBe(now.toISOString());
  });
});

describe('sensitive changes', () => {
  test('ask who it is after ten minutes, once, and take a password or a factor for it', async () => {
    const person = await server.signedIn('reader', 'sensitive');
    await withPassword(person);
    pass(10 * 60_000 + 1);
    const start = () => person.call('/api/me/authenticator', { method: 'POST' });
    expect((await start()).json.error.code).toBe('confirmationRequired');
    const confirm = (body: unknown) => person.call('/api/me/confirm', { method: 'POST', body });
    const wrong = await confirm({ password: 'wrong' });
    expect([wrong.status, wrong.json.error.code]).toEqual([403, 'wrongPassword']);
    expect((await start()).json.error.code).toBe('confirmationRequired');
    expect((await confirm({ password })).status).toBe(204);
    await withAuthenticator(person, now);
    for (const [method, path] of [
      ['POST', '/api/me/recovery-codes'],
      ['POST', '/api/me/passkeys/options'],
      ['DELETE', '/api/me/passkeys/1'],
      ['DELETE', '/api/me/authenticator'],
    ] as const) {
      pass(10 * 60_000 + 1);
      expect((await person.call(path, { method })).json.error.code).toBe('confirmationRequired');
    }
    expect((await start()).status).toBe(403);
  });

  test('a first password too', async () => {
    const person = await server.signedIn('reader');
    pass(10 * 60_000 + 1);
    const answer = await person.call('/api/me/password', { method: 'POST', body: { password } });
    expect(answer.json.error.code).toBe('confirmationRequired');
  });
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
    'Chrome on Windows',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36 Edg/141.0', 'Edge on Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/18.1 Safari/605.1', 'Safari on macOS'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1', 'Safari on iOS'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['curl/8.5', 'Unknown browser'],
  ['', 'Unknown browser'],
])('%s is %s', (userAgent, words) => {
  expect(browserWords(userAgent)).toBe(words);
});
