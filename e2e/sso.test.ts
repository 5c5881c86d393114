import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProviderProcess, startProvider } from '../apps/server/src/sso/provider-process.fixture.ts';
import { axeViolations, newContext, openBrowser, photograph, sizes, themes, type Watch } from './browser.ts';
import { demoSettled } from './demo-settled.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let provider: ProviderProcess;
let browser: Browser;
let context: BrowserContext;
let watch: Watch;
let page: Page;

beforeAll(async () => {
  [server, browser, provider] = await Promise.all([
    startServer({ verb: 'start', env: { THROUGHLINE_OUTBOUND_ALLOW: '127.0.0.0/8' } }),
    openBrowser(),
    startProvider(),
  ]);
  await provider.tell({
    redirectUris: [`${server.url}/api/sign-in/sso/callback`],
    people: { nadia: { preferred_username: 'nadia', name: 'Nadia', groups: ['first-floor'] } },
  });
  ({ context, watch } = await newContext(browser, server.url));
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(await server.signInLink());
  await page.waitForURL('**/incidents');
  await page.getByRole('button', { name: 'Load the demo attack' }).click();
  await page.getByRole('grid').getByRole('row').nth(1).waitFor({ timeout: 60_000 });
  await demoSettled(page);
}, 120_000);

afterAll(async () => {
  provider?.stop();
  await browser?.close();
  await server?.stop();
});

type Items<T> = { items: T[] };
type Alert = { id: string; assets: { kind: string; name: string }[] };
type Incident = { id: number };
const read = async <T>(on: Page, path: string): Promise<T> => (await (await on.request.get(`/api${path}`)).json()) as T;

/** Calls the API as the page does, with its CSRF token. */
async function change<T>(on: Page, method: string, path: string, data: unknown): Promise<T> {
  const { csrfToken } = await read<{ csrfToken: string }>(on, '/me');
  const headers = { 'x-csrf-token': csrfToken, origin: new URL(on.url()).origin };
  const answer = await on.request.fetch(`/api${path}`, { method, headers, data });
  expect(answer.ok()).toBe(true);
  return (answer.status() === 204 ? undefined : await answer.json()) as T;
}

/** Every alert a person sees, page by page. */
async function everyAlert(on: Page): Promise<Alert[]> {
  const alerts: Alert[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/alerts?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const { items, next } = await read<Items<Alert> & { next: string | null }>(on, path);
    alerts.push(...items);
    cursor = next;
  }
  return alerts;
}

/** Goes from the sign-in page through the provider's forms to the queue. */
async function signInAs(on: Page, login: string): Promise<void> {
  await on.goto('/sign-in');
  await on.getByRole('link', { name: 'Continue with Acme' }).click();
  await on.locator('input[name=login]').fill(login);
  await on.locator('input[name=password]').fill('any');
  await on.locator('button[type=submit]').click();
  await on.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await on.locator('button[type=submit]').click();
  await on.waitForURL(`${server.url}/incidents`);
}

describe('sign-in through a provider', { concurrent: false }, () => {
  let device = '';

  test('an administrator adds a provider, checks it and maps a group to a group of people', {
    timeout: 60_000,
  }, async () => {
    device = (await everyAlert(page)).flatMap(({ assets }) => assets).find(({ kind }) => kind === 'device')?.name ?? '';
    const group = await change<{ id: number }>(page, 'POST', '/user-groups', { name: 'First floor', accountIds: [] });
    await change(page, 'POST', '/device-groups', {
      name: 'First floor',
      rule: { conditions: [{ property: 'name', operator: 'equals', values: [device] }] },
      userGroupIds: [group.id],
    });
    await page.goto('/settings/sign-in');
    await page.getByRole('button', { name: 'Add a provider' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Acme');
    await dialog.getByLabel('Issuer').fill(provider.issuer);
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.getByText('The provider answers and supports PKCE.').waitFor();
    await dialog.getByLabel('Client id').fill('throughline');
    await dialog.getByLabel('Client secret').fill(provider.clientSecret);
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'sso-provider');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Mappings of Acme' }).click();
    await dialog.getByRole('button', { name: 'Add a line' }).click();
    await dialog.getByLabel('Value 1', { exact: true }).fill('first-floor');
    await dialog.getByLabel('Value 1 gives').selectOption({ label: 'Group of people: First floor' });
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'sso-mappings');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('It cannot be turned off yet:').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'sso-settings');
  });

  test('a person signs in through it and sees exactly the part of the demo that names the device', async () => {
    const theirs = await newContext(browser, server.url);
    const other = await theirs.context.newPage();
    other.setDefaultTimeout(10_000);
    await other.goto('/incidents');
    await other.getByRole('link', { name: 'Continue with Acme' }).waitFor();
    expect(await axeViolations(other)).toEqual([]);
    await photograph(other, 'sso-sign-in');
    await signInAs(other, 'nadia');
    await other.getByRole('grid').getByRole('row').nth(1).waitFor();
    await photograph(other, 'sso-scoped-queue');

    const all = await everyAlert(page);
    const names = ({ assets }: Alert) => assets.some(({ kind, name }) => kind === 'device' && name === device);
    const seen = (await everyAlert(other)).map(({ id }) => id).sort();
    const wanted = all
      .filter(names)
      .map(({ id }) => id)
      .sort();
    expect(seen).toEqual(wanted);
    expect(seen.length).toBeLessThan(all.length);

    const incidents = '/incidents?kind=all&limit=200';
    const every = (await read<Items<Incident>>(page, incidents)).items.map(({ id }) => id);
    const named = await read<Items<Incident>>(page, `${incidents}&entity=${encodeURIComponent(device)}`);
    const visible = (await read<Items<Incident>>(other, incidents)).items.map(({ id }) => id);
    expect(visible.sort()).toEqual(named.items.map(({ id }) => id).sort());
    for (const id of every) {
      const status = (await other.request.get(`/api/incidents/${id}`)).status();
      expect([id, status]).toEqual([id, visible.includes(id) ? 200 : 404]);
    }
    for (const { id } of all.slice(0, 60)) {
      const status = (await other.request.get(`/api/alerts/${encodeURIComponent(id)}`)).status();
      expect([id, status]).toEqual([id, seen.includes(id) ? 200 : 404]);
    }
    for (const id of visible) {
      const devices = await read<{ name: string }[]>(other, `/incidents/${id}/assets?kind=device`);
      expect(devices.map(({ name }) => name)).toEqual([device]);
    }
    expect((await other.request.get('/api/sign-in/policy')).status()).toBe(403);
    await other.goto('/account');
    await other.getByRole('button', { name: 'Unlink Acme' }).waitFor();
    expect(await axeViolations(other)).toEqual([]);
    await theirs.context.close();
  });

  test('a failed sign-in says why', async () => {
    await provider.tell({ people: { nadia: { preferred_username: 'nadia', groups: [] } } });
    await page.goto('/sign-in?sso=notMapped');
    await page.getByText('None of your groups may come in here.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('the page looks right on a desk and a phone, light and dark', async () => {
    const storageState = await context.storageState();
    for (const theme of themes) {
      for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
        const each = await newContext(browser, server.url, { theme, size, storageState });
        const shown = await each.context.newPage();
        await shown.goto('/settings/sign-in');
        await shown.getByText('Not proven yet', { exact: true }).waitFor();
        expect(await axeViolations(shown)).toEqual([]);
        await photograph(shown, `sso-settings-${size}-${theme}`);
        await each.context.close();
      }
    }
  });

  test('with sign-in by password off, a break-glass account comes in and is told so', async () => {
    const password = 'correct horse battery';
    await change(page, 'POST', '/me/password', { password });
    const { items } = await read<Items<{ id: number }>>(page, '/sign-in/providers');
    await change(page, 'POST', `/sign-in/providers/${items[0]?.id}/mappings`, {
      items: [{ value: 'leads', gives: { kind: 'role', role: 'administrator' } }],
    });
    await provider.tell({ people: { boss: { preferred_username: 'boss', name: 'Boss', groups: ['leads'] } } });
    const { context: theirs } = await newContext(browser, server.url);
    const other = await theirs.newPage();
    await signInAs(other, 'boss');
    await theirs.close();
    await page.goto('/settings/sign-in');
    await page.getByRole('checkbox', { name: 'Administrator (admin)' }).click();
    await page.getByText('It cannot be turned off yet:').waitFor({ state: 'detached' });
    await page.getByText('People may sign in with a password').click();
    await page.getByRole('heading', { name: 'Administrators who can get in' }).waitFor();
    await photograph(page, 'sso-policy-off');
    const { context: emergency } = await newContext(browser, server.url);
    const glass = await emergency.newPage();
    glass.setDefaultTimeout(10_000);
    await glass.goto('/sign-in');
    await glass.getByText('Break-glass account').click();
    expect(await axeViolations(glass)).toEqual([]);
    await photograph(glass, 'sso-sign-in-off');
    await glass.getByLabel('User name').fill('admin');
    await glass.getByLabel('Password').fill(password);
    await glass.getByRole('button', { name: 'Sign in', exact: true }).click();
    await glass.getByText('You are signed in with a break-glass account').waitFor();
    expect(await axeViolations(glass)).toEqual([]);
    await photograph(glass, 'sso-break-glass');
    await emergency.close();
    const link = /http\S+#token=\S+/.exec(await server.cli('user', 'link', 'boss'))?.[0] ?? '';
    const { context: back } = await newContext(browser, server.url);
    const returned = await back.newPage();
    await returned.goto(link);
    await returned.waitForURL('**/incidents');
    await back.close();
  }, 60_000);

  test('without a script error', () => {
    expect(watch.problems.filter((text) => !/40[134]/.test(text))).toEqual([]);
  });
});
