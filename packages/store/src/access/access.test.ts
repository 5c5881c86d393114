import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Db } from '../database.ts';
import { freshDatabase, type TestDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { changeAccount, createAccount, ensureFirstAccount, findAccount, listAccounts } from './accounts.ts';
import { createApiToken, findApiToken, listApiTokens, revokeApiToken } from './api-tokens.ts';
import { createOneTimeLink, oneTimeLinkMs, redeemOneTimeLink } from './one-time-links.ts';
import { closeSession, findSession, openSession, sessionIdleMs, sessionLongestMs } from './sessions.ts';
import { setPassword, signIn } from './sign-in.ts';

const start = new Date('2026-03-01T08:00:00.000Z');
const after = (ms: number) => new Date(start.getTime() + ms);
const address = '192.0.2.7';
const tenant = 'default';
let database: TestDatabase;
let db: Db;
let adminId: number;

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 8, log: console });
});
beforeEach(async () => {
  for (const table of ['session', 'one_time_link', 'api_token', 'account', 'sign_in_throttle'] as const) {
    await db.deleteFrom(table).execute();
  }
  await ensureFirstAccount(db);
  adminId = (await findAccount(db, tenant, 'ADMIN'))?.id ?? 0;
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

describe('accounts', () => {
  test('the first start makes one administrator without a password, the second none', async () => {
    await Promise.all([ensureFirstAccount(db), ensureFirstAccount(db)]);
    expect(await listAccounts(db, tenant)).toMatchObject([{ userName: 'admin', role: 'administrator' }]);
  });

  test.each(['Admin', 'ADMIN', 'me', 'Unassigned'])('the name %s is not to be had', async (userName) => {
    const adding = createAccount(db, tenant, { userName, displayName: 'A', role: 'reader' });
    await expect(adding).rejects.toMatchObject({ reason: 'userNameTaken' });
  });

  test.each([{ role: 'operator' as const }, { disabled: true }])('the last administrator stays: %o', async (change) => {
    await expect(changeAccount(db, tenant, adminId, change)).rejects.toMatchObject({ reason: 'lastAdministrator' });
  });

  test('two administrators cannot demote each other at once', async () => {
    const other = await createAccount(db, tenant, { userName: 'eve', displayName: 'Eve', role: 'administrator' });
    const demotions = [adminId, other.id].map((id) => changeAccount(db, tenant, id, { role: 'reader' }));
    const results = await Promise.allSettled(demotions);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('an account of another tenant is not there', async () => {
    await expect(changeAccount(db, 'other', adminId, { displayName: 'x' })).rejects.toMatchObject({
      reason: 'noSuchAccount',
    });
  });

  test('disabling ends sessions, links and tokens at once', async () => {
    const { id } = await createAccount(db, tenant, { userName: 'eve', displayName: 'Eve', role: 'operator' });
    const session = await openSession(db, id, start);
    const link = await createOneTimeLink(db, tenant, id, start);
    const { token } = await createApiToken(db, id, { name: 't', scopes: ['read'], expiresInDays: 1 }, start);
    await changeAccount(db, tenant, id, { disabled: true });
    expect(await findSession(db, session.secret, start)).toBeUndefined();
    expect(await redeemOneTimeLink(db, link.secret, start)).toBeUndefined();
    expect(await findApiToken(db, token, start)).toBeUndefined();
  });
});

describe('sessions', () => {
  test('hold while used and end when idle', async () => {
    const { secret, csrfToken } = await openSession(db, adminId, start);
    expect(await findSession(db, secret, after(sessionIdleMs - 1000))).toMatchObject({ userName: 'admin', csrfToken });
    expect(await findSession(db, secret, after(2 * sessionIdleMs - 2000))).toBeDefined();
    expect(await findSession(db, secret, after(4 * sessionIdleMs))).toBeUndefined();
  });

  test('end after the longest time however busy', async () => {
    const { secret } = await openSession(db, adminId, start);
    for (let at = 0; at < sessionLongestMs; at += sessionIdleMs / 2) {
      expect(await findSession(db, secret, after(at))).toBeDefined();
    }
    expect(await findSession(db, secret, after(sessionLongestMs + 1))).toBeUndefined();
  });

  test('a new sign-in replaces the session the browser had', async () => {
    const first = await openSession(db, adminId, start);
    const second = await openSession(db, adminId, start, first.secret);
    expect(await findSession(db, first.secret, start)).toBeUndefined();
    expect(await findSession(db, second.secret, start)).toBeDefined();
    await closeSession(db, second.secret);
    expect(await findSession(db, second.secret, start)).toBeUndefined();
  });

  test('nothing that is stored opens a session', async () => {
    const { secret } = await openSession(db, adminId, start);
    const row = await db.selectFrom('session').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(await findSession(db, row.token_hash.toString('base64url'), start)).toBeUndefined();
  });
});

describe('one-time links', () => {
  test('work once, also when two ask at the same moment', async () => {
    const { secret } = await createOneTimeLink(db, tenant, adminId, start);
    const uses = await Promise.all([1, 2, 3].map(() => redeemOneTimeLink(db, secret, start)));
    expect(uses.filter((use) => use?.accountId === adminId)).toHaveLength(1);
  });

  test('end after fifteen minutes', async () => {
    const { secret } = await createOneTimeLink(db, tenant, adminId, start);
    expect(await redeemOneTimeLink(db, secret, after(oneTimeLinkMs))).toBeUndefined();
  });

  test('are not made in another tenant', async () => {
    await expect(createOneTimeLink(db, 'other', adminId, start)).rejects.toMatchObject({ reason: 'noSuchAccount' });
  });
});

describe('API tokens', () => {
  const request = { name: 'forwarder', scopes: ['intake', 'read'] as const, expiresInDays: 2 };

  test('speak for their owner until they expire', async () => {
    const { token } = await createApiToken(db, adminId, request, start);
    expect(token).toMatch(/^tl_[\w-]{43}$/);
    expect(await findApiToken(db, token, after(1))).toMatchObject({ role: 'administrator', scopes: request.scopes });
    expect(await findApiToken(db, token, after(2 * 24 * 3_600_000))).toBeUndefined();
  });

  test('follow the role their owner has now', async () => {
    const { id } = await createAccount(db, tenant, { userName: 'eve', displayName: 'Eve', role: 'operator' });
    const { token } = await createApiToken(db, id, request, start);
    await changeAccount(db, tenant, id, { role: 'reader' });
    expect(await findApiToken(db, token, start)).toMatchObject({ role: 'reader' });
  });

  test('end when revoked, by their owner only', async () => {
    const { token, id } = await createApiToken(db, adminId, request, start);
    await expect(revokeApiToken(db, adminId + 1, id, start)).rejects.toMatchObject({ reason: 'noSuchToken' });
    await revokeApiToken(db, adminId, id, start);
    expect(await findApiToken(db, token, start)).toBeUndefined();
    expect(await listApiTokens(db, adminId)).toEqual([]);
  });

  test('note their use at most once a minute', async () => {
    const { token } = await createApiToken(db, adminId, request, start);
    for (const ms of [0, 30_000, 59_000]) await findApiToken(db, token, after(ms));
    expect((await listApiTokens(db, adminId))[0]?.lastUsedDateTime).toBe(start.toISOString());
    await findApiToken(db, token, after(61_000));
    expect((await listApiTokens(db, adminId))[0]?.lastUsedDateTime).toBe(after(61_000).toISOString());
  });
});

describe('sign-in', () => {
  const password = 'correct horse battery';
  beforeEach(() => setPassword(db, adminId, { password, address }, start));

  test('wants name and password, and says no more than that', async () => {
    expect(await signIn(db, { userName: 'Admin', password, address }, start)).toEqual({
      kind: 'signedIn',
      accountId: adminId,
    });
    for (const [userName, guess] of [
      ['admin', 'wrong'],
      ['nobody', password],
    ] as const) {
      expect(await signIn(db, { userName, password: guess, address }, start)).toEqual({ kind: 'refused' });
    }
  });

  test('a parallel burst of guesses gets no more tries than a slow one', async () => {
    const guesses = Array.from({ length: 60 }, (_, i) => ({ userName: 'admin', password: `guess ${i}`, address }));
    const results = await Promise.all(guesses.map((guess) => signIn(db, guess, start)));
    expect(results.filter(({ kind }) => kind === 'refused')).toHaveLength(5);
    expect(results.filter(({ kind }) => kind === 'throttled')).toHaveLength(55);
    expect(await signIn(db, { userName: 'admin', password, address }, start)).toMatchObject({ kind: 'throttled' });
  });

  test('many names from one address stop at the limit of the address', async () => {
    const results = [];
    for (let i = 0; i < 6; i += 1) {
      const guess = { userName: `user${i}`, password: 'x', address: `2001:db8::${i}` };
      results.push(await signIn(db, guess, start, { perAccount: 5, perAddress: 4 }));
    }
    expect(results.map(({ kind }) => kind)).toEqual([...Array(4).fill('refused'), 'throttled', 'throttled']);
  });

  test('the wait grows, and a right password after it clears the count', async () => {
    const guess = (text: string, ms: number) =>
      signIn(db, { userName: 'admin', password: text, address }, after(ms), { perAccount: 2, perAddress: 100 });
    await guess('a', 0);
    await guess('b', 0);
    expect(await guess('c', 1000)).toEqual({ kind: 'throttled', retryAfterMs: 29_000 });
    expect(await guess('d', 30_001)).toEqual({ kind: 'refused' });
    expect(await guess('e', 60_001)).toEqual({ kind: 'throttled', retryAfterMs: 30_000 });
    expect(await guess(password, 91_000)).toMatchObject({ kind: 'signedIn' });
    expect(await guess('f', 91_000)).toEqual({ kind: 'refused' });
  });

  test('a new password ends the other sessions and wants the old one', async () => {
    const [kept, other] = [await openSession(db, adminId, start), await openSession(db, adminId, start)];
    const change = { current: 'wrong', password: 'another long password', address };
    await expect(setPassword(db, adminId, change, start)).rejects.toMatchObject({ reason: 'wrongPassword' });
    await setPassword(db, adminId, { ...change, current: password }, start, kept.secret);
    expect(await findSession(db, kept.secret, start)).toBeDefined();
    expect(await findSession(db, other.secret, start)).toBeUndefined();
  });
});
