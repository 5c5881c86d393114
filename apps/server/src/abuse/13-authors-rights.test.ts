import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

/**
 * Abuse 13. The attack: what somebody set up while they had a right goes on after the right is gone: rules, digests,
 * tokens, sessions. What a rule sees with fewer device groups is asked in notify/rule-scope.test.ts.
 */

let server: TestServer;
let admin: Browser;
let author: Browser;
let token: string;
let rule: string;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
  author = await server.signedIn('administrator', 'author');
  const made = await author.call('/api/notifications/rules', {
    method: 'POST',
    body: { name: 'r', severities: ['high'], recipients: ['a@example.com'] },
  });
  rule = `/api/notifications/rules/${made.json.id}`;
  const minted = await author.call('/api/tokens', {
    method: 'POST',
    body: { name: 't', scopes: ['read', 'write'], expiresInDays: 1 },
  });
  token = minted.json.token;
});
afterAll(() => server?.stop());

const change = (body: unknown) => admin.call(`/api/accounts/${author.me.id}`, { method: 'PATCH', body });

test('while the author may, it runs', async () => {
  expect((await admin.call(rule)).json.stopped).toBeNull();
  expect((await server.call('/api/incidents/bulk', { method: 'POST', token, body: {} })).status).toBe(400);
});

test('an author who may not make rules any more stops their rules, their token and their session at once', async () => {
  expect((await change({ role: 'reader' })).status).toBe(200);
  expect((await admin.call(rule)).json.stopped).toBe('authorMayNot');
  expect((await server.call('/api/incidents/bulk', { method: 'POST', token, body: {} })).status).toBe(403);
  expect((await author.call('/api/notifications/rules')).status).toBe(403);
});

test('with the right back it runs again, without a word from anybody', async () => {
  expect((await change({ role: 'administrator' })).status).toBe(200);
  expect((await admin.call(rule)).json.stopped).toBeNull();
});

test('an author who is disabled stops everything', async () => {
  expect((await change({ disabled: true })).status).toBe(200);
  expect((await admin.call(rule)).json.stopped).toBe('authorDisabled');
  expect((await server.call('/api/incidents', { token })).status).toBe(401);
  expect((await author.call('/api/me')).status).toBe(401);
});
