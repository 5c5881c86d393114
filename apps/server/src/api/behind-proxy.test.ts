import { createOneTimeLink, findAccount } from '@throughline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const publicUrl = new URL('https://throughline.example.org');
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ publicUrl, trustProxy: true });
});
afterAll(() => server?.stop());

async function signIn(headers = {}) {
  const admin = await findAccount(server.db, 'default', 'admin');
  const { secret } = await createOneTimeLink(server.db, 'default', admin?.id ?? 0, new Date());
  return server.call('/api/session/link', { method: 'POST', body: { token: secret }, headers });
}

test('cookies are bound to https and to this host; links lead to the public name', async () => {
  const answer = await signIn({ origin: publicUrl.origin });
  const cookie = answer.headers.getSetCookie()[0] ?? '';
  expect(cookie).toMatch(/^__Host-throughline=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Lax/);
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
  const link = await server.call(`/api/accounts/${answer.json.id}/link`, {
    method: 'POST',
    headers: { cookie: cookie.split(';')[0] ?? '', 'x-csrf-token': answer.json.csrfToken },
  });
  expect(link.json.url).toMatch(/^https:\/\/throughline\.example\.org\/sign-in#token=/);
});

test('sign-in is throttled by the address the proxy names, the last of its list', async () => {
  const guess = (address: string, userName: string) =>
    server.call('/api/session', {
      method: 'POST',
      body: { userName, password: 'wrong' },
      headers: { 'x-forwarded-for': `203.0.113.99, ${address}` },
    });
  const answers = await Promise.all(Array.from({ length: 35 }, (_, i) => guess('192.0.2.1', `user-${i}`)));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  expect((await guess('192.0.2.2', 'user-x')).status).toBe(401);
});
