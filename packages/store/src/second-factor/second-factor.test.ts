import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '../access/accounts.ts';
import { connect, type Db } from '../database.ts';
import { freshDatabase, type TestDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { rotateSecrets } from '../secret/rotate-secrets.ts';
import { keysInFile, type SecretKeys } from '../secret/secret-keys.ts';
import {
  authenticatorSecret,
  confirmAuthenticator,
  removeAuthenticator,
  startAuthenticator,
  takeStep,
} from './authenticator.ts';
import { type Challenge, challengeMs, keepChallenge, takeChallenge } from './passkey-challenge.ts';
import { addPasskey, findPasskey, mostPasskeys, removePasskey, takeCounter, userHandleOf } from './passkeys.ts';
import { closePendingSignIn, findPendingSignIn, openPendingSignIn, pendingSignInMs } from './pending-sign-in.ts';
import { countRecoveryCodes, renewRecoveryCodes, useRecoveryCode } from './recovery-codes.ts';
import { factorsOf, readSecondFactors } from './second-factor-state.ts';

const now = new Date('2026-03-01T08:00:00.000Z');
const after = (ms: number) => new Date(now.getTime() + ms);
let database: TestDatabase;
let folder: string;
let keys: SecretKeys;
let db: Db;
let made = 0;

beforeAll(async () => {
  [database, folder] = await Promise.all([freshDatabase(), mkdtemp(join(tmpdir(), 'throughline-factors-'))]);
  keys = keysInFile(join(folder, 'secrets.key'));
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 8, log: console });
});
afterAll(async () => {
  await db?.destroy();
  await Promise.all([database?.drop(), rm(folder, { recursive: true, force: true })]);
});

async function owner() {
  made += 1;
  const { id } = await createAccount(db, 'default', { userName: `p${made}`, displayName: 'P', role: 'reader' });
  return { tenantId: 'default', accountId: id };
}
const key = (id: string, counter = 0) => ({
  id,
  publicKey: Buffer.from([1, 2, 3]),
  rpId: 'localhost',
  userHandle: 'aGFuZGxl',
  counter,
  transports: ['internal'],
  name: id,
});

describe('an authenticator', () => {
  test('counts once it is confirmed, is sealed, survives a rotation of keys and goes with its key', async () => {
    const who = await owner();
    await startAuthenticator(db, keys, who, 'FIRSTKEY', now);
    await startAuthenticator(db, keys, who, 'SECONDKEY', now);
    expect(await takeStep(db, who, 1, now)).toBe(false);
    expect(factorsOf(await readSecondFactors(db, who.accountId))).toEqual([]);
    expect(await authenticatorSecret(db, keys, who, 'confirmed')).toBeUndefined();
    const confirmed = await Promise.all([1, 2].map((step) => confirmAuthenticator(db, who, step, now)));
    expect(confirmed.sort()).toEqual([false, true]);
    await expect(startAuthenticator(db, keys, who, 'THIRDKEY', now)).rejects.toMatchObject({
      reason: 'authenticatorPresent',
    });
    await rotateSecrets(db, keys);
    expect(await authenticatorSecret(db, keys, who, 'confirmed')).toBe('SECONDKEY');
    await removeAuthenticator(db, who);
    expect(await db.selectFrom('secret').selectAll().execute()).toEqual([]);
    await expect(removeAuthenticator(db, who)).rejects.toMatchObject({ reason: 'noSecondFactor' });
  });

  test('takes each step once and none that is older', async () => {
    const who = await owner();
    await startAuthenticator(db, keys, who, 'KEY', now);
    await confirmAuthenticator(db, who, 10, now);
    expect(await takeStep(db, who, 10, now)).toBe(false);
    const both = await Promise.all([takeStep(db, who, 12, now), takeStep(db, who, 12, now)]);
    expect(both.sort()).toEqual([false, true]);
    expect(await takeStep(db, who, 11, now)).toBe(false);
    expect(await takeStep(db, who, 13, now)).toBe(true);
  });
});

describe('recovery codes', () => {
  test('need a factor, are stored as hashes, are used once and go with the last factor', async () => {
    const { accountId } = await owner();
    await expect(renewRecoveryCodes(db, accountId)).rejects.toMatchObject({ reason: 'noSecondFactor' });
    const { id } = await addPasskey(db, accountId, key('codes'), now);
    const codes = await renewRecoveryCodes(db, accountId);
    expect(new Set(codes).size).toBe(10);
    const [code = ''] = codes;
    const uses = await Promise.all([1, 2, 3, 4].map(() => useRecoveryCode(db, accountId, code, now)));
    expect(uses.filter((use) => use !== undefined)).toEqual([{ left: 9 }]);
    const other = await owner();
    expect(await useRecoveryCode(db, other.accountId, codes[1] ?? '', now)).toBeUndefined();
    await Promise.all([renewRecoveryCodes(db, accountId), renewRecoveryCodes(db, accountId)]);
    expect(await countRecoveryCodes(db, accountId)).toBe(10);
    await removePasskey(db, accountId, id);
    expect(await countRecoveryCodes(db, accountId)).toBe(0);
  });
});

describe('passkeys', () => {
  test('are known once, at most twenty an account, and of the own account only', async () => {
    const [one, other] = [await owner(), await owner()];
    const { id } = await addPasskey(db, one.accountId, key('mine'), now);
    await expect(addPasskey(db, other.accountId, key('mine'), now)).rejects.toMatchObject({ reason: 'passkeyKnown' });
    await expect(removePasskey(db, other.accountId, id)).rejects.toMatchObject({ reason: 'noSuchPasskey' });
    expect(await userHandleOf(db, one.accountId)).toBe('aGFuZGxl');
    expect(await userHandleOf(db, other.accountId)).not.toBe(await userHandleOf(db, other.accountId));
    for (let i = 1; i < mostPasskeys; i += 1) await addPasskey(db, one.accountId, key(`mine-${i}`), now);
    await expect(addPasskey(db, one.accountId, key('more'), now)).rejects.toMatchObject({ reason: 'tooManyPasskeys' });
  });

  test('of a disabled account are not found', async () => {
    const { accountId } = await owner();
    await addPasskey(db, accountId, key('gone'), now);
    expect(await findPasskey(db, 'gone')).toMatchObject({ accountId });
    await db.updateTable('account').set({ disabled: true }).where('id', '=', accountId).execute();
    expect(await findPasskey(db, 'gone')).toBeUndefined();
  });

  test.each([
    [0, 0, true],
    [0, 5, true],
    [5, 6, true],
    [5, 5, false],
    [5, 4, false],
    [5, 0, false],
  ])('a counter at %i takes %i: %s', async (before, told, takes) => {
    const { accountId } = await owner();
    const { id } = await addPasskey(db, accountId, key(`counter-${before}-${told}`, before), now);
    expect(await takeCounter(db, id, told, now)).toBe(takes);
  });
});

describe('challenges', () => {
  const keep = (kept: Partial<Challenge> = {}) =>
    keepChallenge(db, { purpose: 'signIn', challenge: 'c', accountId: null, ...kept }, now);
  const use = { purpose: 'signIn', accountId: null } as const;

  test('are answered once', async () => {
    const secret = await keep({ userHandle: 'h' });
    const taken = await Promise.all([1, 2, 3].map(() => takeChallenge(db, secret, use, now)));
    expect(taken.filter((one) => one !== undefined)).toEqual([{ challenge: 'c', userHandle: 'h' }]);
  });

  test('answer nothing else, nobody else and nothing late', async () => {
    const { accountId } = await owner();
    expect(await takeChallenge(db, await keep(), { ...use, purpose: 'confirm' }, now)).toBeUndefined();
    expect(await takeChallenge(db, await keep({ accountId }), use, now)).toBeUndefined();
    expect(await takeChallenge(db, await keep(), { ...use, accountId }, now)).toBeUndefined();
    expect(await takeChallenge(db, await keep(), use, after(challengeMs))).toBeUndefined();
    expect(await takeChallenge(db, '', use, now)).toBeUndefined();
  });
});

describe('a waiting sign-in', () => {
  test('is found until it is closed, too old or its account disabled', async () => {
    const { accountId } = await owner();
    const { secret } = await openPendingSignIn(db, accountId, 'password', now);
    expect(await findPendingSignIn(db, secret, now)).toMatchObject({ accountId, method: 'password' });
    expect(await findPendingSignIn(db, secret, after(pendingSignInMs))).toBeUndefined();
    const closed = await Promise.all([1, 2, 3].map(() => closePendingSignIn(db, secret)));
    expect(closed.filter(Boolean)).toHaveLength(1);
    expect(await findPendingSignIn(db, secret, now)).toBeUndefined();
    const next = await openPendingSignIn(db, accountId, 'link', now);
    await db.updateTable('account').set({ disabled: true }).where('id', '=', accountId).execute();
    expect(await findPendingSignIn(db, next.secret, now)).toBeUndefined();
  });
});
