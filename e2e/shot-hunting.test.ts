import { afterAll, beforeAll, expect, test } from 'vitest';
import { newContext, openBrowser, photograph } from './browser.ts';
import { startServer } from './server-process.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ verb: 'start' }), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('look', async () => {
  const { context } = await newContext(browser, server.url);
  const page = await context.newPage();
  page.on('console', (m) => console.log('console', m.text()));
  page.on('pageerror', (e) => console.log('pageerror', e.message));
  await page.goto(await server.signInLink());
  await page.getByRole('button', { name: 'Load the demo attack' }).waitFor();
  await page.goto('/hunting');
  await page.waitForTimeout(3000);
  await photograph(page, 'hunting-first');
  await page.waitForTimeout(4000);
  await page.locator('.cm-content').click();
  await page.keyboard.type('DeviceProcessEvents | where Devi');
  await page.waitForTimeout(3000);
  await photograph(page, 'hunting-editor');
  expect(1).toBe(1);
}, 60_000);
