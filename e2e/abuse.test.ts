import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plantHostile, plantOnIncidents, type Send } from '../apps/server/src/abuse/hostile.fixture.ts';
import { newContext, openBrowser, type Watch } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/**
 * Abuse 4, in a real browser. The attack: what an intruder types into a field of an alert, or an insider into a name, a tag
 * or a comment, runs, asks another host or breaks the page of whoever reads it.
 */
let server: ServerProcess;
let browser: Browser;
let context: BrowserContext;
let watch: Watch;
let page: Page;
let send: Send;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ verb: 'start' }), openBrowser()]);
  ({ context, watch } = await newContext(browser, server.url));
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('dialog', (dialog) => {
    watch.problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(await server.signInLink());
  await page.waitForURL('**/incidents');
  const { csrfToken } = await (await context.request.get('/api/me')).json();
  send = async (method, path, body) => {
    const answer = await context.request.fetch(path, {
      method,
      headers: { 'x-csrf-token': csrfToken, origin: server.url, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { data: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status(), json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null };
  };
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('no page runs, asks elsewhere or breaks, whatever is in the fields it shows', async () => {
  await plantHostile(send);
  const rows = async (): Promise<{ id: number }[]> =>
    (await send('GET', '/api/incidents?kind=all&status=active&limit=50')).json.items;
  await expect.poll(async () => (await rows()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  const ids = (await rows()).map(({ id }) => id);
  await plantOnIncidents(send, ids);
  const [first] = ids;
  const tabs = ['summary', 'alerts', 'devices', 'users', 'mailboxes', 'evidence', 'activity'];
  const settings = [
    '',
    '/people',
    '/people?tab=groups',
    '/roles',
    '/device-groups',
    '/sign-in',
    '/sources',
    '/retention',
  ];
  const pages = [
    '/incidents?kind=all',
    ...tabs.map((tab) => `/incidents/${first}/${tab}`),
    ...ids.slice(1, 6).map((id) => `/incidents/${id}/evidence`),
    '/ledger',
    '/audit',
    '/tokens',
    '/account',
    ...settings.map((path) => `/settings${path}`),
    ...['rules', 'operations', 'webhooks', 'escalation', 'on-call', 'digest', 'messages'].map(
      (tab) => `/settings/notifications?tab=${tab}`,
    ),
  ];
  let shown = 0;
  for (const path of pages) {
    await page.goto(path);
    await page.getByRole('main').getByRole('heading').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect([path, await page.getByText('Something went wrong').count()]).toEqual([path, 0]);
    // Scripts of the set leave a mark on the window, and elements of it one in the page.
    const ran = await page.evaluate(() => 'hacked' in globalThis);
    const elements = await page.locator('[data-hacked]').count();
    shown += await page.getByText('window.hacked').count();
    expect([path, ran, elements, watch.problems]).toEqual([path, false, 0, []]);
  }
  expect(shown).toBeGreaterThan(20);
}, 120_000);
