import { findAccount, setPassword } from '@throughline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, browserOf } from '../testing/test-server.ts';
import { type SsoBench, startSsoBench } from './sso.fixture.ts';

const password = 'correct horse battery';
let bench: SsoBench;
let boss: Browser;

const idOf = async (name: string) => (await findAccount(bench.server.db, 'default', name))?.id ?? 0;
const policy = (body: unknown) => bench.admin.call('/api/sign-in/policy', { method: 'PATCH', body });
const signIn = (userName: string) =>
  bench.server.call('/api/session', { method: 'POST', body: { userName, password } });
const codeOf = ({ status, json }: { status: number; json: { error?: { code: string } } | undefined }) =>
  json?.error?.code ?? status;

beforeAll(async () => {
  bench = await startSsoBench();
  const groups = { boss: ['leads'], worker: [] as string[] };
  await bench.provider.tell({
    people: Object.fromEntries(
      Object.entries(groups).map(([name, list]) => [name, { preferred_username: name, groups: list }]),
    ),
  });
  await bench.set({ admission: 'everyone' });
  await bench.map({ value: 'leads', gives: { kind: 'role', role: 'administrator' } });
  for (const name of ['admin', 'root']) {
    await setPassword(bench.server.db, await idOf(name), { password, address: '192.0.2.1' }, new Date());
  }
  bench.admin = browserOf(bench.server.url, await signIn('root'));
}, 60_000);
afterAll(() => bench?.stop());

describe('sign-in by password cannot be turned off', { concurrent: false }, () => {
  test('before a provider is proven by an administrator and a break-glass account is marked', async () => {
    expect((await bench.admin.call('/api/sign-in/policy')).json).toMatchObject({
      localSignIn: true,
      obstacles: ['noProvenProvider', 'noBreakGlassAccount'],
      couldGetIn: [],
    });
    expect(codeOf(await policy({ localSignIn: false }))).toBe('localOffNotSafe');
    await bench.enter('worker');
    const marked = await policy({ breakGlassAccountIds: [await idOf('root')] });
    expect(marked.json.obstacles).toEqual(['noProvenProvider']);
    expect(codeOf(await policy({ localSignIn: false }))).toBe('localOffNotSafe');
  });

  test('nor after the provider was changed', async () => {
    boss = await bench.enter('boss');
    expect((await bench.admin.call('/api/sign-in/policy')).json.obstacles).toEqual([]);
    await bench.set({ scopes: 'openid profile' });
    expect(codeOf(await policy({ localSignIn: false }))).toBe('localOffNotSafe');
    boss = await bench.enter('boss');
  });

  test('for an account that is no administrator with a password', async () => {
    for (const id of [boss.me.id, await idOf('worker'), 2_147_483_647]) {
      expect(codeOf(await policy({ breakGlassAccountIds: [id] }))).toMatch(/notFitForBreakGlass|beyondOwnRights/);
    }
  });
});

describe('while it is off', { concurrent: false }, () => {
  test('only break-glass accounts may use a password, which is told', async () => {
    const off = await policy({ localSignIn: false });
    expect(off.json.couldGetIn.map(({ userName, by }: { userName: string; by: string }) => [userName, by])).toEqual([
      ['boss', 'Acme'],
      ['root', 'password (break-glass)'],
    ]);
    expect((await bench.server.call('/api/sign-in/ways')).json.local).toBe(false);
    expect(codeOf(await signIn('admin'))).toBe('localSignInOff');
    const glass = browserOf(bench.server.url, await signIn('root'));
    expect(glass.me.breakGlass).toBe(true);
    expect((await bench.enter('boss')).me.breakGlass).toBe(false);
    const { items } = (await bench.admin.call('/api/audit?action=session.breakGlass')).json;
    expect(items).toHaveLength(1);
    expect(bench.server.logged()).toMatch(/"level":40[^\n]*break-glass/);
  });

  test('a wrong password says nothing of it', async () => {
    const body = { userName: 'admin', password: 'wrong' };
    expect(codeOf(await bench.server.call('/api/session', { method: 'POST', body }))).toBe('wrongCredentials');
  });

  test('a one-time link still signs in', async () => {
    const made = await bench.admin.call(`/api/accounts/${await idOf('admin')}/link`, { method: 'POST' });
    const token = made.json.url.split('token=')[1];
    const answer = await bench.server.call('/api/session/link', { method: 'POST', body: { token } });
    expect(browserOf(bench.server.url, answer).me.userName).toBe('admin');
  });

  test('the last ways in cannot be taken away', async () => {
    const provider = `/api/sign-in/providers/${bench.providerId}`;
    const root = `/api/accounts/${await idOf('root')}`;
    const change = (path: string, body: unknown) => bench.admin.call(path, { method: 'PATCH', body });
    expect(codeOf(await change(provider, { enabled: false }))).toBe('lastWayIn');
    expect(codeOf(await change(provider, { issuer: 'https://idp.example' }))).toBe('lastWayIn');
    expect(codeOf(await bench.admin.call(provider, { method: 'DELETE' }))).toBe('lastWayIn');
    expect(codeOf(await policy({ breakGlassAccountIds: [] }))).toBe('lastBreakGlass');
    for (const body of [{ disabled: true }, { role: 'operator' }]) {
      expect(codeOf(await change(root, body))).toBe('lastBreakGlass');
    }
    expect(codeOf(await change(`/api/accounts/${boss.me.id}`, { role: 'operator' }))).toBe('lastWayIn');
    await expect(
      bench.server.db.updateTable('account').set({ password_hash: null }).where('user_name', '=', 'root').execute(),
    ).rejects.toThrow(/mark another one first/);
  });

  test('the last administrator who can get in keeps the role, and the log says so', async () => {
    const { db } = bench.server;
    // The only other way in is gone: the break-glass account sees a part only, by a change below the guards.
    const { id } = await db.selectFrom('device_group').select('id').where('id', '=', 0).executeTakeFirstOrThrow();
    const scoped = { tenant_id: 'default', device_group_id: id, account_id: await idOf('root') };
    await db.insertInto('device_group_access').values(scoped).execute();
    await bench.provider.tell({ people: { boss: { preferred_username: 'boss', groups: [] } } });
    expect((await bench.enter('boss')).me.role).toBe('administrator');
    await db.deleteFrom('device_group_access').where('account_id', '=', scoped.account_id).execute();
    const { items } = (await bench.admin.call('/api/audit?action=account.sso')).json;
    expect(items[0].details.after).toMatchObject({ kept: ['role'], because: 'lastAdministrator' });
  });

  test('it can be turned on again', async () => {
    expect((await policy({ localSignIn: true })).json.localSignIn).toBe(true);
    expect((await signIn('admin')).status).toBe(200);
  });
});
