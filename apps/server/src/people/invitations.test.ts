import { createOneTimeLink } from '@throughline/store';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Browser, browserOf, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: Browser;
/** Manages accounts, and beside that only reads. */
let delegate: Browser;
let now = Date.parse('2026-03-01T08:00:00Z');
const day = 24 * 3_600_000;
const password = 'a long enough sentence';

const send = (browser: Browser, method: string, path: string, body?: unknown): Promise<Answer> =>
  browser.call(path, { method, ...(body === undefined ? {} : { body }) });
const invite = (browser: Browser, userName: string, more: object = {}) =>
  send(browser, 'POST', '/api/invitations', { userName, displayName: userName, role: 'reader', ...more });
const tokenOf = ({ json }: Answer): string => new URL(json.url).hash.replace('#token=', '');
const open = (token: string) => server.call('/api/invitations/open', { method: 'POST', body: { token } });
const accept = (token: string, displayName = 'New') =>
  server.call('/api/invitations/accept', { method: 'POST', body: { token, displayName, password } });
const codeOf = ({ status, json }: Answer) => [status, json?.error?.code];
const names = async () =>
  ((await send(admin, 'GET', '/api/accounts')).json.items as { userName: string }[]).map(({ userName }) => userName);
const actions = async (action: string) => (await send(admin, 'GET', `/api/audit?action=${action}`)).json.items;

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
  await send(admin, 'POST', `/api/roles/${role.json.key}/assignees`, {
    accountIds: [delegate.me.id],
    userGroupIds: [],
  });
});
afterAll(() => server?.stop());

describe('an invitation', () => {
  test('makes the account when it is accepted, not before, and signs in', async () => {
    const group = await send(admin, 'POST', '/api/user-groups', { name: 'Night shift' });
    const made = await invite(admin, 'nina', {
      role: 'operator',
      userGroupIds: [group.json.id],
      note: 'n@example.com',
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      userName: 'nina',
      invitedBy: 'ada',
      note: 'n@example.com',
      userGroups: [{ name: 'Night shift' }],
      expiresDateTime: new Date(now + 7 * day).toISOString(),
    });
    expect(new URL(made.json.url).pathname).toBe('/invitation');
    expect(new URL(made.json.url).search).toBe('');
    expect(await names()).not.toContain('nina');
    expect(JSON.stringify((await send(admin, 'GET', '/api/invitations')).json)).not.toContain(tokenOf(made));

    const opened = await open(tokenOf(made));
    expect(opened.json).toMatchObject({ userName: 'nina', displayName: 'nina', invitedBy: 'ada' });
    const nina = browserOf(server.url, await accept(tokenOf(made), 'Nina N.'));
    expect(nina.me).toMatchObject({ userName: 'nina', displayName: 'Nina N.', role: 'operator', hasPassword: true });
    expect((await nina.call('/api/incidents')).status).toBe(200);
    const listed = (await send(admin, 'GET', '/api/people')).json.items.find(
      ({ userName }: { userName: string }) => userName === 'nina',
    );
    expect(listed).toMatchObject({ kind: 'person', userGroups: [{ name: 'Night shift' }], signInWays: ['password'] });
    expect(codeOf(await accept(tokenOf(made)))).toEqual([404, 'invitationNotValid']);
    expect((await send(admin, 'GET', '/api/invitations')).json.items).toEqual([]);
    expect(await actions('invitation.accept')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ actor: expect.objectContaining({ name: 'nina', kind: 'person' }), outcome: 'done' }),
        expect.objectContaining({ outcome: 'refused', details: { reason: 'invitationNotValid' } }),
      ]),
    );
    expect(JSON.stringify(await actions('invitation.create'))).not.toContain(tokenOf(made));
  });

  test('accepted many times at once makes one account', async () => {
    const token = tokenOf(await invite(admin, 'paul'));
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => accept(token, `Paul ${index}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
    expect((await names()).filter((name) => name === 'paul')).toHaveLength(1);
  });

  test('is dead when it is too old, and alive again by another link', async () => {
    const made = await invite(admin, 'olga', { expiresInDays: 1 });
    await later(day);
    expect(codeOf(await open(tokenOf(made)))).toEqual([409, 'invitationExpired']);
    expect(codeOf(await accept(tokenOf(made)))).toEqual([409, 'invitationExpired']);
    expect((await send(admin, 'GET', '/api/invitations')).json.items[0].expired).toBe(true);
    const again = await send(admin, 'POST', `/api/invitations/${made.json.id}/resend`, { expiresInDays: 3 });
    expect(again.json).toMatchObject({ userName: 'olga', expired: false });
    expect(codeOf(await accept(tokenOf(made)))).toEqual([404, 'invitationNotValid']);
    expect((await accept(tokenOf(again))).status).toBe(200);
  });

  test('is dead when it was withdrawn', async () => {
    const made = await invite(admin, 'rick');
    expect((await send(admin, 'DELETE', `/api/invitations/${made.json.id}`)).status).toBe(204);
    expect(codeOf(await accept(tokenOf(made)))).toEqual([404, 'invitationNotValid']);
    expect(codeOf(await send(admin, 'DELETE', `/api/invitations/${made.json.id}`))).toEqual([404, 'noSuchInvitation']);
    expect(await names()).not.toContain('rick');
  });

  test('is dead when a group it names was deleted', async () => {
    const group = await send(admin, 'POST', '/api/user-groups', { name: 'Short-lived' });
    const made = await invite(admin, 'gina', { userGroupIds: [group.json.id] });
    await send(admin, 'DELETE', `/api/user-groups/${group.json.id}`);
    expect(codeOf(await accept(tokenOf(made)))).toEqual([404, 'invitationNotValid']);
    expect(codeOf(await send(admin, 'POST', `/api/invitations/${made.json.id}/resend`, {}))).toEqual([
      404,
      'noSuchGroup',
    ]);
  });

  test.each([
    ['was demoted', { role: 'operator' }],
    ['was disabled', { disabled: true }],
  ])('is dead when its inviter %s', async (words, change) => {
    const bob = await server.signedIn('administrator', `bob ${words}`);
    const made = await invite(bob, `guest of who ${words}`, { role: 'operator' });
    expect((await send(admin, 'PATCH', `/api/accounts/${bob.me.id}`, change)).status).toBe(200);
    const answer = await accept(tokenOf(made));
    expect(codeOf(answer)).toEqual([409, 'inviterLacksRights']);
    expect(answer.json.error.message).toContain(`bob ${words}`);
    expect(await names()).not.toContain(`guest of who ${words}`);
    const again = await send(admin, 'POST', `/api/invitations/${made.json.id}/resend`, {});
    expect((await accept(tokenOf(again))).status).toBe(200);
  });

  test('is dead when its inviter got device groups', async () => {
    const bea = await server.signedIn('administrator', 'bea');
    const made = await invite(bea, 'guest of bea');
    const rule = { conditions: [{ property: 'name', operator: 'startsWith', values: ['x'] }] };
    await send(admin, 'POST', '/api/device-groups', { name: 'X', rule, accountIds: [bea.me.id] });
    expect(codeOf(await accept(tokenOf(made)))).toEqual([409, 'inviterLacksRights']);
    expect(codeOf(await invite(bea, 'another'))).toEqual([403, 'beyondScope']);
  });

  test('sleeps while sign-in by password is off', async () => {
    const made = await invite(admin, 'sleeper');
    const turn = (on: boolean) =>
      sql`insert into sign_in_policy (tenant_id, local_sign_in) values ('default', ${on})
        on conflict (tenant_id) do update set local_sign_in = excluded.local_sign_in`.execute(server.db);
    await turn(false);
    expect(codeOf(await open(tokenOf(made)))).toEqual([409, 'passwordsOff']);
    expect(codeOf(await accept(tokenOf(made)))).toEqual([409, 'passwordsOff']);
    expect(codeOf(await invite(admin, 'another'))).toEqual([409, 'passwordsOff']);
    expect(await names()).not.toContain('sleeper');
    await turn(true);
    expect((await accept(tokenOf(made))).status).toBe(200);
  });

  test('of a name in use is refused', async () => {
    await invite(admin, 'Zoe');
    expect(codeOf(await invite(admin, 'zoe'))).toEqual([409, 'userNameTaken']);
    expect(codeOf(await invite(admin, 'ADA'))).toEqual([409, 'userNameTaken']);
    expect(codeOf(await invite(admin, 'me'))).toEqual([409, 'userNameTaken']);
  });
});

describe('nobody gives more than they have', () => {
  test('by an invitation, by its groups or by sending it again', async () => {
    expect(codeOf(await invite(delegate, 'big', { role: 'administrator' }))).toEqual([403, 'beyondOwnRights']);
    const group = await send(admin, 'POST', '/api/user-groups', { name: 'Operators' });
    const userGroupIds = [group.json.id];
    await send(admin, 'POST', '/api/roles/securityOperator/assignees', { accountIds: [], userGroupIds });
    expect(codeOf(await invite(delegate, 'big', { userGroupIds }))).toEqual([403, 'beyondOwnRights']);
    const made = await invite(admin, 'big', { userGroupIds });
    expect(codeOf(await send(delegate, 'POST', `/api/invitations/${made.json.id}/resend`, {}))).toEqual([
      403,
      'beyondOwnRights',
    ]);
    expect((await invite(delegate, 'small')).status).toBe(201);

    const path = `/api/accounts/${delegate.me.id}/user-groups`;
    expect(codeOf(await send(delegate, 'POST', path, { userGroupIds }))).toEqual([403, 'beyondOwnRights']);
    expect((await send(admin, 'POST', path, { userGroupIds })).status).toBe(204);
    expect((await send(delegate, 'GET', '/api/me')).json.permissions).toContain('incidents.manage');
    await send(admin, 'POST', path, { userGroupIds: [] });
  });

  test('and the page says beforehand what would be refused', async () => {
    const answer = await send(delegate, 'GET', '/api/people');
    expect([answer.status, answer.json.error]).toEqual([200, undefined]);
    const { items, beyondOfRole } = answer.json;
    expect(beyondOfRole).toMatchObject({ reader: null, operator: 'incidents.manage' });
    const beyond = Object.fromEntries(
      items.map((each: { userName: string; beyond: string }) => [each.userName, each.beyond]),
    );
    expect([beyond.ada, beyond.dan]).toEqual(['incidents.manage', null]);
    const link = await send(delegate, 'POST', `/api/accounts/${admin.me.id}/link`);
    expect(codeOf(link)).toEqual([403, 'beyondOwnRights']);
  });
});

test('guessing links is slowed down', async () => {
  const wrong = 'x'.repeat(43);
  const codes = [];
  for (let index = 0; index < 6; index += 1) codes.push((await open(wrong)).status);
  expect(codes).toEqual([404, 404, 404, 404, 404, 429]);
  expect((await accept(wrong)).status).toBe(429);
});

test('another tenant’s invitations are not there', async () => {
  await server.db.insertInto('tenant').values({ id: 'far', name: 'Far' }).execute();
  const account = await server.db
    .insertInto('account')
    .values({ tenant_id: 'far', user_name: 'fay', display_name: 'Fay', role: 'administrator' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const row = await server.db
    .insertInto('invitation')
    .values({
      tenant_id: 'far',
      token_hash: Buffer.alloc(32),
      user_name: 'FARSECRET',
      display_name: 'F',
      role: 'reader',
      user_group_ids: [],
      note: '',
      invited_by: account.id,
      created_at: new Date(now),
      expires_at: new Date(now + day),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  expect((await send(admin, 'GET', '/api/invitations')).text).not.toContain('FARSECRET');
  expect((await send(admin, 'GET', '/api/people')).text).not.toContain('fay');
  expect((await send(admin, 'POST', `/api/invitations/${row.id}/resend`, {})).status).toBe(404);
  expect((await send(admin, 'DELETE', `/api/invitations/${row.id}`)).status).toBe(404);
  expect((await send(admin, 'POST', `/api/accounts/${account.id}/user-groups`, { userGroupIds: [] })).status).toBe(404);
});
