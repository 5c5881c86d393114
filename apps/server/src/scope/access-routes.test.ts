import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: Browser;
let reader: Browser;
let delegate: Browser;

const rule = { conditions: [{ property: 'name', operator: 'startsWith', values: ['fin-'] }] };
const send = (browser: Browser, method: string, path: string, body?: unknown): Promise<Answer> =>
  browser.call(path, { method, ...(body === undefined ? {} : { body }) });

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator', 'ada');
  reader = await server.signedIn('reader', 'rita');
  delegate = await server.signedIn('reader', 'dan');
});
afterAll(() => server?.stop());

describe('roles', () => {
  let key: string;

  test('there are five, with what they allow', async () => {
    const { items } = (await send(admin, 'GET', '/api/roles')).json;
    expect(items.map(({ name }: { name: string }) => name)).toEqual([
      'Global Administrator',
      'Security Administrator',
      'Security Operator',
      'Global Reader',
      'Security Reader',
    ]);
    expect(items[0].permissions).toContain('access.manage');
  });

  test('one made here holds from the next request on, and goes with its removal', async () => {
    expect((await send(reader, 'GET', '/api/audit')).status).toBe(403);
    const made = await send(admin, 'POST', '/api/roles', { name: 'Auditor', grants: ['systemSettings.read'] });
    expect([made.status, made.json.permissions]).toEqual([201, ['tokens.own', 'audit.read', 'settings.read']]);
    key = made.json.key;
    await send(admin, 'POST', `/api/roles/${key}/assignees`, { accountIds: [reader.me.id], userGroupIds: [] });
    expect((await send(reader, 'GET', '/api/audit')).status).toBe(200);
    expect((await send(reader, 'GET', '/api/me')).json.permissions).toContain('audit.read');
    const again = await send(admin, 'POST', '/api/roles', { name: 'auditor', grants: ['alerts.manage'] });
    expect([again.status, again.json.error.code]).toEqual([409, 'nameTaken']);
    await send(admin, 'DELETE', `/api/roles/${key.replace('custom-', '')}`);
    expect((await send(reader, 'GET', '/api/audit')).status).toBe(403);
  });

  test('come through a group of people too, and several add up', async () => {
    const group = await send(admin, 'POST', '/api/user-groups', { name: 'Night shift', accountIds: [reader.me.id] });
    const userGroupIds = [group.json.id];
    await send(admin, 'POST', '/api/roles/securityOperator/assignees', { accountIds: [], userGroupIds });
    await send(admin, 'POST', '/api/roles/globalReader/assignees', { accountIds: [reader.me.id], userGroupIds: [] });
    const { permissions } = (await send(reader, 'GET', '/api/me')).json;
    expect(permissions).toEqual(expect.arrayContaining(['incidents.manage', 'audit.read', 'access.read']));
    await send(admin, 'PATCH', `/api/user-groups/${group.json.id}`, { accountIds: [] });
    expect((await send(reader, 'GET', '/api/me')).json.permissions).not.toContain('incidents.manage');
    await send(admin, 'POST', '/api/roles/globalReader/assignees', { accountIds: [], userGroupIds: [] });
  });

  test.each([
    ['an unknown grant', { name: 'x', grants: ['everything.manage'] }],
    ['no grant', { name: 'x', grants: [] }],
    ['an unknown key', { name: 'x', grants: ['alerts.manage'], tenantId: 'far' }],
    ['a prototype key', JSON.parse('{"name":"x","grants":["alerts.manage"],"__proto__":{"role":"administrator"}}')],
  ])('%s is refused', async (_, body) => {
    const answer = await send(admin, 'POST', '/api/roles', body);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'invalidRequest']);
  });
});

describe('nobody rises above their own rights', () => {
  beforeAll(async () => {
    const made = await send(admin, 'POST', '/api/roles', {
      name: 'Delegate',
      grants: ['authorization.read', 'authorization.manage'],
    });
    const body = { accountIds: [delegate.me.id], userGroupIds: [] };
    await send(admin, 'POST', `/api/roles/${made.json.key}/assignees`, body);
  });

  test.each<[string, string, () => string, unknown]>([
    [
      'make an administrator',
      'POST',
      () => '/api/accounts',
      { userName: 'x', displayName: 'X', role: 'administrator' },
    ],
    ['become one', 'PATCH', () => `/api/accounts/${delegate.me.id}`, { role: 'administrator' }],
    ['disable one', 'PATCH', () => `/api/accounts/${admin.me.id}`, { disabled: true }],
    ['take one over', 'POST', () => `/api/accounts/${admin.me.id}/link`, undefined],
    ['make a stronger role', 'POST', () => '/api/roles', { name: 'y', grants: ['alerts.manage'] }],
    ['assign one', 'POST', () => '/api/roles/securityOperator/assignees', { accountIds: [], userGroupIds: [] }],
  ])('a delegate cannot %s', async (_, method, path, body) => {
    const answer = await send(delegate, method, path(), body);
    expect([answer.status, answer.json.error.code]).toEqual([403, 'beyondOwnRights']);
  });

  test('but may give what they have', async () => {
    const body = { userName: 'newcomer', displayName: 'New', role: 'reader' };
    expect((await send(delegate, 'POST', '/api/accounts', body)).status).toBe(201);
  });
});

describe('device groups', () => {
  test('are ranked, previewed, changed and told to the audit log', async () => {
    const first = await send(admin, 'POST', '/api/device-groups', { name: 'Finance', rule });
    const second = await send(admin, 'POST', '/api/device-groups', { name: 'VIP', rule, rank: 1, remediation: 'full' });
    expect([first.status, second.status]).toEqual([201, 201]);
    const order = async () =>
      (await send(admin, 'GET', '/api/device-groups')).json.items.map(({ name }: { name: string }) => name);
    expect(await order()).toEqual(['VIP', 'Finance', 'Ungrouped devices']);
    await send(admin, 'PATCH', `/api/device-groups/${first.json.id}`, { rank: 1 });
    expect(await order()).toEqual(['Finance', 'VIP', 'Ungrouped devices']);
    expect((await send(admin, 'POST', '/api/device-groups/preview', { rule })).json).toMatchObject({ matching: 0 });
    const ungrouped = await send(admin, 'PATCH', '/api/device-groups/0', { remediation: 'approveAll' });
    expect(ungrouped.json).toMatchObject({ rank: null, rule: null, remediation: 'approveAll' });
    expect((await send(admin, 'DELETE', `/api/device-groups/${second.json.id}`)).status).toBe(204);
    const { items } = (await send(admin, 'GET', '/api/audit?action=deviceGroup.change')).json;
    expect(items.length).toBeGreaterThanOrEqual(5);
    expect(items.every(({ actor }: { actor: { name: string } }) => actor.name === 'ada')).toBe(true);
  });

  test.each<[string, string, string, unknown, number, string]>([
    ['ranking the ungrouped', 'PATCH', '/api/device-groups/0', { rank: 1 }, 409, 'ungroupedStays'],
    ['removing the ungrouped', 'DELETE', '/api/device-groups/0', undefined, 409, 'ungroupedStays'],
    ['an unknown group', 'PATCH', '/api/device-groups/99999', { name: 'x' }, 404, 'noSuchGroup'],
    ['a name in use', 'POST', '/api/device-groups', { name: 'finance', rule }, 409, 'nameTaken'],
    ['nobody’s account', 'POST', '/api/device-groups', { name: 'z', rule, accountIds: [99999] }, 404, 'noSuchAccount'],
    ['nobody’s group', 'POST', '/api/device-groups', { name: 'z', rule, userGroupIds: [99999] }, 404, 'noSuchGroup'],
    ['no condition', 'POST', '/api/device-groups', { name: 'z', rule: { conditions: [] } }, 400, 'invalidRequest'],
    ['a name of control characters', 'POST', '/api/device-groups', { name: 'a\u0000b', rule }, 400, 'invalidRequest'],
  ])('%s is refused', async (_, method, path, body, status, code) => {
    const answer = await send(admin, method, path, body);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  test('a rule has each property once, at most ten values, and operators that fit', async () => {
    const condition = { property: 'name', operator: 'equals', values: ['a'] };
    for (const conditions of [
      [condition, condition],
      [{ ...condition, values: Array.from({ length: 11 }, (_, i) => `v${i}`) }],
      [{ ...condition, values: [] }],
      [{ property: 'osPlatform', operator: 'contains', values: ['win'] }],
    ]) {
      const answer = await send(admin, 'POST', '/api/device-groups/preview', { rule: { conditions } });
      expect(answer.status).toBe(400);
    }
  });

  test('somebody who sees everything always stays', async () => {
    const { items } = (await send(admin, 'GET', '/api/device-groups')).json;
    const path = `/api/device-groups/${items[0].id}`;
    const answer = await send(admin, 'PATCH', path, { accountIds: [admin.me.id] });
    // The account of the first start is an administrator too.
    expect(answer.status).toBe(200);
    expect((await send(admin, 'GET', '/api/accounts')).json.error.code).toBe('beyondScope');
    const second = await server.signedIn('administrator', 'zoe');
    const first = (await send(second, 'GET', '/api/accounts')).json.items.find(
      ({ userName }: { userName: string }) => userName === 'admin',
    );
    await send(second, 'PATCH', `/api/accounts/${first.id}`, { disabled: true });
    const all = await send(second, 'PATCH', path, { accountIds: [admin.me.id, second.me.id] });
    expect([all.status, all.json.error.code]).toEqual([409, 'lastUnscopedAdministrator']);
    const off = await send(second, 'PATCH', `/api/accounts/${second.me.id}`, { role: 'reader' });
    expect([off.status, off.json.error.code]).toEqual([409, 'lastUnscopedAdministrator']);
    const assigned = await send(second, 'DELETE', path);
    expect([assigned.status, assigned.json.error.code]).toEqual([409, 'groupAssigned']);
    expect((await send(second, 'PATCH', path, { accountIds: [] })).status).toBe(200);
    expect((await send(admin, 'GET', '/api/accounts')).status).toBe(200);
  });
});
