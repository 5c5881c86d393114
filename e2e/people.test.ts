import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  axeViolations,
  newContext,
  openBrowser,
  photograph,
  sizes,
  type Theme,
  themes,
  type Watch,
} from './browser.ts';
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
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dialog = () => page.getByRole('dialog');
const secret = async (label: string) =>
  ((await dialog().getByRole('region', { name: label }).textContent()) ?? '').trim();
const read = (token: string) =>
  fetch(`${server.url}/api/incidents`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);

describe('people', { concurrent: false }, () => {
  test('a user group is made', async () => {
    await page.goto('/settings/people?tab=groups');
    await page.getByRole('button', { name: 'Add a group' }).click();
    await dialog().getByLabel('Name', { exact: true }).fill('Night shift');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('grid').getByRole('button', { name: 'Night shift', exact: true }).waitFor();
  });

  test('an incident is given to the group', async () => {
    await page.goto('/incidents');
    await page.getByRole('button', { name: 'Load the demo attack' }).click();
    await page.getByRole('grid').getByRole('row').nth(1).waitFor({ timeout: 60_000 });
    await demoSettled(page);
    await page.goto('/incidents/1/summary');
    await page.getByRole('button', { name: 'Manage incident' }).click();
    const assignee = page.getByRole('combobox', { name: 'Assignee' });
    await assignee.fill('Night');
    // The names come from the server.
    await page.getByRole('option', { name: /Night shift/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('main').getByLabel('Group', { exact: true }).first().waitFor();
    await photograph(page, 'people-group-incident');
    await page.goto('/incidents?assignee=group:Night%20shift');
    await page.getByRole('grid').getByLabel('Group', { exact: true }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'people-group-queue');
  });

  test('an invitation is made, accepted in another browser, and its person sees the portal', async () => {
    await page.goto('/settings/people');
    await page.getByRole('button', { name: 'Invite a person' }).click();
    await dialog().getByLabel('User name').fill('nina');
    await dialog().getByLabel('Display name').fill('Nina');
    await dialog().getByLabel('Role').selectOption('operator');
    await dialog().getByRole('combobox', { name: 'User groups' }).fill('Night');
    await page.keyboard.press('Enter');
    await dialog().getByLabel('Note').fill('nina@example.com');
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, 'people-invite');
    await dialog().getByRole('button', { name: 'Make the link' }).click();
    await dialog().getByRole('button', { name: 'I have copied it' }).waitFor();
    const url = await secret('Link');
    await dialog().getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('tab', { name: /Invitations/ }).click();
    await page.getByRole('grid').getByText('nina@example.com').waitFor();
    await photograph(page, 'people-invitations');

    const theirs = await newContext(browser, server.url);
    const other = await theirs.context.newPage();
    await other.goto(url);
    await other.getByLabel('Display name').fill('Nina N.');
    expect(new URL(other.url()).hash).toBe('');
    expect(await axeViolations(other)).toEqual([]);
    await photograph(other, 'people-accept');
    await other.getByLabel('Password', { exact: true }).fill('a long enough sentence');
    await other.getByLabel('Password again').fill('a long enough sentence');
    await other.getByRole('button', { name: 'Accept and sign in' }).click();
    await other.waitForURL('**/incidents');
    await other.getByRole('button', { name: 'Account: Nina N.' }).waitFor();
    await other.goto(url);
    await other.getByText('This invitation cannot be accepted').waitFor();
    expect(theirs.watch.problems.filter((text) => !/40[14]/.test(text))).toEqual([]);
    await theirs.context.close();
  });

  test('a service account has a token that works until it is revoked', async () => {
    await page.goto('/settings/people');
    await page.getByRole('button', { name: 'Add a service account' }).click();
    await dialog().getByLabel('Name', { exact: true }).fill('suricata-sensor');
    await dialog().getByLabel('Role').selectOption('operator');
    await dialog().getByRole('button', { name: 'Add', exact: true }).click();
    const panel = page.getByRole('complementary', { name: 'Account suricata-sensor' });
    await panel.getByRole('button', { name: 'Make a token' }).click();
    await dialog().getByLabel('Name', { exact: true }).fill('feed');
    await dialog().getByRole('checkbox', { name: /^Read/ }).check();
    await photograph(page, 'people-token');
    await dialog().getByRole('button', { name: 'Make the token' }).click();
    await dialog().getByRole('button', { name: 'I have copied it' }).waitFor();
    const token = await secret('Token');
    await dialog().getByRole('button', { name: 'I have copied it' }).click();
    expect(await read(token)).toBe(200);
    await panel.getByRole('button', { name: 'Replace feed' }).click();
    await dialog().getByLabel('The old one ends').selectOption('0');
    await dialog().getByRole('button', { name: 'Replace the token' }).click();
    await dialog().getByRole('button', { name: 'I have copied it' }).waitFor();
    const successor = await secret('Token');
    await dialog().getByRole('button', { name: 'I have copied it' }).click();
    expect([await read(token), await read(successor)]).toEqual([401, 200]);
    await panel.getByRole('button', { name: 'Revoke feed' }).first().click();
    expect(await axeViolations(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Revoke the token' }).click();
    await page.getByText('Token feed revoked').waitFor();
    expect(await read(successor)).toBe(401);
  });

  test('the address keeps filter and account; disabling says what it does', async () => {
    await page.goto('/settings/people?kind=person&q=nin');
    await page.getByRole('grid').getByText('Nina N.').click();
    const panel = page.getByRole('complementary', { name: 'Account nina' });
    await panel.getByText('Everything its roles allow').waitFor();
    expect(new URL(page.url()).search).toMatch(/account=\d+/);
    await page.reload();
    await panel.getByRole('button', { name: 'Disable' }).click();
    await dialog().getByRole('button', { name: 'Disable the account' }).click();
    await panel.getByRole('button', { name: 'Enable' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('a group that is deleted says what goes with it', async () => {
    await page.goto('/settings/people?tab=groups');
    await page.getByRole('grid').getByRole('button', { name: 'Night shift', exact: true }).click();
    await photograph(page, 'people-group');
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await dialog().getByText('Nina N.: no longer together in a group.').waitFor();
    await photograph(page, 'people-group-delete');
    await dialog().getByRole('button', { name: 'Delete the group' }).click();
    await page.getByText('No user groups yet').waitFor();
    await page.goto('/incidents/1/summary');
    await page.getByText('Night shift (group deleted)').waitFor();
  });

  test.each(themes)('every tab is clean and fits, %s', async (theme: Theme) => {
    await page.emulateMedia({ colorScheme: theme });
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      for (const tab of ['accounts', 'invitations', 'groups', 'tokens']) {
        await page.goto(`/settings/people?tab=${tab}`);
        await page.getByRole('tab', { selected: true }).waitFor();
        await page.getByRole('tabpanel').locator('[role=grid], h2').first().waitFor();
        if (size === 'desk' || theme === 'light') {
          expect([tab, size, ...(await axeViolations(page))]).toEqual([tab, size]);
        }
        expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        await photograph(page, `people-${tab}-${size}-${theme}`);
      }
      await page.goto('/settings/people');
      await page.getByRole('grid').getByText('suricata-sensor').click();
      await page.getByRole('heading', { name: 'API tokens' }).waitFor();
      await photograph(page, `people-panel-${size}-${theme}`);
    }
    await page.setViewportSize(sizes.desk);
  });

  test('without a script error', () => {
    expect(watch.problems.filter((text) => !/40[14]/.test(text))).toEqual([]);
  });
});
