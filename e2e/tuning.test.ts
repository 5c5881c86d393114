import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, sizes, type Watch } from './browser.ts';
import { demoSettled } from './demo-settled.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let watch: Watch;
let page: Page;
/** In the titles of some alerts of the demo attack. */
const hiddenTitle = 'sensitive';
const looks = [
  ['light', 'desk'],
  ['dark', 'desk'],
  ['light', 'phone'],
  ['dark', 'phone'],
] as const;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ verb: 'start' }), openBrowser()]);
  const { context, watch: watched } = await newContext(browser, server.url);
  watch = watched;
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(await server.signInLink());
  await page.waitForURL('**/incidents');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('a rule hides what comes in; its page shows it, and what it hid is released', async () => {
  await page.goto('/settings/tuning?rule=new');
  const editor = page.getByRole('dialog', { name: 'New tuning rule' });
  await editor.getByLabel('Name', { exact: true }).fill('Quiet files');
  await editor.getByLabel('Action').selectOption({ label: 'Hide the alert' });
  await editor.getByLabel('Conditions 1: values').fill(hiddenTitle);
  await editor.getByLabel('Conditions 1: values').press('Enter');
  await editor.getByRole('button', { name: 'Preview' }).click();
  await editor.getByRole('button', { name: 'Save the rule' }).click();
  await page.getByRole('grid', { name: 'Tuning rules' }).waitFor();
  await page.goto('/incidents');
  await page.getByRole('button', { name: 'Load the demo attack' }).click();
  await page.getByRole('grid').getByRole('row').nth(1).waitFor({ timeout: 60_000 });
  await demoSettled(page);

  await page.goto('/settings/tuning');
  await page.getByRole('button', { name: /alerts of Quiet files/ }).click();
  await page.waitForURL(/show=\d+/);
  const alerts = page.getByRole('grid', { name: 'Alerts of the rule' });
  await alerts.getByRole('row').nth(1).waitFor();
  for (const [theme, size] of looks) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(sizes[size]);
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, `tuning-rule-${size}-${theme}`);
  }
  await page.setViewportSize(sizes.desk);
  const count = (await alerts.getByRole('row').count()) - 1;
  expect(count).toBeGreaterThan(1);
  await alerts
    .getByRole('button', { name: /^Release/ })
    .first()
    .click();
  await page.getByText(/Released: it is in incident \d+/).waitFor();
  await page.getByRole('button', { name: `Release ${count - 1} alert` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Note').fill('not so quiet');
  expect(await axeViolations(page)).toEqual([]);
  await photograph(page, 'tuning-release');
  await dialog.getByRole('button', { name: 'Release them' }).click();
  await page.getByText('No alert is hidden by it.').waitFor();
  await page.getByText('Off: alerts from now on are not touched by it.').waitFor();
  await page.getByRole('tab', { name: /Released/ }).click();
  await alerts.getByRole('link').first().click();
  await page
    .getByText(/released from tuning rule “Quiet files”/)
    .first()
    .waitFor();
  await photograph(page, 'tuning-released-alert');
  await page.goto('/settings/tuning');
  await page.getByRole('button', { name: 'Actions of Quiet files' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete the rule' }).click();
  await page.getByText('No tuning rules').waitFor();
  expect(watch.problems).toEqual([]);
}, 120_000);

test('a rule is made from an alert in two clicks, previewed, saved, turned off and deleted', async () => {
  const answer = await page.request.get('/api/alerts?limit=1');
  const [alert] = ((await answer.json()) as { items: { id: string; incidentId: number; title: string }[] }).items;
  if (!alert) throw new Error('the demo attack has no alert');
  await page.goto('/settings/tuning');
  await page.getByText('No tuning rules').waitFor();
  expect(await axeViolations(page)).toEqual([]);

  await page.goto(`/incidents/${alert.incidentId}/alerts?panel=${encodeURIComponent(`alert:${alert.id}`)}`);
  await page.getByRole('button', { name: 'Create tuning rule' }).click();
  const dialog = page.getByRole('dialog', { name: 'New tuning rule' });
  await dialog.getByLabel('Name', { exact: true }).fill('Expected here');
  await dialog.getByLabel('Comment').fill('our own test');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText(/of the last 30 days match/).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await photograph(page, 'tuning-editor');
  await dialog.getByRole('button', { name: 'Add a group' }).first().click();
  await dialog.getByLabel('Conditions 2 1: values').fill('expected');
  await dialog.getByLabel('Conditions 2 1: values').press('Enter');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('button', { name: 'Save the rule' }).click();
  const list = page.getByRole('grid', { name: 'Tuning rules' });
  await list.getByRole('button', { name: 'Expected here', exact: true }).waitFor();
  for (const [theme, size] of looks) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(sizes[size]);
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, `tuning-list-${size}-${theme}`);
    await list.getByRole('button', { name: 'Expected here', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Comment').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, `tuning-edit-${size}-${theme}`);
    await page.getByRole('button', { name: 'Cancel' }).click();
  }
  await page.setViewportSize(sizes.desk);
  await page.getByRole('switch', { name: 'Expected here is on' }).click({ force: true });
  await page.getByText('Expected here is off').waitFor();
  await page.getByRole('button', { name: 'Actions of Expected here' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete the rule' }).click();
  await page.getByText('No tuning rules').waitFor();
  expect(watch.problems).toEqual([]);
}, 120_000);
