import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, type Watch } from './browser.ts';
import { demoSettled } from './demo-settled.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let watch: Watch;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ verb: 'start' }), openBrowser()]);
  const { context, watch: watched } = await newContext(browser, server.url);
  watch = watched;
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

async function read<T>(path: string): Promise<T> {
  return (await (await page.request.get(`/api${path}`)).json()) as T;
}

describe('settings', { concurrent: false }, () => {
  test('the rail leads to the hub, and the hub to each page', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'settings-hub');
    await page.getByRole('main').getByRole('link', { name: 'General' }).click();
    await page.getByLabel('Organisation name').waitFor();
  });

  test('the organisation gets a name and a zone; who changed it meanwhile is named', async () => {
    await page.getByLabel('Organisation name').fill('Contoso');
    await page.getByLabel('Time zone').selectOption('Europe/Berlin');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Settings saved').waitFor();
    const saved = await read<{ updatedDateTime: string }>('/settings/general');
    expect(saved).toMatchObject({ organizationName: 'Contoso', timeZone: 'Europe/Berlin' });
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'settings-general');
    await page.getByLabel('Organisation name').fill('Fabrikam');
    const { csrfToken } = await read<{ csrfToken: string }>('/me');
    const headers = { 'x-csrf-token': csrfToken, origin: new URL(page.url()).origin };
    const data = { organizationName: 'Woodgrove', updatedDateTime: saved.updatedDateTime };
    expect((await page.request.patch('/api/settings/general', { headers, data })).status()).toBe(200);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Not saved').waitFor();
    await page.getByRole('button', { name: 'Read again' }).click();
    await expect.poll(() => page.getByLabel('Organisation name').inputValue()).toBe('Woodgrove');
  });

  test('from page to page in one click; a source is named and disabled', async () => {
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Sources' }).click();
    const grid = page.getByRole('grid', { name: 'Sources' });
    await grid.getByRole('row').nth(1).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'settings-sources');
    await grid.getByRole('row').nth(1).getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Display name').fill('The first one');
    await dialog.getByRole('checkbox', { name: 'Enabled' }).uncheck();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'settings-source');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await grid.getByText('Disabled').waitFor();
    const { items } = await read<{ items: { displayName: string; enabled: boolean }[] }>('/settings/sources');
    expect(items.filter(({ enabled }) => !enabled).map(({ displayName }) => displayName)).toEqual(['The first one']);
  });

  test('a level is chosen for a device group', async () => {
    await page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link', { name: 'Device-group automation' })
      .click();
    await page.getByLabel('Level of Ungrouped devices').selectOption('full');
    await page.getByText('What is malicious is remediated by itself. What is only').waitFor();
    const { items } = await read<{ items: { remediation: string }[] }>('/device-groups');
    expect(items.map(({ remediation }) => remediation)).toEqual(['full']);
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'settings-automation');
  });

  test('on a narrow screen a menu leads from page to page', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('Page of settings').selectOption({ label: 'Roles' });
    await page.waitForURL('**/settings/roles');
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('retention tells what it would delete, and an incident is deleted for good', async () => {
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Retention' }).click();
    await page.getByLabel('Resolved incidents are kept').selectOption('days');
    await page.getByText('Today this would delete nothing').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'settings-retention');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Retention saved').waitFor();
    const { items } = await read<{ items: { id: number }[] }>('/incidents?limit=1');
    const number = String(items[0]?.id);
    await page.getByRole('button', { name: 'Delete an incident for good' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Number of the incident').fill(number);
    await dialog.getByLabel('The number again').fill(number);
    await dialog.getByLabel('Reason').fill('It was a rehearsal');
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'settings-delete');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('grid', { name: 'Deletions' }).getByText('Done').waitFor({ timeout: 20_000 });
    expect((await page.request.get(`/api/incidents/${number}`)).status()).toBe(410);
    await page.goto(new URL(`/incidents/${number}/summary`, page.url()).href);
    await page.getByText('was deleted for good on').waitFor();
    await photograph(page, 'incident-deleted');
  });

  test('an incident that does not exist leads back to the others', async () => {
    await page.goto(new URL('/incidents/999999/summary', page.url()).href);
    await page.getByText('There is no incident 999999').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'incident-missing');
    await page.getByRole('link', { name: 'Back to incidents' }).click();
    await page.waitForURL('**/incidents');
  });

  test('the demo is wiped and loaded again', async () => {
    await page.goto('/settings/retention');
    await page.getByRole('button', { name: 'Wipe the demo data' }).click();
    await page.getByRole('dialog').getByText('There is no way back').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Wipe the demo data' }).click();
    const deletion = page.getByRole('grid', { name: 'Deletions' }).getByRole('row').filter({ hasText: 'Demo data' });
    await deletion.getByText('Done').waitFor({ timeout: 30_000 });
    await photograph(page, 'settings-wiped');
    expect(await read('/incidents?limit=1')).toMatchObject({ items: [] });
    await page.goto('/incidents');
    await page.getByRole('button', { name: 'Load the demo attack' }).click();
    await page.getByRole('grid').getByRole('row').nth(1).waitFor({ timeout: 60_000 });
  });

  test('the data of a source is deleted once its name is typed', async () => {
    await page.goto('/settings/sources');
    await page.getByRole('grid', { name: 'Sources' }).getByRole('button', { name: 'wazuh' }).click();
    await page.getByRole('button', { name: 'Delete its data' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete all data of wazuh' });
    await dialog.getByText('There is no way back').waitFor();
    await dialog.getByLabel('Reason').fill('The contract ended');
    await dialog.getByLabel('Name of the source').fill('wazu');
    const send = dialog.getByRole('button', { name: 'Delete for good' });
    expect(await send.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('Name of the source').fill('wazuh');
    expect(await axeViolations(page)).toEqual([]);
    await send.click();
    await dialog.waitFor({ state: 'detached' });
    await page.goto('/settings/retention');
    const deletion = page.getByRole('grid', { name: 'Deletions' }).getByRole('row').filter({ hasText: 'Source wazuh' });
    await deletion.getByText('Done').waitFor({ timeout: 30_000 });
    const { items } = await read<{ items: { source: string; deleted: number }[] }>('/settings/sources');
    expect(items.find(({ source }) => source === 'wazuh')?.deleted).toBeGreaterThan(0);
  });

  test('a disabled account is erased', async () => {
    await server.cli('user', 'add', 'lea', '--display-name', 'Lea Voss');
    await page.goto('/settings/people');
    await page.getByRole('grid').getByText('Lea Voss').click();
    await page.getByRole('complementary').getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable the account' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto('/settings/retention');
    await page.getByRole('button', { name: 'Erase a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Person').selectOption({ label: 'Lea Voss (lea)' });
    await dialog.getByLabel('Reason').fill('She left and asked for it');
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'settings-erase');
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText('Renamed to Deleted person').waitFor();
    expect(JSON.stringify(await read('/people'))).not.toMatch(/lea voss/i);
  });

  test('without a script error', () => {
    expect(watch.problems.filter((text) => !/40[149]|410/.test(text))).toEqual([]);
  });
});
