import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../api/route.ts';
import { apiRoutes } from '../api/routes.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { withAuthenticator } from './second-factor.fixture.ts';

// All that a session can do that must set up a second factor first.
const allowed = [
  'delete /api/me/authenticator',
  'delete /api/me/passkeys/{id}',
  'delete /api/session',
  'get /api/me',
  'get /api/me/second-factors',
  'patch /api/me/passkeys/{id}',
  'post /api/me/authenticator',
  'post /api/me/authenticator/confirm',
  'post /api/me/confirm',
  'post /api/me/confirm/passkey',
  'post /api/me/passkeys',
  'post /api/me/passkeys/options',
  'post /api/me/recovery-codes',
];
const routes = apiRoutes(() => {
  throw new Error('no document is made here');
}).filter(({ access }) => access !== 'public');
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

let server: TestServer;
let admin: Browser;
let limited: Browser;
const setPolicy = (policy: string) => admin.call('/api/sign-in/second-factor', { method: 'PATCH', body: { policy } });

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator', 'root');
  limited = await server.signedIn('administrator', 'late');
});
afterAll(() => server?.stop());

describe('a policy', () => {
  test.each(['administrators', 'everyone'])('%s is refused to who has no second factor', async (policy) => {
    const answer = await setPolicy(policy);
    expect([answer.status, answer.json.error.code]).toEqual([409, 'noSecondFactor']);
  });

  test('holds from the next request on, for whom it names', async () => {
    const operator = await server.signedIn('operator', 'op');
    await withAuthenticator(admin, new Date());
    expect((await setPolicy('administrators')).status).toBe(200);
    expect((await limited.call('/api/incidents')).json.error.code).toBe('secondFactorRequired');
    expect((await operator.call('/api/incidents')).status).toBe(200);
    expect((await admin.call('/api/incidents')).status).toBe(200);
    await setPolicy('everyone');
    expect((await operator.call('/api/incidents')).json.error.code).toBe('secondFactorRequired');
    expect((await operator.call('/api/me')).json.secondFactorRequired).toBe(true);
  });

  test('the allow list is what the routes declare', () => {
    expect(
      routes
        .filter(({ duringSetUp }) => duringSetUp)
        .map(nameOf)
        .sort(),
    ).toEqual(allowed);
  });

  test.each(routes.map((route) => [nameOf(route), route] as const))('limited: %s', async (name, route) => {
    if (name === 'delete /api/session') return expect(route.duringSetUp).toBe(true);
    const path = route.path.replace(/\{\w+\}/g, '2147483647');
    const init = { method: route.method.toUpperCase(), ...(route.body === undefined ? {} : { body: {} }) };
    const answer = await limited.call(path, init);
    // Other products' shapes know no such code.
    const code = route.errors === undefined ? 'secondFactorRequired' : 'Forbidden';
    const refused = answer.status === 403 && answer.json.error.code === code;
    expect(refused).toBe(!allowed.includes(name));
  });

  test('single sign-on satisfies it, and so does a factor', async () => {
    const sso = await server.signedIn('reader', 'sso');
    expect((await sso.call('/api/incidents')).status).toBe(403);
    await server.db.updateTable('session').set({ method: 'sso' }).where('account_id', '=', sso.me.id).execute();
    expect((await sso.call('/api/incidents')).status).toBe(200);
    await withAuthenticator(limited, new Date());
    expect((await limited.call('/api/incidents')).status).toBe(200);
  });
});

describe('an administrator', () => {
  test('resets the second factor of another: sessions end, the key is gone', async () => {
    const answer = await admin.call(`/api/accounts/${limited.me.id}/second-factors`, { method: 'DELETE' });
    expect(answer.status).toBe(204);
    expect((await limited.call('/api/me')).status).toBe(401);
    expect((await admin.call(`/api/accounts/${limited.me.id}/second-factors`)).json.authenticator).toBeNull();
    const secrets = await server.db.selectFrom('secret').select('owner').execute();
    expect(secrets).toEqual([{ owner: `authenticator/${admin.me.id}` }]);
  });

  test('lists and ends the sessions of others, but not of who may do more', async () => {
    await setPolicy('optional');
    const other = await server.signedIn('operator', 'bob');
    const { items } = (await admin.call(`/api/accounts/${other.me.id}/sessions`)).json;
    expect(items).toHaveLength(1);
    expect(items[0].current).toBe(false);
    const path = `/api/accounts/${other.me.id}/sessions/${items[0].id}`;
    expect((await admin.call(path, { method: 'DELETE' })).status).toBe(204);
    expect((await other.call('/api/me')).status).toBe(401);
    // By a role that manages accounts and little else.
    const role = { name: 'Accounts', description: '', grants: ['authorization.manage'] };
    const { key } = (await admin.call('/api/roles', { method: 'POST', body: role })).json;
    const helpdesk = await server.signedIn('reader', 'helpdesk');
    const body = { accountIds: [helpdesk.me.id], userGroupIds: [] };
    await admin.call(`/api/roles/${key}/assignees`, { method: 'POST', body });
    for (const [method, end] of [
      ['GET', 'sessions'],
      ['DELETE', 'sessions'],
      ['GET', 'second-factors'],
      ['DELETE', 'second-factors'],
    ]) {
      const refused = await helpdesk.call(`/api/accounts/${admin.me.id}/${end}`, { method: method ?? '' });
      expect([refused.status, refused.json.error.code]).toEqual([403, 'beyondOwnRights']);
    }
  });
});
