import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoFiles } from '@throughline/content/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, type Size, sizes, themes, type Watch } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let watch: Watch;
let page: Page;

/** The demo's Windows logs, through the real intake and our own rules. */
async function ingestLogs(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-logs-'));
  const logs = demoFiles(new Date()).find(({ source }) => source === 'windowsEvent');
  const file = join(folder, 'windows.ndjson');
  await writeFile(file, logs?.body ?? '');
  await server.cli('ingest', file);
  await rm(folder, { recursive: true });
}

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ verb: 'start' }), openBrowser()]);
  await ingestLogs();
  const { context, watch: watched } = await newContext(browser, server.url);
  watch = watched;
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(await server.signInLink());
  await page.getByRole('link', { name: 'Detections' }).click();
  await list().getByRole('row').nth(1).waitFor();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const list = () => page.getByRole('grid', { name: 'Detection rules' });

async function look(name: string): Promise<void> {
  for (const size of Object.keys(sizes) as Size[]) {
    for (const theme of themes) {
      await page.setViewportSize(sizes[size]);
      await page.emulateMedia({ colorScheme: theme });
      await photograph(page, `detections-${name}-${size}-${theme}`);
      expect(await axeViolations(page)).toEqual([]);
    }
  }
  await page.setViewportSize(sizes.desk);
  await page.emulateMedia({ colorScheme: 'light' });
}

type Rows = { items: { title: string; id: string; alerts: number }[] };

describe('detections', { concurrent: false }, () => {
  let title = '';

  test('rules are listed, filtered by tactic and state, and the address holds it', { timeout: 60_000 }, async () => {
    await expect
      .poll(
        async () =>
          ((await (await page.request.get('/api/detections')).json()) as Rows).items.some((r) => r.alerts > 0),
        {
          timeout: 30_000,
        },
      )
      .toBe(true);
    await page.reload();
    await list().getByRole('row').nth(1).waitFor();
    await look('list');
    const tactic = page.getByRole('button', { name: /^Credential access/ });
    await tactic.click();
    await expect.poll(() => new URL(page.url()).searchParams.get('tactic')).toBe('credentialAccess');
    expect(await tactic.getAttribute('aria-pressed')).toBe('true');
    await page.goto('/detections?state=matched');
    await list().getByRole('row').nth(1).waitFor();
    await expect
      .poll(() =>
        page
          .getByRole('status')
          .filter({ hasText: /^\d+ of \d+ rules$/ })
          .count(),
      )
      .toBe(1);
  });

  test('a rule shows what it did, takes an exception, and is turned off with a reason', {
    timeout: 90_000,
  }, async () => {
    const link = list().getByRole('link').first();
    title = (await link.textContent()) ?? '';
    await link.click();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await page.getByRole('region', { name: 'The rule as it is written' }).getByText(title).waitFor();
    await page.getByRole('button', { name: 'New exception' }).click();
    const dialog = page.getByRole('dialog', { name: 'New exception' });
    await dialog.getByLabel('Field').fill('DeviceName');
    await dialog.getByLabel('Values').fill('lab-1\nlab-2');
    await dialog.getByLabel('Reason').fill('Our own tests run there.');
    await look('exception');
    await dialog.getByRole('button', { name: 'Make the exception' }).click();
    await page.getByText('lab-1 | lab-2').waitFor();
    await page.getByRole('switch').click({ force: true });
    const turn = page.getByRole('dialog', { name: 'Turn the rule off' });
    await turn.getByLabel('Reason').fill('Under review');
    await turn.getByRole('button', { name: 'Turn it off' }).click();
    await page.getByText('The rule is off').first().waitFor();
    await look('rule');
    await page.getByRole('button', { name: 'End the exception: Our own tests run there.' }).click();
    await page.getByText('None: every match is an alert').waitFor();
  });

  test('an alert names its rule’s author and licence, and leads to it', { timeout: 60_000 }, async () => {
    const answer = await page.request.get('/api/alerts?limit=200');
    const { items } = (await answer.json()) as { items: { id: string; incidentId: number; title: string }[] };
    const alert = items.find((each) => each.title === title);
    if (alert === undefined) throw new Error(`no alert of ${title}`);
    await page.goto(`/incidents/${alert.incidentId}/alerts?panel=${encodeURIComponent(`alert:${alert.id}`)}`);
    const panel = page.getByRole('complementary', { name: 'Alert' });
    await panel.getByText('Rule author').waitFor();
    await panel.getByText('Rule licence').waitFor();
    await panel.getByRole('link', { name: title }).click();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    expect(watch.problems).toEqual([]);
  });
});
