import { demoExpectation } from '@throughline/content/demo';
import type { AlertPage, IncidentPage } from '@throughline/model';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  axeViolations,
  newContext,
  openBrowser,
  photograph,
  type Size,
  sizes,
  type Theme,
  themes,
  type Watch,
} from './browser.ts';
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
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('a first evening with the portal', { concurrent: false }, () => {
  test('the printed link signs in once, and never again', async () => {
    await page.goto(await server.signInLink());
    await page.waitForURL('**/incidents');
    const stranger = await newContext(browser, server.url);
    const again = await stranger.context.newPage();
    await again.goto(await server.signInLink());
    await again
      .getByText(/used|expired|no longer/i)
      .first()
      .waitFor();
    await stranger.context.close();
  });

  test('the empty queue offers the demo attack, and loading it shows one incident with its reasons', async () => {
    await page.getByRole('button', { name: 'Load the demo attack' }).click();
    const first = page.getByRole('grid').getByRole('row').nth(1);
    await first.waitFor({ timeout: 60_000 });
    await page
      .getByRole('link', { name: /incident/i })
      .first()
      .waitFor();
  });

  test('the attack is one incident: as many alerts, devices, users and mailboxes as the story has', async () => {
    const largest = async () => {
      const answer = await page.request.get('/api/incidents?sort=alerts&limit=1');
      return ((await answer.json()) as IncidentPage).items[0];
    };
    // Its products' alerts, and what our own detections say of its Windows logs.
    await expect.poll(largest, { timeout: 30_000 }).toMatchObject({
      severity: 'high',
      alertsTotal: demoExpectation.attackAlerts + demoExpectation.detectionAlerts,
      scope: {
        devices: demoExpectation.devices.length,
        users: demoExpectation.users.length,
        mailboxes: demoExpectation.mailboxes.length,
      },
    });
    await page.goto('/incidents');
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await photograph(page, 'queue-of-the-demo');
  });

  test('keyboard only: from the queue into the incident and back', async () => {
    await page.goto('/incidents');
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.getByRole('complementary').waitFor();
    expect(page.url()).toContain('panel=');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/incidents\/\d+\/summary/);
    await page.goBack();
    await page.getByRole('grid').waitFor();
  });

  test('every alert says why it is there, with arithmetic that adds up', async () => {
    await openAttack(page);
    await page.getByRole('link', { name: /^Alerts/ }).click();
    const rows = page.getByRole('grid').getByRole('row');
    await rows.nth(3).click();
    const panel = page.getByRole('complementary');
    await panel.getByText('Why it is here').waitFor();
    await panel.getByRole('button', { name: 'Show the arithmetic' }).click();
    const adds = await panel.locator('table tbody tr td:last-child').allTextContents();
    const sum = await panel.locator('table tfoot td').textContent();
    const score = Number((await panel.getByText(/^Score/).textContent())?.match(/Score ([\d.]+)/)?.[1]);
    expect(adds.length).toBeGreaterThan(0);
    expect(Number(sum)).toBe(score);
    expect(adds.reduce((total, text) => total + Number(text), 0)).toBeCloseTo(score, 1);
    await photograph(page, 'alert-why');
  });

  test('an alert that stands alone says which incidents came near, and leads to them', async () => {
    const { items } = (await (await page.request.get('/api/alerts?limit=200')).json()) as AlertPage;
    const alone = items.find(({ link }) => link.kind === 'opened' && link.refusals.length > 0);
    const [nearest] = alone?.link.refusals ?? [];
    if (alone === undefined || nearest === undefined)
      throw new Error('no alert of the demo came near another incident');
    expect(nearest.sentence).toMatch(new RegExp(`^Incident ${nearest.incidentId}.*: both have `));
    await page.goto(`/incidents/${alone.incidentId}/alerts?panel=alert:${encodeURIComponent(alone.id)}`);
    const panel = page.getByRole('complementary');
    await panel.getByText(alone.link.sentence).waitFor();
    await panel.getByRole('button', { name: /Show the arithmetic and \d other incidents? considered/ }).click();
    const refused = panel.getByRole('listitem').filter({ hasText: `Incident ${nearest.incidentId}:` });
    expect(await refused.textContent()).toContain(nearest.sentence.split(': ').slice(1).join(': '));
    await photograph(page, 'alert-alone');
    await refused.getByRole('link').click();
    await page.waitForURL(`**/incidents/${nearest.incidentId}/summary`);
  });

  test('managing an incident is kept, logged, and can be undone', async () => {
    await openAttack(page);
    await page.getByRole('button', { name: 'Manage incident' }).click();
    const panel = page.getByRole('complementary');
    await panel.getByLabel('Name').fill('Finance intrusion');
    await panel.getByLabel('Status').selectOption('inProgress');
    await panel.getByLabel('Classification').selectOption('truePositive');
    await panel.getByLabel('Determination').selectOption('multiStagedAttack');
    await panel.getByLabel('Comment').fill('Called the help desk <img src=x onerror=alert(1)>');
    await panel.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: /Finance intrusion/ }).waitFor();
    await page.getByRole('link', { name: /^Activity/ }).click();
    await page.getByText('Called the help desk <img src=x onerror=alert(1)>').waitFor();
    await photograph(page, 'incident-activity');
    await page.reload();
    await page.getByRole('heading', { name: /Finance intrusion/ }).waitFor();
  });

  test('the ledger balances', async () => {
    await page.goto('/ledger');
    await page
      .getByText(/balanced/i)
      .first()
      .waitFor();
    await photograph(page, 'ledger');
  });

  test('an API token is shown once', async () => {
    await page.goto('/tokens');
    await page
      .getByRole('button', { name: /create/i })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('from the test');
    await dialog.getByRole('button', { name: /create/i }).click();
    await page.getByText(/tl_/).first().waitFor();
    await page.reload();
    await page.getByText('from the test').waitFor();
    expect(await page.getByText(/tl_[A-Za-z0-9_-]{20}/).count()).toBe(0);
  });
});

/** Goes to the summary of the incident with the most alerts. */
async function openAttack(on: Page): Promise<number> {
  const answer = await on.request.get('/api/incidents?sort=alerts&limit=1');
  const { items } = (await answer.json()) as { items: { id: number }[] };
  const id = items[0]?.id ?? 0;
  await on.goto(`/incidents/${id}/summary`);
  await on.getByRole('heading', { level: 1 }).waitFor();
  return id;
}

describe('every page, both themes, both sizes', { concurrent: false }, () => {
  const paths = (id: number) => [
    '/incidents',
    `/incidents?panel=inc:${id}`,
    ...['summary', 'alerts', 'devices', 'users', 'mailboxes', 'evidence', 'activity'].map(
      (tab) => `/incidents/${id}/${tab}`,
    ),
    `/incidents/${id}/summary?panel=manage`,
    '/incidents/999999/summary',
    '/ledger',
    '/audit',
    '/settings/device-groups',
    '/settings/roles',
    '/tokens',
    '/kit',
    '/nowhere',
  ];

  for (const theme of themes) {
    for (const size of Object.keys(sizes) as Size[]) {
      test(`${theme}, ${size}: no accessibility violation, nothing wider than the page`, {
        timeout: 120_000,
      }, async () => {
        const id = await openAttack(page);
        const storageState = await context.storageState();
        const signedIn = await newContext(browser, server.url, { theme, size, storageState });
        const looked = await signedIn.context.newPage();
        for (const path of paths(id)) await look(looked, path, theme, size);
        await signedIn.context.close();
        const signedOut = await newContext(browser, server.url, { theme, size });
        await look(await signedOut.context.newPage(), '/sign-in', theme, size);
        await signedOut.context.close();
        expect(signedIn.watch.problems.filter((text) => !/404/.test(text))).toEqual([]);
      });
    }
  }

  test('the journeys made no script error and asked no other host', () => {
    expect(watch.problems.filter((text) => !/40[14]/.test(text))).toEqual([]);
  });
});

async function look(on: Page, path: string, theme: Theme, size: Size): Promise<void> {
  await on.goto(path);
  await on.getByRole('main').first().waitFor();
  // The kit page shows a skeleton on purpose.
  if (path !== '/kit')
    await on.locator('[role="status"][aria-label^="Loading"]').first().waitFor({ state: 'detached' });
  await on.waitForTimeout(200);
  await photograph(on, `${path.replace(/\W+/g, '-').replace(/^-|-$/g, '')}-${theme}-${size}`);
  expect(await axeViolations(on), `${path} ${theme} ${size}`).toEqual([]);
  const wide = await on.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide, `${path} ${theme} ${size} overflows`).toBeLessThanOrEqual(0);
}
