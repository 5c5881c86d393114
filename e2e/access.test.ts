import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, type Watch } from './browser.ts';
import { demoSettled } from './demo-settled.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let context: BrowserContext;
let watch: Watch;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ verb: 'start' }), openBrowser()]);
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
  await browser?.close();
  await server?.stop();
});

type Row = { id: number };
const read = async <T>(on: Page, path: string): Promise<T> => (await (await on.request.get(`/api${path}`)).json()) as T;

/** Calls the API as the page does, with its CSRF token. */
async function change<T>(on: Page, method: string, path: string, data: unknown): Promise<T> {
  const { csrfToken } = await read<{ csrfToken: string }>(on, '/me');
  const headers = { 'x-csrf-token': csrfToken, origin: new URL(on.url()).origin };
  const answer = await on.request.fetch(`/api${path}`, { method, headers, data });
  return (await answer.json()) as T;
}

describe('an administrator divides the devices', { concurrent: false }, () => {
  let device = '';

  test('a device group is written with its preview', async () => {
    const { items } = await read<{ items: { assets: { kind: string; name: string }[] }[] }>(page, '/alerts?limit=200');
    device = items.flatMap(({ assets }) => assets).find(({ kind }) => kind === 'device')?.name ?? '';
    expect(device).not.toBe('');
    await change(page, 'POST', '/accounts', { userName: 'sam', displayName: 'Sam', role: 'operator' });
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Device groups' }).click();
    await page.getByText('Ungrouped devices').waitFor();
    await page.getByRole('button', { name: 'Add a group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('First floor');
    const names = dialog.getByRole('combobox', { name: 'Device name', exact: true });
    await names.fill(device);
    await page.keyboard.press('Enter');
    await dialog.getByText('1 device matches').waitFor();
    await dialog.getByRole('combobox', { name: 'Assigned to' }).fill('Sam');
    await page.keyboard.press('Enter');
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'access-device-group');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('grid').getByRole('button', { name: 'First floor', exact: true }).waitFor();
    await photograph(page, 'access-device-groups');
  });

  test('the person sees exactly the part of the demo that names this device', async () => {
    const all = await read<{ items: Row[] }>(page, '/incidents?kind=all&limit=200');
    const wanted = await read<{ items: Row[] }>(
      page,
      `/incidents?kind=all&limit=200&entity=${encodeURIComponent(device)}`,
    );
    expect(wanted.items.length).toBeLessThan(all.items.length);
    const { items: accounts } = await read<{ items: (Row & { userName: string })[] }>(page, '/accounts');
    const sam = accounts.find(({ userName }) => userName === 'sam')?.id;
    const { url } = await change<{ url: string }>(page, 'POST', `/accounts/${sam}/link`, undefined);
    const theirs = await newContext(browser, server.url);
    const other = await theirs.context.newPage();
    await other.goto(url);
    await other.waitForURL('**/incidents');
    await other.getByRole('grid').getByRole('row').nth(1).waitFor();
    const ids = ({ items }: { items: Row[] }) => items.map(({ id }) => id).sort();
    expect(ids(await read(other, '/incidents?kind=all&limit=200'))).toEqual(ids(wanted));
    expect(await other.getByRole('link', { name: 'Ledger' }).count()).toBe(0);
    await photograph(other, 'access-scoped-queue');
    const hidden = all.items.find(({ id }) => !wanted.items.some((row) => row.id === id))?.id ?? 0;
    expect((await other.request.get(`/api/incidents/${hidden}`)).status()).toBe(404);
    await theirs.context.close();

    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('combobox', { name: 'Person' }).fill('Sam');
    await page.keyboard.press('Enter');
    await page.getByLabel('Incident', { exact: true }).fill(String(hidden));
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.getByText('Not visible:').waitFor();
    await photograph(page, 'access-explained');
  });

  test('a role is made and assigned', async () => {
    await page.getByRole('button', { name: 'Add a role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Auditor');
    await dialog.getByRole('checkbox', { name: 'Read System settings' }).check();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'access-role');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('grid').getByRole('button', { name: 'Auditor', exact: true }).waitFor();
  });

  test('without a script error', () => {
    expect(watch.problems.filter((text) => !/40[14]/.test(text))).toEqual([]);
  });
});
