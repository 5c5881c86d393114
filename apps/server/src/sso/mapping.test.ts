import { createDeviceGroup } from '@throughline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDevice, addStory } from '../scope/scope-rows.fixture.ts';
import type { Browser } from '../testing/test-server.ts';
import { type SsoBench, startSsoBench } from './sso.fixture.ts';

let bench: SsoBench;
let groupId = 0;
let handGroupId = 0;

const people = async (groups: Record<string, string[]>) =>
  bench.provider.tell({
    people: Object.fromEntries(
      Object.entries(groups).map(([name, list]) => [name, { preferred_username: name, groups: list }]),
    ),
  });
const post = async (path: string, body: unknown) => (await bench.admin.call(path, { method: 'POST', body })).json;
const membersOf = async (id: number): Promise<number[]> => {
  const { items } = (await bench.admin.call('/api/user-groups')).json;
  return items.find((group: { id: number }) => group.id === id).accountIds;
};
const auditOf = async (action: string) =>
  (await bench.admin.call(`/api/audit?action=${action}&limit=50`)).json.items as {
    details: { after: Record<string, unknown> };
  }[];

beforeAll(async () => {
  bench = await startSsoBench();
  groupId = (await post('/api/user-groups', { name: 'First floor' })).id;
  handGroupId = (await post('/api/user-groups', { name: 'By hand' })).id;
  await bench.set({ admission: 'everyone' });
  await bench.map(
    { value: 'soc', gives: { kind: 'role', role: 'operator' } },
    { value: 'leads', gives: { kind: 'role', role: 'administrator' } },
    { value: 'auditors', gives: { kind: 'assignment', key: 'globalReader' } },
    { value: 'floor', gives: { kind: 'userGroup', id: groupId } },
  );
}, 60_000);
afterAll(() => bench?.stop());

describe('claims', () => {
  test('give role, further roles and membership, and take them back', async () => {
    await people({ ada: ['soc', 'auditors', 'floor'] });
    const ada = await bench.enter('ada');
    expect(ada.me.role).toBe('operator');
    expect(ada.me.permissions).toContain('audit.read');
    expect(await membersOf(groupId)).toContain(ada.me.id);
    const [entry] = await auditOf('account.sso');
    expect(entry?.details.after).toMatchObject({ role: 'operator', userGroups: [groupId], roles: ['globalReader'] });
    await people({ ada: [] });
    const later = await bench.enter('ada');
    expect([later.me.id, later.me.role]).toEqual([ada.me.id, 'reader']);
    expect(later.me.permissions).not.toContain('audit.read');
    expect(await membersOf(groupId)).not.toContain(ada.me.id);
  });

  test('leave alone what was given by hand', async () => {
    await people({ bob: [] });
    const { me } = await bench.enter('bob');
    await bench.admin.call(`/api/accounts/${me.id}`, { method: 'PATCH', body: { role: 'operator' } });
    for (const id of [groupId, handGroupId]) {
      await bench.admin.call(`/api/user-groups/${id}`, { method: 'PATCH', body: { accountIds: [me.id] } });
    }
    await people({ bob: ['floor', 'leads'] });
    expect((await bench.enter('bob')).me.role).toBe('administrator');
    await people({ bob: [] });
    expect((await bench.enter('bob')).me.role).toBe('operator');
    expect(await membersOf(groupId)).toContain(me.id);
    expect(await membersOf(handGroupId)).toContain(me.id);
  });

  test('who is refused later loses what they gave, and the sessions that began so', async () => {
    await people({ cleo: ['soc'] });
    const cleo = await bench.enter('cleo');
    await people({ cleo: [] });
    await bench.set({ admission: 'mapped' });
    expect((await bench.signIn('cleo')).headers.get('location')).toContain('sso=notMapped');
    expect((await cleo.call('/api/me')).status).toBe(401);
    const { items } = (await bench.admin.call('/api/accounts')).json;
    expect(items.find(({ id }: { id: number }) => id === cleo.me.id).role).toBe('reader');
    await bench.set({ admission: 'everyone' });
  });
});

test('a mapped user group with a device group shows exactly its part', async () => {
  const { db } = bench.server;
  const who = { tenantId: 'default', by: 'test', now: new Date(), place: () => 0 };
  const rule = { conditions: [{ property: 'name' as const, operator: 'equals' as const, values: ['fin-1'] }] };
  const group = await createDeviceGroup(db, who, {
    name: 'Finance',
    description: '',
    remediation: 'none',
    rule,
    accountIds: [],
    userGroupIds: [groupId],
  });
  const own = await addDevice(db, 'default', 'fin-1', group.id);
  const other = await addDevice(db, 'default', 'lab-1', 0);
  const story = { tenantId: 'default', author: 'root' };
  await addStory(db, {
    ...story,
    incidentId: 1,
    name: 'Finance',
    alerts: [{ id: 'fin-1', title: 'Finance', devices: [own], groups: [group.id] }],
  });
  await addStory(db, {
    ...story,
    incidentId: 2,
    name: 'Lab',
    alerts: [{ id: 'lab-1', title: 'Lab', devices: [other], groups: [0] }],
  });
  await people({ dora: ['soc', 'floor'] });
  const dora = await bench.enter('dora');
  const ids = (await dora.call('/api/incidents')).json.items.map(({ id }: { id: number }) => id);
  expect(ids).toEqual([1]);
  expect((await dora.call('/api/incidents/2')).status).toBe(404);
  expect((await dora.call('/api/alerts/lab-1')).status).toBe(404);
  await people({ dora: [] });
  await bench.set({ admission: 'mapped' });
  await bench.signIn('dora');
  expect(await membersOf(groupId)).toContain(dora.me.id); // Scope stays with who is turned away.
  await bench.set({ admission: 'everyone' });
});

test('nobody maps to more than they have, or changes a provider that gives more', async () => {
  const role = await post('/api/roles', { name: 'Access', grants: ['authorization.read', 'authorization.manage'] });
  const clerk: Browser = await bench.server.signedIn('reader', 'clerk');
  await post(`/api/roles/${role.key}/assignees`, { accountIds: [clerk.me.id], userGroupIds: [] });
  const path = `/api/sign-in/providers/${bench.providerId}`;
  const calls = [
    clerk.call(`${path}/mappings`, { method: 'POST', body: { items: [] } }),
    clerk.call(path, { method: 'PATCH', body: { groupsClaim: 'nickname' } }),
    clerk.call(path, { method: 'DELETE' }),
  ];
  for (const answer of await Promise.all(calls)) {
    expect([answer.status, answer.json.error.code]).toEqual([403, 'beyondOwnRights']);
  }
  const own = { name: 'Own', issuer: 'https://own.example', clientId: 'x' };
  const made = await clerk.call('/api/sign-in/providers', { method: 'POST', body: own });
  for (const gives of [
    { kind: 'role', role: 'administrator' },
    { kind: 'assignment', key: 'globalAdministrator' },
  ]) {
    const body = { items: [{ value: 'x', gives }] };
    const answer = await clerk.call(`/api/sign-in/providers/${made.json.id}/mappings`, { method: 'POST', body });
    expect([answer.status, answer.json.error.code]).toEqual([403, 'beyondOwnRights']);
  }
});

describe('linking', () => {
  const begin = (browser: Browser) =>
    browser.call('/api/me/identities', { method: 'POST', body: { providerId: bench.providerId, return: '/account' } });
  const flowOf = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

  test('ties an identity to the account that is signed in, which keeps its own role', async () => {
    await people({ eve: ['auditors'] });
    const eve = await bench.server.signedIn('operator', 'eve-local');
    const started = await begin(eve);
    const back = await bench.provider.walk(started.json.url, 'eve');
    const done = await bench.end(back, `${flowOf(started)}; ${eve.cookie}`);
    expect(done.headers.get('location')).toBe('/account');
    const entered = await bench.enter('eve');
    expect([entered.me.id, entered.me.role]).toEqual([eve.me.id, 'operator']);
    expect(entered.me.permissions).toContain('audit.read');
    const told = (await bench.admin.call('/api/audit?action=identity.link&limit=50')).json.items;
    expect(told[0]).toMatchObject({
      actor: { kind: 'person', name: 'eve-local' },
      outcome: 'done',
      details: { after: { identity: { subject: 'eve' } } },
    });
    const { items } = (await eve.call('/api/me/identities')).json;
    expect(items).toMatchObject([{ providerName: 'Acme', subject: 'eve' }]);
    const only = await eve.call(`/api/me/identities/${items[0].id}`, { method: 'DELETE' });
    expect([only.status, only.json.error.code]).toEqual([409, 'onlyWayIn']);
    await eve.call('/api/me/password', { method: 'POST', body: { password: 'correct horse battery' } });
    expect((await eve.call(`/api/me/identities/${items[0].id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await eve.call('/api/me')).json.permissions).not.toContain('audit.read');
  });

  test('is refused in another session, without one, and for an identity of another', async () => {
    const fay = await bench.server.signedIn('operator', 'fay');
    const gus = await bench.server.signedIn('operator', 'gus');
    for (const session of [gus.cookie, '']) {
      const started = await begin(fay);
      const back = await bench.provider.walk(started.json.url, 'fay');
      const done = await bench.end(back, `${flowOf(started)}; ${session}`);
      expect(done.headers.get('location')).toBe('/account?sso=linkSession');
    }
    await bench.enter('ada');
    const started = await begin(fay);
    const done = await bench.end(
      await bench.provider.walk(started.json.url, 'ada'),
      `${flowOf(started)}; ${fay.cookie}`,
    );
    expect(done.headers.get('location')).toBe('/account?sso=identityTaken');
    expect((await fay.call('/api/me/identities')).json.items).toEqual([]);
  });
});

test('a removed provider takes back what it gave', async () => {
  await people({ hal: ['leads'] });
  const hal = await bench.enter('hal');
  expect(hal.me.role).toBe('administrator');
  await bench.admin.call(`/api/sign-in/providers/${bench.providerId}`, { method: 'DELETE' });
  expect((await hal.call('/api/me')).json.role).toBe('reader');
});
