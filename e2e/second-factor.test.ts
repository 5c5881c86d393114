import { connect } from '@throughline/store';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLocalAccess } from '../apps/server/src/local-access.ts';
import { axeViolations, newContext, openBrowser, photograph, sizes, themes, type Watch } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const password = 'correct horse battery';
let server: ServerProcess;
let url: string;
let browser: Browser;
let context: BrowserContext;
let watch: Watch;
let page: Page;
let cdp: CDPSession;
let authenticatorId: string;
let secret = '';
let recovery: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ verb: 'start' }), openBrowser()]);
  // Passkeys are bound to a host name, which an address is not.
  url = server.url.replace('127.0.0.1', 'localhost');
  ({ context, watch } = await newContext(browser, url));
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  }));
  const link = await server.signInLink();
  await page.goto(link.replace('127.0.0.1', 'localhost'));
  await page.waitForURL('**/incidents');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

// A code is accepted once, and one step before and after now counts: from the oldest on, three can be had at once.
let lastStep = 0;
async function freshCode(): Promise<string> {
  await expect
    .poll(() => Math.floor(Date.now() / 30_000) + 1 > lastStep, { timeout: 35_000, interval: 200 })
    .toBe(true);
  const step = Math.max(lastStep + 1, Math.floor(Date.now() / 30_000) - 1);
  lastStep = step;
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: step * 30_000 });
}

async function signOut(): Promise<void> {
  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.getByLabel('User name').waitFor();
}

async function byPassword(): Promise<void> {
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function photographAll(name: string): Promise<void> {
  for (const theme of themes) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize(viewport);
      await photograph(page, `${name}-${theme}-${size}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes.desk);
}

describe('second factors', { concurrent: false }, () => {
  test('the account page is reached from the menu, and a password is set there', async () => {
    await page.getByRole('button', { name: /^Account: / }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    // The queue has a button of this name too.
    await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Set a password' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New password', { exact: true }).fill(password);
    await dialog.getByLabel('New password again').fill(password);
    await dialog.getByRole('button', { name: 'Save password' }).click();
    await page.getByRole('button', { name: 'Change the password' }).waitFor();
  });

  test('a passkey is made, and recovery codes come with the first factor', async () => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Test laptop');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('dialog', { name: 'Your recovery codes' }).waitFor();
    const text = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
    recovery = text.split(/\s+/).filter((code) => /^\w{4}(-\w{4}){3}$/.test(code));
    expect(recovery).toHaveLength(10);
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'account-recovery-codes');
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('Test laptop').waitFor();
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);
    expect(credentials[0]).toMatchObject({ isResidentCredential: true, rpId: 'localhost' });
  });

  test('the passkey alone signs in, and the path that was asked for comes back', async () => {
    await signOut();
    await page.goto('/sign-in?return=%2Fledger');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photographAll('sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/ledger');
    await page.goto('/account');
    await page.getByText('Signed in by passkey').waitFor();
  });

  test('the passkey is the second factor after the password', async () => {
    await signOut();
    await byPassword();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/incidents');
  });

  test('an authenticator app is set up with its QR code', async () => {
    await page.goto('/account');
    await page.getByRole('button', { name: 'Set up an app' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: /QR code/ }).waitFor();
    secret = (await dialog.locator('pre').textContent())?.trim() ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(await axeViolations(page)).toEqual([]);
    await photographAll('account-authenticator');
    await dialog.getByRole('textbox', { name: 'Code' }).fill('000000');
    await dialog.getByRole('button', { name: 'Turn it on' }).click();
    await dialog.getByText('This code is not right').waitFor();
    await dialog.getByRole('textbox', { name: 'Code' }).fill(await freshCode());
    await dialog.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByRole('button', { name: 'Remove the app' }).waitFor();
    await page.getByText('This one').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photographAll('account');
  });

  test('password and code sign in', async () => {
    await signOut();
    await byPassword();
    const code = page.getByLabel('Code of your authenticator app');
    await code.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photographAll('sign-in-second-step');
    expect((await page.request.get('/api/me')).status()).toBe(401);
    await code.fill(await freshCode());
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL('**/incidents');
  }, 60_000);

  test('a recovery code signs in once', async () => {
    for (const works of [true, false]) {
      await signOut();
      await byPassword();
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await page.getByLabel('Recovery code').fill(recovery[0] ?? '');
      await page.getByRole('button', { name: 'Continue' }).click();
      if (works) await page.waitForURL('**/incidents');
      else await page.getByText('This recovery code is not right').waitFor();
    }
  });

  test('a copy of the passkey whose counter went back is refused and told', async () => {
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    const [original] = credentials;
    if (original === undefined) throw new Error('no passkey');
    await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...original, signCount: 0 } });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('This passkey was not accepted').waitFor();
    await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
    const signCount = original.signCount + 10;
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...original, signCount } });
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/incidents');
    const answer = await page.request.get('/api/audit?action=passkey.cloned');
    const { items } = (await answer.json()) as { items: { outcome: string; actor: { name: string } }[] };
    expect(items).toMatchObject([{ outcome: 'refused', actor: { name: 'admin' } }]);
  });

  test('a change asks who it is when that was shown long ago, and goes on by itself', async () => {
    await page.goto('/account');
    await page.getByText('This one').waitFor();
    const access = await readLocalAccess(server.dataDir);
    const db = connect(access?.databaseUrl ?? '', { max: 1, log: console });
    await db
      .updateTable('session')
      .set({ proved_at: new Date(Date.now() - 3_600_000) })
      .execute();
    await db.destroy();
    await page.getByRole('button', { name: 'Remove the app' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the app' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm it is you' });
    await dialog.getByLabel('Password').fill('wrong');
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'account-confirm');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByText('The password is not right').waitFor();
    await dialog.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('button', { name: 'Set up an app' }).waitFor();
  });

  test('who must have a second factor and has none can only set one up', async () => {
    const { csrfToken } = (await (await page.request.get('/api/me')).json()) as { csrfToken: string };
    const headers = { 'x-csrf-token': csrfToken, origin: url };
    const post = (path: string, data?: unknown) => page.request.post(path, { headers, data });
    const made = await post('/api/accounts', { userName: 'sam', displayName: 'Sam', role: 'operator' });
    const { id } = (await made.json()) as { id: number };
    await page.goto('/settings/sign-in');
    await page.getByLabel('Must have a second factor').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Must have a second factor').selectOption('everyone');
    await page.getByText('Saved').waitFor();
    await photograph(page, 'account-policy');
    const link = (await (await post(`/api/accounts/${id}/link`)).json()) as { url: string };
    const theirs = await newContext(browser, url);
    const other = await theirs.context.newPage();
    other.setDefaultTimeout(10_000);
    await other.goto(link.url);
    await other.waitForURL('**/set-up**');
    await other.getByRole('heading', { name: 'One more step' }).waitFor();
    await other.getByRole('button', { name: 'Set up an app' }).waitFor();
    expect(await axeViolations(other)).toEqual([]);
    await photograph(other, 'set-up');
    await other.goto('/incidents');
    await other.waitForURL('**/set-up**');
    await other.getByRole('button', { name: 'Set up an app' }).click();
    const key = (await other.getByRole('dialog').locator('pre').textContent())?.trim() ?? '';
    const code = TOTP.generate({ secret: Secret.fromBase32(key) });
    await other.getByRole('textbox', { name: 'Code' }).fill(code);
    await other.getByRole('button', { name: 'Turn it on' }).click();
    await other.getByRole('button', { name: 'I have kept them' }).click();
    await other.getByRole('button', { name: 'Continue' }).click();
    await other.waitForURL('**/incidents');
    await theirs.context.close();

    await page.goto(`/settings/people?account=${id}`);
    await page.getByText('Has an authenticator app; 10 recovery codes left.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'account-of-others');
    await page.getByRole('button', { name: 'Reset the second factors' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset them' }).click();
    await page.getByText('No second factor.').waitFor();
  });

  test('without a script error', () => {
    expect(watch.problems.filter((text) => !/40[0139]|request to localhost/.test(text))).toEqual([]);
  });
});
