import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

/**
 * Abuse 11. The attack: somebody who may manage accounts, and little else, makes, resets, invites or becomes an account
 * that may more than they do.
 */

let server: TestServer;
let root: Browser;
/** Manages accounts and access; nothing of notifications, settings, data or response. */
let small: Browser;
let smallRole: number;

beforeAll(async () => {
  server = await startTestServer();
  root = await server.signedIn('administrator', 'the-root');
  small = await server.signedIn('reader', 'small');
  const grants = ['securityDataBasics.read', 'authorization.read', 'authorization.manage'];
  const made = await root.call('/api/roles', { method: 'POST', body: { name: 'Accounts', grants } });
  expect(made.status).toBe(201);
  smallRole = made.json.id ?? Number(String(made.json.key).split('-')[1]);
  const people = { accountIds: [small.me.id], userGroupIds: [] };
  const given = await root.call(`/api/roles/custom-${smallRole}/assignees`, { method: 'POST', body: people });
  expect(given.status).toBeLessThan(300);
});
afterAll(() => server?.stop());

const send = (method: string, path: string, body?: unknown) =>
  small.call(path, { method, ...(body === undefined ? {} : { body }) });

test('they manage accounts of their own kind', async () => {
  const body = { userName: 'fine', displayName: 'Fine', role: 'reader' };
  expect((await send('POST', '/api/accounts', body)).status).toBe(201);
  expect((await send('GET', '/api/accounts')).status).toBe(200);
});

describe('they are refused to', () => {
  const account = () => `/api/accounts/${root.me.id}`;
  const own = () => `/api/accounts/${small.me.id}`;
  const who = { userName: 'more', displayName: 'More' };
  const self = () => ({ accountIds: [small.me.id], userGroupIds: [] });
  const cases: [string, () => ReturnType<typeof send>][] = [
    ['make an administrator', () => send('POST', '/api/accounts', { ...who, role: 'administrator' })],
    ['make an operator', () => send('POST', '/api/accounts', { ...who, role: 'operator' })],
    ['raise themselves', () => send('PATCH', own(), { role: 'administrator' })],
    ['rename an administrator', () => send('PATCH', account(), { displayName: 'Mine' })],
    ['lower an administrator', () => send('PATCH', account(), { role: 'reader' })],
    ['shut an administrator out', () => send('PATCH', account(), { disabled: true })],
    ['make a link into an administrator’s account', () => send('POST', `${account()}/link`)],
    ['reset the second factors of an administrator', () => send('DELETE', `${account()}/second-factors`)],
    ['end the sessions of an administrator', () => send('DELETE', `${account()}/sessions`)],
    ['invite an administrator', () => send('POST', '/api/invitations', { ...who, role: 'administrator' })],
    [
      'make a service account that may more',
      () => send('POST', '/api/service-accounts', { ...who, role: 'administrator' }),
    ],
    [
      'give themselves the global administrator',
      () => send('POST', '/api/roles/globalAdministrator/assignees', self()),
    ],
    [
      'give themselves the security administrator',
      () => send('POST', '/api/roles/securityAdministrator/assignees', self()),
    ],
    [
      'make a role that brings more',
      () => send('POST', '/api/roles', { name: 'More', grants: ['systemSettings.manage'] }),
    ],
    [
      'make their own role bring more',
      () => send('PATCH', `/api/roles/${smallRole}`, { grants: ['authorization.manage', 'data.manage'] }),
    ],
    [
      'trust an account with break-glass',
      () => send('PATCH', '/api/sign-in/policy', { breakGlassAccountIds: [root.me.id] }),
    ],
  ];
  test.each(cases)('%s', async (_, attack) => {
    const answer = await attack();
    expect(answer.status).toBe(403);
    expect(answer.json.error.code).toBe('beyondOwnRights');
  });

  test('map a provider’s group to more than they have', async () => {
    const provider = { name: 'P', issuer: 'https://id.example.com', clientId: 'x' };
    const made = await root.call('/api/sign-in/providers', { method: 'POST', body: provider });
    for (const gives of [
      { kind: 'role', role: 'administrator' },
      { kind: 'assignment', key: 'globalAdministrator' },
    ]) {
      const items = [{ value: 'everyone', gives }];
      const answer = await send('POST', `/api/sign-in/providers/${made.json.id}/mappings`, { items });
      expect([gives.kind, answer.status]).toEqual([gives.kind, 403]);
    }
  });

  test('put anybody into a group whose roles bring more', async () => {
    const group = await root.call('/api/user-groups', { method: 'POST', body: { name: 'Admins', accountIds: [] } });
    const people = { accountIds: [], userGroupIds: [group.json.id] };
    await root.call('/api/roles/globalAdministrator/assignees', { method: 'POST', body: people });
    const ways = [
      await send('PATCH', `/api/user-groups/${group.json.id}`, { accountIds: [small.me.id] }),
      await send('POST', `${own()}/user-groups`, { userGroupIds: [group.json.id] }),
      await send('POST', '/api/invitations', { ...who, role: 'reader', userGroupIds: [group.json.id] }),
      await send('POST', '/api/service-accounts', { ...who, role: 'reader', userGroupIds: [group.json.id] }),
    ];
    expect(ways.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  test('and nothing of it happened', async () => {
    expect((await root.call('/api/me')).json).toMatchObject({ userName: 'the-root', role: 'administrator' });
    const permissions = (await small.call('/api/me')).json.permissions as string[];
    expect(permissions).not.toContain('settings.manage');
    expect(JSON.stringify((await root.call('/api/accounts')).json)).not.toContain('"more"');
  });
});
