import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, type Size, sizes, themes, type Watch } from './browser.ts';
import { demoSettled } from './demo-settled.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let context: BrowserContext;
let watch: Watch;
let page: Page;
/** The incident that a merge left. */
let survivor = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ verb: 'start' }), openBrowser()]);
  ({ context, watch } = await newContext(browser, server.url));
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(await server.signInLink());
  await page.getByRole('button', { name: 'Load the demo attack' }).click();
  await page.getByRole('grid').getByRole('row').nth(2).waitFor();
  await demoSettled(page);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dialog = () => page.getByRole('dialog');
const api = <T>(path: string) =>
  page.evaluate(async (address) => (await fetch(`/api${address}`)).json() as Promise<unknown>, path) as Promise<T>;
type Row = { id: number; alertsTotal: number };
const incidents = async () =>
  (await api<{ items: Row[] }>('/incidents?status=active&kind=all&limit=100')).items.sort(
    (a, b) => b.alertsTotal - a.alertsTotal,
  );

/** Looks at the page as it stands, in both sizes and themes. */
async function look(name: string): Promise<void> {
  for (const size of Object.keys(sizes) as Size[]) {
    for (const theme of themes) {
      await page.setViewportSize(sizes[size]);
      await page.emulateMedia({ colorScheme: theme });
      await photograph(page, `rearrange-${name}-${size}-${theme}`);
      expect(await axeViolations(page)).toEqual([]);
    }
  }
  await page.setViewportSize(sizes.desk);
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('a person disagrees with correlation', { concurrent: false }, () => {
  test('moves an alert out, sees why it is there, and undoes it', { timeout: 60_000 }, async () => {
    const [top] = await incidents();
    await page.goto(`/incidents/${top?.id}/alerts`);
    await page
      .getByRole('checkbox', { name: /^Select alert/ })
      .first()
      .check();
    await page.getByRole('region', { name: 'Selected alerts' }).getByRole('button', { name: 'Move…' }).click();
    await dialog().getByLabel('Note').fill('Another matter');
    await look('move');
    await dialog().getByRole('button', { name: 'Move' }).click();
    await page.getByText(/^1 alert moved to incident \d+$/).waitFor();
    const moved = (await incidents()).find(({ alertsTotal, id }) => alertsTotal === 1 && id > (top?.id ?? 0));
    await page.goto(`/incidents/${moved?.id}/alerts`);
    await page.getByText(/Moved here from incident \d+ by .*Another matter/).waitFor();
    await page.goto(`/incidents/${top?.id}/activity`);
    await page.getByRole('region', { name: 'Composition' }).waitFor();
    await look('composition');
    await page
      .getByRole('button', { name: /^Undo: moved 1 alert/ })
      .first()
      .click();
    await page.getByText('Undone', { exact: true }).first().waitFor();
    // Nothing is left there: it was merged back, and its address leads on.
    await page.goto(`/incidents/${moved?.id}/summary`);
    await page.getByText(`was merged into ${top?.id}`).waitFor();
    expect((await incidents()).find(({ id }) => id === top?.id)?.alertsTotal).toBe(top?.alertsTotal);
  });

  test('merges two incidents from the queue, and separates them later', { timeout: 60_000 }, async () => {
    await page.goto('/incidents?sev=high&sev=medium&sev=low&sev=informational');
    const boxes = page.getByRole('checkbox', { name: /^Select incident/ });
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    const bar = page.getByRole('region', { name: 'Selected incidents' });
    await bar.getByRole('button', { name: 'Merge…' }).click();
    await look('merge');
    await dialog().getByRole('button', { name: 'Merge' }).click();
    const toast = page.getByText(/^Merged into incident \d+$/);
    await toast.waitFor();
    survivor = (await toast.textContent())?.match(/\d+/)?.[0] ?? '';
    const { items } = await api<{ items: { fromIncidentId: number }[] }>(`/incidents/${survivor}/rearrangements`);
    await page.goto(`/incidents/${items[0]?.fromIncidentId}/activity`);
    await page.getByRole('link', { name: `Open incident ${survivor}` }).click();
    await page.waitForURL(`**/incidents/${survivor}/summary`);
    await page.goto(`/incidents/${survivor}/activity`);
    await page
      .getByRole('button', { name: /^Undo: merged/ })
      .first()
      .click();
    await page.getByText('Undone', { exact: true }).waitFor();
    await page.goto(`/incidents/${items[0]?.fromIncidentId}/summary`);
    await page.getByRole('button', { name: 'Merge or split' }).waitFor();
    expect(await page.getByText('was merged into').count()).toBe(0);
  });

  test('undoes the undoing, and splits what does not hang together', { timeout: 60_000 }, async () => {
    await page.goto(`/incidents/${survivor}/activity`);
    await page
      .getByRole('button', { name: /^Undo: separated/ })
      .first()
      .click();
    await page.getByText('Undone', { exact: true }).waitFor();
    const whole = await alertsTotal();
    const entity = await partingEntity();
    await page.getByRole('button', { name: 'Merge or split' }).click();
    await page.getByRole('menuitem', { name: 'Split by…' }).click();
    await dialog().getByRole('combobox', { name: 'Without' }).fill(entity.name);
    await dialog().getByRole('option', { name: entity.name }).first().click();
    await dialog().getByRole('list', { name: 'Parts' }).waitFor();
    await look('split');
    await dialog()
      .getByRole('button', { name: /^Split/ })
      .click();
    await page
      .getByText(/split off/)
      .first()
      .waitFor();
    expect(await alertsTotal()).toBeLessThan(whole);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await page.getByText('Undone', { exact: true }).last().waitFor();
    await expect.poll(alertsTotal).toBe(whole);
  });

  test('nothing went wrong on the way', () => {
    expect(watch.problems).toEqual([]);
  });
});

const alertsTotal = async () => (await api<Row>(`/incidents/${survivor}`)).alertsTotal;

/** An asset or artefact without which the survivor falls apart. */
async function partingEntity(): Promise<{ id: string; name: string }> {
  const root = `/incidents/${survivor}`;
  for (const kind of ['assets', 'evidence']) {
    for (const entity of await api<{ id: string; name: string }[]>(`${root}/${kind}`)) {
      const { parts } = await api<{ parts: unknown[] }>(`${root}/split?entity=${encodeURIComponent(entity.id)}`);
      if (parts.length > 1) return entity;
    }
  }
  throw new Error(`incident ${survivor} falls apart without none of its entities`);
}
