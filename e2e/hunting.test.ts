import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoFiles } from '@throughline/content/demo';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, type Size, sizes, themes, type Watch } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let context: BrowserContext;
let watch: Watch;
let page: Page;

/** The demo's Windows logs, through the real intake. */
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
  ({ context, watch } = await newContext(browser, server.url));
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(await server.signInLink());
  await page.getByRole('link', { name: 'Hunting' }).click();
  await page.getByRole('button', { name: /^DeviceProcessEvents/ }).waitFor();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const editor = () => page.getByRole('textbox', { name: /^Query\./ });
const results = () => page.getByRole('grid', { name: 'Results' });
const told = () => page.getByRole('region', { name: 'Results of the query' }).getByRole('status').first();

async function write(query: string): Promise<void> {
  await editor().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(query);
}

async function run(query: string): Promise<void> {
  await write(query);
  await page.keyboard.press('Control+Enter');
}

async function look(name: string): Promise<void> {
  for (const size of Object.keys(sizes) as Size[]) {
    for (const theme of themes) {
      await page.setViewportSize(sizes[size]);
      await page.emulateMedia({ colorScheme: theme });
      await photograph(page, `hunting-${name}-${size}-${theme}`);
      expect(await axeViolations(page)).toEqual([]);
    }
  }
  await page.setViewportSize(sizes.desk);
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('hunting', { concurrent: false }, () => {
  test('a query runs, its rows open, and a value goes into the query', { timeout: 60_000 }, async () => {
    await run(
      'DeviceProcessEvents\n| where FileName in~ ("powershell.exe", "ntdsutil.exe")\n| project Timestamp, DeviceName, FileName, ProcessCommandLine',
    );
    await expect.poll(() => told().textContent(), { timeout: 15_000 }).toMatch(/^2 rows/);
    await look('table');
    await results().getByRole('row').filter({ hasText: 'ntdsutil' }).click();
    const panel = page.getByRole('complementary', { name: /^Row \d of 2/ });
    await panel.getByText('dc-01').waitFor();
    await look('row');
    await panel.getByRole('button', { name: 'Use FileName' }).click();
    await page.getByRole('menuitem', { name: 'Not this value' }).click();
    await expect.poll(() => editor().textContent()).toContain('where FileName != "ntdsutil.exe"');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => told().textContent(), { timeout: 15_000 }).toMatch(/^1 row/);
    expect(new URL(page.url()).searchParams.get('q')).toContain('!= "ntdsutil.exe"');
  });

  test('the address holds the query, for a colleague too', { timeout: 60_000 }, async () => {
    const address = new URL(page.url());
    expect(address.searchParams.get('q')).toContain('!= "ntdsutil.exe"');
    const other = await context.newPage();
    await other.goto(address.toString());
    await expect
      .poll(() => other.getByRole('textbox', { name: /^Query\./ }).textContent())
      .toContain('where FileName != "ntdsutil.exe"');
    await other.close();
  });

  test('render draws a chart', { timeout: 60_000 }, async () => {
    await run(
      'DeviceProcessEvents\n| summarize Programs = count() by bin(Timestamp, 1h)\n| render timechart with (title="Programs started")',
    );
    await page.getByRole('img', { name: /^Programs started/ }).waitFor();
    await look('chart');
    await page.getByRole('combobox', { name: 'Shown as' }).selectOption('table');
    await results().waitFor();
  });

  test('a mistake is underlined, explained, and shown where it is', { timeout: 60_000 }, async () => {
    await run('DeviceProcessEvents\n| where Nonsense == 1');
    await page.getByText('The query names something that does not exist').waitFor();
    await page.getByRole('button', { name: 'Show where' }).click();
    await page.locator('.cm-lintRange-error').first().waitFor();
    await look('mistake');
  });

  test('completes columns of the table at hand', { timeout: 60_000 }, async () => {
    await write('DeviceProcessEvents | where ');
    await page.keyboard.type('ProcessComm');
    await page
      .getByRole('option', { name: /ProcessCommandLine/ })
      .first()
      .waitFor();
    await photograph(page, 'hunting-completion');
    await page.keyboard.press('Escape');
  });

  test('a query is kept, found again, and what ran lately too', { timeout: 60_000 }, async () => {
    await write('DeviceLogonEvents\n| summarize count() by AccountName');
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Who signs in');
    await dialog.getByText('Share with everybody who may hunt').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved as “Who signs in”.').waitFor();
    await page.getByRole('tab', { name: 'Queries' }).click();
    await page.getByRole('button', { name: /^Who signs in/ }).waitFor();
    await look('queries');
    await page.getByRole('tab', { name: 'Lately' }).click();
    await page.getByText('summarize Programs = count()').first().waitFor();
  });

  test('each query to begin with gives an answer, on a phone too', { timeout: 120_000 }, async () => {
    await page.setViewportSize(sizes.phone);
    const names = ['What is here', 'Programs seen on one device only', 'Shells started by Office'];
    const more = ['Sign-ins that failed', 'Connections to addresses', 'Programs over time'];
    for (const name of [...names, ...more]) {
      await page.getByRole('button', { name: 'Tables and queries', exact: true }).click();
      const shelf = page.getByRole('complementary', { name: 'Tables and queries' });
      await shelf.getByRole('tab', { name: 'Queries' }).click();
      await shelf.getByRole('tab', { name: 'To begin' }).click();
      if (name === names[0]) {
        await photograph(page, 'hunting-shelf-phone');
        expect(await axeViolations(page)).toEqual([]);
      }
      await shelf.getByRole('button', { name: new RegExp(`^${name}`) }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await expect.poll(() => told().textContent(), { message: name, timeout: 20_000 }).toMatch(/^[\d,]+ rows? /);
    }
    await page.setViewportSize(sizes.desk);
  });

  test('a thing of an incident is hunted from its menu', { timeout: 60_000 }, async () => {
    await page.goto('/hunting?q=DeviceNetworkEvents%20%7C%20count&run=1');
    await expect.poll(() => told().textContent(), { timeout: 15_000 }).toMatch(/^1 row/);
    expect(watch.problems).toEqual([]);
  });
});
