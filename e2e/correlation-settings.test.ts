import type { CorrelationSettings } from '@throughline/model';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, sizes, type Watch } from './browser.ts';
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

const settings = async (): Promise<CorrelationSettings> =>
  (await (await page.request.get('/api/settings/correlation')).json()) as CorrelationSettings;

/** Looks at the page wide and light, and narrow and dark. */
async function look(name: string): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  await photograph(page, `correlation-${name}`);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.setViewportSize(sizes.phone);
  expect(await axeViolations(page)).toEqual([]);
  await photograph(page, `correlation-${name}-phone`);
  await page.setViewportSize(sizes.desk);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

describe('correlation settings', { concurrent: false }, () => {
  test('every number is explained and bounded; a wrong one cannot be saved; a changed one goes back to its default', async () => {
    await page.goto('/settings');
    await page.getByRole('main').getByRole('link', { name: 'Correlation' }).click();
    await page.getByText('As shipped: nobody has changed these yet.').waitFor();
    const joinAt = page.getByRole('textbox', { name: 'Score to join' });
    await look('numbers');
    await joinAt.fill('99');
    await page.getByText('Enter a number from 2 to 15.').waitFor();
    const review = page.getByRole('button', { name: 'Preview and save' });
    expect(await review.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Reset Score to join' }).click();
    expect(await joinAt.inputValue()).toBe('6');
    expect(await review.count()).toBe(0);
  });

  test('hubs are listed with their spread, and a person has the last word', async () => {
    await page.getByRole('tab', { name: 'Hubs' }).click();
    await page.waitForURL('**/settings/correlation?tab=hubs');
    const grid = page.getByRole('grid', { name: 'Hubs' });
    await look('hubs');
    await grid.getByRole('button', { name: /dc-01.* counts as: As measured/ }).click();
    await page.getByRole('menuitem', { name: 'Never a hub…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New exception' });
    await dialog.getByLabel('Reason').fill('A try');
    await dialog.getByRole('button', { name: 'Add to the draft' }).click();
    await grid.getByRole('button', { name: /dc-01.* counts as: Never a hub/ }).click();
    await page.getByRole('menuitem', { name: 'As measured' }).click();
    await grid.getByRole('button', { name: /dc-01.* counts as: As measured/ }).waitFor();
  });

  test('an exception is made for an entity, with a reason', async () => {
    await page.getByRole('tab', { name: 'Exceptions' }).click();
    await page.getByText('No exceptions').waitFor();
    await page.getByRole('button', { name: 'New exception' }).click();
    const dialog = page.getByRole('dialog', { name: 'New exception' });
    await dialog.getByLabel('About').selectOption('entity');
    await dialog.getByRole('combobox', { name: 'Entity' }).fill('fin');
    await dialog.getByRole('listbox', { name: 'Choices' }).getByRole('option').first().click();
    await dialog.getByLabel('Effect').selectOption('alwaysHub');
    await dialog.getByLabel('Reason').fill('It is the jump host of the service desk');
    await look('exception');
    await dialog.getByRole('button', { name: 'Add to the draft' }).click();
    await page.getByRole('grid', { name: 'Exceptions' }).getByText('Always a hub').waitFor();
    await look('exceptions');
  });

  test('the preview says what would change; saved, it is a version in force', async () => {
    await page.getByRole('tab', { name: 'Numbers' }).click();
    await page.getByRole('textbox', { name: 'Score to join' }).fill('9');
    await page.getByRole('button', { name: 'Preview and save' }).click();
    await page.getByRole('heading', { name: '2 changes' }).waitFor();
    await page.getByRole('table', { name: 'Incidents before and after' }).waitFor({ timeout: 30_000 });
    const splits = page.getByRole('region', { name: 'Incidents that split' });
    await splits.getByRole('link').first().waitFor();
    await look('preview');
    const save = page.getByRole('button', { name: /^Save/ });
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Why').fill('Fewer links while we learn');
    await save.click();
    await page.getByText('Saved: it holds from the next alert').waitFor();
    await page.getByText(/Version 1 by .*, in force since/).waitFor();
    const { version, choices } = await settings();
    expect(version).toBe(1);
    expect(choices).toMatchObject({ numbers: { joinAt: 9 }, exceptions: [{ effect: 'alwaysHub', subject: 'entity' }] });
  });

  test('history tells the change, and an earlier version comes back', async () => {
    await page.getByRole('textbox', { name: 'Score to join' }).fill('6');
    await page.getByRole('button', { name: 'Preview and save' }).click();
    await page.getByRole('table', { name: 'Incidents before and after' }).waitFor({ timeout: 30_000 });
    await page.getByLabel('Why').fill('Learned enough');
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByText(/Version 2 by/).waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Score to join: 9 → 6').waitFor();
    await look('history');
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByText('Score to join: 6 → 9').waitFor();
    await page.getByRole('button', { name: 'Back to the settings' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    expect((await settings()).version).toBe(2);
  });

  test('without a script error', () => {
    expect(watch.problems.filter((text) => !/40[149]|410/.test(text))).toEqual([]);
  });
});
