import { createOneTimeLink } from '@throughline/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Browser, browserOf, startTestServer, type TestServer } from '../testing/test-server.ts';
import { codeAt, firstStep, password, secondStep, withAuthenticator, withPassword } from './second-factor.fixture.ts';

let now = new Date('2026-03-01T08:00:00.000Z');
const pass = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
let server: TestServer;
let ann: Browser;
let secret: string;
let codes: string[];

beforeAll(async () => {
  server = await startTestServer({}, () => now);
  ann = await server.signedIn('operator', 'ann');
  await withPassword(ann);
  secret = await withAuthenticator(ann, now);
  codes = (await ann.call('/api/me/recovery-codes', { method: 'POST' })).json.codes;
});
beforeEach(async () => {
  // Each test has a code of its own, and its own tries.
  pass(120_000);
  await server.db.deleteFrom('sign_in_throttle').execute();
});
afterAll(() => server?.stop());

const count = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

describe('signing in with an authenticator app', () => {
  test('asks for it after the password, and opens no session before', async () => {
    const { answer, cookie } = await firstStep(server, 'ann');
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ secondFactor: ['totp', 'recovery'], expiresDateTime: expect.any(String) });
    expect(answer.headers.getSetCookie().join()).toMatch(/^throughline-pending=.*HttpOnly; SameSite=Strict/);
    expect((await server.call('/api/me', { headers: { cookie } })).status).toBe(401);
    const done = browserOf(server.url, await secondStep(server, cookie, { code: codeAt(secret, now) }));
    expect((await done.call('/api/me')).json.userName).toBe('ann');
    const { items } = (await done.call('/api/me/sessions')).json;
    expect(items[0]).toMatchObject({ method: 'password', secondFactor: 'totp', current: true });
  });

  test.each([-30_000, 30_000])('a clock that is %i ms off is fine', async (ms) => {
    const { cookie } = await firstStep(server, 'ann');
    const code = codeAt(secret, new Date(now.getTime() + ms));
    expect((await secondStep(server, cookie, { code })).status).toBe(200);
  });

  test.each([-90_000, 90_000])('one that is %i ms off is not', async (ms) => {
    const { cookie } = await firstStep(server, 'ann');
    const code = codeAt(secret, new Date(now.getTime() + ms));
    expect((await secondStep(server, cookie, { code })).json.error.code).toBe('wrongCode');
  });

  test('a code signs in once, also when two send it at the same moment', async () => {
    const steps = await Promise.all([firstStep(server, 'ann'), firstStep(server, 'ann')]);
    const code = codeAt(secret, now);
    const answers = await Promise.all(steps.map(({ cookie }) => secondStep(server, cookie, { code })));
    expect([count(answers, 200), count(answers, 401)]).toEqual([1, 1]);
    const { cookie } = await firstStep(server, 'ann');
    expect((await secondStep(server, cookie, { code })).status).toBe(401);
  });

  test('a parallel burst of fifty wrong codes is stopped, and the right password gives no tries back', async () => {
    const { cookie } = await firstStep(server, 'ann');
    const right = codeAt(secret, now);
    const wrong = Array.from({ length: 50 }, (_, i) => String((Number(right) + i + 1) % 1_000_000).padStart(6, '0'));
    const answers = await Promise.all(wrong.map((code) => secondStep(server, cookie, { code })));
    expect([count(answers, 401), count(answers, 429)]).toEqual([5, 45]);
    // The address has to wait as well; from another one only the account's own count speaks.
    await server.db.deleteFrom('sign_in_throttle').where('key', 'like', 'address:%').execute();
    const again = await firstStep(server, 'ann');
    expect(again.answer.status).toBe(200);
    expect((await secondStep(server, again.cookie, { code: right })).status).toBe(429);
  });

  test('a waiting sign-in ends after five minutes and after its use', async () => {
    const late = await firstStep(server, 'ann');
    pass(5 * 60_000);
    const answer = await secondStep(server, late.cookie, { code: codeAt(secret, now) });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'signInAgain']);
    const { cookie } = await firstStep(server, 'ann');
    expect((await secondStep(server, cookie, { code: codeAt(secret, now) })).status).toBe(200);
    pass(60_000);
    expect((await secondStep(server, cookie, { code: codeAt(secret, now) })).json.error.code).toBe('signInAgain');
  });

  test('without the cookie of the first step there is no second', async () => {
    expect((await secondStep(server, '', { code: codeAt(secret, now) })).json.error.code).toBe('signInAgain');
  });
});

describe('recovery codes', () => {
  test('work once, also in parallel, however they are written, and are told', async () => {
    const steps = await Promise.all([1, 2, 3].map(() => firstStep(server, 'ann')));
    const recoveryCode = (codes[0] ?? '').toUpperCase().replaceAll('-', ' ');
    const answers = await Promise.all(steps.map(({ cookie }) => secondStep(server, cookie, { recoveryCode })));
    expect([count(answers, 200), count(answers, 401)]).toEqual([1, 2]);
    const entries = await server.db.selectFrom('audit_entry').selectAll().execute();
    expect(JSON.stringify(entries)).toContain('recoveryCodes.use');
  });

  test('are ten, and new ones end the old', async () => {
    expect(new Set(codes).size).toBe(10);
    const made = (await ann.call('/api/me/recovery-codes', { method: 'POST' })).json;
    const confirmed = made.error?.code;
    expect(confirmed).toBe('confirmationRequired');
    await ann.call('/api/me/confirm', { method: 'POST', body: { password } });
    const fresh = (await ann.call('/api/me/recovery-codes', { method: 'POST' })).json.codes;
    const { cookie } = await firstStep(server, 'ann');
    expect((await secondStep(server, cookie, { recoveryCode: codes[1] })).status).toBe(401);
    expect((await secondStep(server, cookie, { recoveryCode: fresh[0] })).status).toBe(200);
    expect((await ann.call('/api/me/second-factors')).json.recoveryCodesLeft).toBe(9);
  });
});

describe('links', () => {
  const useLink = async (local: boolean) => {
    const { secret: token } = await createOneTimeLink(server.db, 'default', ann.me.id, now, { local });
    return server.call('/api/session/link', { method: 'POST', body: { token } });
  };

  test('of an administrator ask for the second factor too', async () => {
    expect((await useLink(false)).json.secondFactor).toEqual(['totp', 'recovery']);
  });

  test('of the server’s own command line are the way back in', async () => {
    const browser = browserOf(server.url, await useLink(true));
    expect((await browser.call('/api/me/sessions')).json.items[0].method).toBe('localLink');
    expect((await browser.call('/api/me/authenticator', { method: 'DELETE' })).status).toBe(204);
    expect((await browser.call('/api/me/second-factors')).json).toMatchObject({
      authenticator: null,
      recoveryCodesLeft: 0,
    });
  });
});

test('no secret is in the log, in the audit log or in the table', async () => {
  const entries = JSON.stringify(await server.db.selectFrom('audit_entry').selectAll().execute());
  const stored = JSON.stringify(await server.db.selectFrom('authenticator').selectAll().execute());
  for (const text of [secret, ...codes, password]) {
    expect(server.logged()).not.toContain(text);
    expect(entries).not.toContain(text);
    expect(stored).not.toContain(text);
  }
});
