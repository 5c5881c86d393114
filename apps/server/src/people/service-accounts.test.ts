import {
  createOneTimeLink,
  findAccount,
  findSession,
  openSession,
  redeemOneTimeLink,
  setPassword,
} from '@throughline/store';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Browser, browserOf, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: Browser;
let delegate: Browser;
let now = Date.parse('2026-03-01T08:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;

const send = (browser: Browser, method: string, path: string, body?: unknown): Promise<Answer> =>
  browser.call(path, { method, ...(body === undefined ? {} : { body }) });
const codeOf = ({ status, json }: Answer) => [status, json?.error?.code];
const add = async (userName: string, more: object = {}): Promise<number> =>
  (await send(admin, 'POST', '/api/service-accounts', { userName, displayName: userName, role: 'operator', ...more }))
    .json.id;
const give = (id: number, more: object = {}) =>
  send(admin, 'POST', `/api/service-accounts/${id}/tokens`, {
    name: 'feed',
    scopes: ['read'],
    expiresInDays: 30,
    ...more,
  });
const reads = async (token: string) => (await server.call('/api/incidents', { token })).status;
const tokens = async (id: number) => (await send(admin, 'GET', `/api/tokens/all?account=${id}`)).json.items;

/** Time goes on: sessions of the past are over, so the administrators come in again. */
async function later(ms: number): Promise<void> {
  now += ms;
  [admin, delegate] = [await enter(admin), await enter(delegate)];
}

async function enter({ me }: Browser): Promise<Browser> {
  const { secret } = await createOneTimeLink(server.db, 'default', me.id, new Date(now));
  const body = { token: secret };
  return browserOf(server.url, await server.call('/api/session/link', { method: 'POST', body }));
}

beforeAll(async () => {
  server = await startTestServer({}, () => new Date(now));
  admin = await server.signedIn('administrator', 'ada');
  delegate = await server.signedIn('reader', 'dan');
  const role = await send(admin, 'POST', '/api/roles', {
    name: 'Delegate',
    grants: ['authorization.read', 'authorization.manage'],
  });
  const accountIds = [delegate.me.id];
  await send(admin, 'POST', `/api/roles/${role.json.key}/assignees`, { accountIds, userGroupIds: [] });
});
afterAll(() => server?.stop());

describe('a service account', () => {
  test('signs in by no way, and nobody can give it one', async () => {
    const id = await add('robot');
    expect(codeOf(await send(admin, 'POST', `/api/accounts/${id}/link`))).toEqual([409, 'serviceAccount']);
    const password = 'a long enough sentence';
    const body = { userName: 'robot', password };
    expect((await server.call('/api/session', { method: 'POST', body })).status).toBe(401);
    await expect(setPassword(server.db, id, { password, address: '192.0.2.1' }, new Date(now))).rejects.toThrow(
      /service_has_no_password/,
    );
    // Even a session or a link that came about by mistake is worth nothing.
    const { secret } = await openSession(server.db, id, new Date(now));
    expect(await findSession(server.db, secret, new Date(now))).toBeUndefined();
    const link = 'y'.repeat(43);
    await sql`insert into one_time_link (token_hash, account_id, expires_at)
      values (sha256(${link}::bytea), ${id}, ${new Date(now + hour)})`.execute(server.db);
    expect(await redeemOneTimeLink(server.db, link, new Date(now))).toBeUndefined();
  });

  test('is no administrator to rely on, and nobody work is given to', async () => {
    const id = await add('root', { role: 'administrator' });
    const first = (await findAccount(server.db, 'default', 'admin'))?.id;
    await send(admin, 'PATCH', `/api/accounts/${first}`, { disabled: true });
    expect(codeOf(await send(admin, 'PATCH', `/api/accounts/${admin.me.id}`, { disabled: true }))).toEqual([
      409,
      'lastAdministrator',
    ]);
    expect((await send(admin, 'GET', '/api/assignees')).text).not.toContain('root');
    expect((await send(admin, 'DELETE', `/api/service-accounts/${id}`)).status).toBe(204);
    expect((await send(admin, 'DELETE', `/api/service-accounts/${id}`)).status).toBe(404);
    expect((await send(admin, 'DELETE', `/api/service-accounts/${delegate.me.id}`)).status).toBe(404);
  });

  test('sees its device groups only, from the first moment on', async () => {
    const rule = { conditions: [{ property: 'name', operator: 'startsWith', values: ['fin'] }] };
    const group = await send(admin, 'POST', '/api/device-groups', { name: 'Finance', rule });
    const id = await add('finance feed', { deviceGroupIds: [group.json.id] });
    const { token } = (await give(id)).json;
    expect(await reads(token)).toBe(200);
    expect(codeOf(await server.call('/api/ledger', { token }))).toEqual([403, 'beyondScope']);
    const person = (await send(admin, 'GET', '/api/people')).json.items.find((each: { id: number }) => each.id === id);
    expect(person).toMatchObject({ kind: 'service', deviceGroups: [{ name: 'Finance' }], signInWays: ['tokens'] });
    const lost = await send(admin, 'POST', '/api/service-accounts', {
      userName: 'lost',
      displayName: 'Lost',
      role: 'reader',
      deviceGroupIds: [4711],
    });
    expect(codeOf(lost)).toEqual([404, 'noSuchGroup']);
  });
});

describe('its tokens', () => {
  test('are scoped, shown once, named in the audit log as tokens, and end for good when they are revoked', async () => {
    const id = await add('sensor');
    const { token, id: tokenId, expiresDateTime } = (await give(id, { scopes: ['intake'] })).json;
    expect(token).toMatch(/^tl_/);
    expect(expiresDateTime).toBe(new Date(now + 30 * day).toISOString());
    expect(await reads(token)).toBe(403);
    const alert = { id: 'a-1', title: 'T', severity: 'low', createdDateTime: '2026-03-01T08:00:00Z' };
    await server.call('/api/intake/graph', { method: 'POST', token, body: JSON.stringify(alert) });
    const { items } = (await send(admin, 'GET', '/api/audit?actor=sensor')).json;
    expect(items[0].actor).toEqual({ kind: 'token', name: 'sensor', id: String(tokenId) });
    const [listed] = await tokens(id);
    expect(listed).toMatchObject({ owner: { userName: 'sensor', kind: 'service' }, createdBy: 'ada', beyond: null });
    expect(JSON.stringify(await tokens(id))).not.toContain(token);
    expect((await send(admin, 'DELETE', `/api/tokens/all/${tokenId}`)).status).toBe(204);
    expect(codeOf(await server.call('/api/incidents', { token }))).toEqual([401, 'invalidToken']);
    expect(await tokens(id)).toEqual([]);
    const revoked = (await send(admin, 'GET', `/api/audit?target=token/${tokenId}&action=token.revoke`)).json.items;
    expect(revoked[0].details).toMatchObject({ before: { name: 'feed', owner: 'sensor' } });
  });

  test.each([
    ['never', {}],
    ['in more than two years', { expiresInDays: 731 }],
    ['in the past', { expiresInDays: undefined, expiresDateTime: '2025-01-01T00:00:00Z' }],
    ['beyond two years', { expiresInDays: undefined, expiresDateTime: '2029-01-01T00:00:00Z' }],
    ['at two times', { expiresDateTime: '2026-04-01T00:00:00Z' }],
  ])('cannot end %s', async (words, life) => {
    const id = await add(`bound ${words}`);
    const body = { name: 'x', scopes: ['read'], expiresInDays: words === 'never' ? undefined : 30, ...life };
    expect((await send(admin, 'POST', `/api/service-accounts/${id}/tokens`, body)).status).toBe(400);
  });

  test('are told 14 days before they end, and end', async () => {
    const id = await add('clock');
    const { token } = (
      await give(id, { expiresInDays: undefined, expiresDateTime: new Date(now + 20 * day).toISOString() })
    ).json;
    expect((await tokens(id))[0].expiringSoon).toBe(false);
    await later(6 * day);
    expect((await tokens(id))[0].expiringSoon).toBe(true);
    const people = (await send(admin, 'GET', '/api/people')).json.items;
    expect(people.find((each: { id: number }) => each.id === id)).toMatchObject({ tokens: 1, tokensExpiringSoon: 1 });
    expect(await reads(token)).toBe(200);
    await later(14 * day);
    expect(await reads(token)).toBe(401);
    expect((await tokens(id))[0].expiringSoon).toBe(false);
  });

  test('are replaced: the old one goes on for the hours given', async () => {
    const id = await add('rota');
    const first = (await give(id, { scopes: ['read', 'intake'] })).json;
    const replace = (tokenId: number, body: object) =>
      send(admin, 'POST', `/api/service-tokens/${tokenId}/replace`, { expiresInDays: 90, ...body });
    const second = (await replace(first.id, { endsInHours: 2 })).json;
    expect(second).toMatchObject({ name: 'feed', scopes: ['read', 'intake'] });
    expect([await reads(first.token), await reads(second.token)]).toEqual([200, 200]);
    await later(2 * hour);
    expect([await reads(first.token), await reads(second.token)]).toEqual([401, 200]);
    expect((await replace(first.id, {})).status).toBe(404);
    const third = (await replace(second.id, { endsInHours: 0 })).json;
    expect([await reads(second.token), await reads(third.token)]).toEqual([401, 200]);
    const own = await send(admin, 'POST', '/api/tokens', { name: 'mine', scopes: ['read'] });
    expect((await replace(own.json.id, {})).status).toBe(404);
  });

  test('end for good with the account, disabled or deleted', async () => {
    const id = await add('ending');
    const { token } = (await give(id)).json;
    await send(admin, 'PATCH', `/api/accounts/${id}`, { disabled: true });
    expect(await reads(token)).toBe(401);
    expect(codeOf(await give(id))).toEqual([409, 'serviceAccount']);
    await send(admin, 'PATCH', `/api/accounts/${id}`, { disabled: false });
    expect(await reads(token)).toBe(401);
    const second = (await give(id)).json.token;
    expect(await reads(second)).toBe(200);
    await send(admin, 'DELETE', `/api/service-accounts/${id}`);
    expect(await reads(second)).toBe(401);
  });

  test('of a person can be seen and revoked, those of another tenant not', async () => {
    const own = (await send(delegate, 'POST', '/api/tokens', { name: 'dan’s', scopes: ['read'] })).json;
    expect(await reads(own.token)).toBe(200);
    expect((await send(admin, 'DELETE', `/api/tokens/all/${own.id}`)).status).toBe(204);
    expect(await reads(own.token)).toBe(401);
    await server.db.insertInto('tenant').values({ id: 'far', name: 'Far' }).execute();
    const far = await server.db
      .insertInto('account')
      .values({ tenant_id: 'far', user_name: 'FARSECRET', display_name: 'F', role: 'reader', kind: 'service' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const token = await server.db
      .insertInto('api_token')
      .values({
        account_id: far.id,
        name: 'FARSECRET',
        token_hash: Buffer.alloc(32),
        scopes: [],
        expires_at: new Date(now + day),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect((await send(admin, 'GET', '/api/tokens/all')).text).not.toContain('FARSECRET');
    expect((await send(admin, 'DELETE', `/api/tokens/all/${token.id}`)).status).toBe(404);
    expect((await send(admin, 'POST', `/api/service-tokens/${token.id}/replace`, { expiresInDays: 1 })).status).toBe(
      404,
    );
    expect((await give(far.id)).status).toBe(404);
    expect((await send(admin, 'DELETE', `/api/service-accounts/${far.id}`)).status).toBe(404);
  });
});

test('nobody makes a service account or a token that may do more than they', async () => {
  const dan = delegate;
  const big = { userName: 'big', displayName: 'Big', role: 'operator' };
  expect(codeOf(await send(dan, 'POST', '/api/service-accounts', big))).toEqual([403, 'beyondOwnRights']);
  const id = await add('bigger');
  const { id: tokenId } = (await give(id)).json;
  const body = { name: 'x', scopes: ['read'], expiresInDays: 1 };
  for (const [method, path, sent] of [
    ['POST', `/api/service-accounts/${id}/tokens`, body],
    ['POST', `/api/service-tokens/${tokenId}/replace`, { expiresInDays: 1 }],
    ['DELETE', `/api/tokens/all/${tokenId}`, undefined],
    ['DELETE', `/api/service-accounts/${id}`, undefined],
  ] as const) {
    expect([path, ...codeOf(await send(dan, method, path, sent))]).toEqual([path, 403, 'beyondOwnRights']);
  }
  const small = await send(dan, 'POST', '/api/service-accounts', { ...big, userName: 'small', role: 'reader' });
  expect(small.status).toBe(201);
  const beyond = await send(dan, 'POST', `/api/service-accounts/${small.json.id}/tokens`, {
    ...body,
    scopes: ['write'],
  });
  expect(codeOf(beyond)).toEqual([403, 'scopeBeyondRole']);
});
