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
  let context: Awaited<ReturnType<typeof newContext>>['context'];
  ({ context, watch } = await newContext(browser, server.url));
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

const read = async <T>(path: string): Promise<T> => (await (await page.request.get(`/api${path}`)).json()) as T;

/** Calls the API as the page does, with its CSRF token. */
async function change<T>(method: string, path: string, data: unknown): Promise<T> {
  const { csrfToken } = await read<{ csrfToken: string }>('/me');
  const headers = { 'x-csrf-token': csrfToken, origin: new URL(page.url()).origin };
  return (await (await page.request.fetch(`/api${path}`, { method, headers, data })).json()) as T;
}

/** Looks at the page on a desk in the light and on a phone in the dark: no violation on either. */
async function look(name: string): Promise<void> {
  for (const [size, colorScheme] of [
    ['phone', 'dark'],
    ['desk', 'light'],
  ] as const) {
    await page.setViewportSize(sizes[size]);
    await page.emulateMedia({ colorScheme });
    expect(await axeViolations(page)).toEqual([]);
    await photograph(page, `${name}-${size}-${colorScheme}`);
  }
}

describe('roles for some data sources', { concurrent: false }, () => {
  let sources: string[] = [];
  let sam = 0;

  test('the own role of an account is limited in its panel', async () => {
    const { serviceSource } = await read<Record<string, { value: string }[]>>('/incidents/facets?kind=all');
    sources = (serviceSource ?? []).map(({ value }) => value);
    expect(sources.length).toBeGreaterThan(1);
    sam = (await change<{ id: number }>('POST', '/accounts', { userName: 'sam', displayName: 'Sam', role: 'operator' }))
      .id;
    await page.goto('/settings/people');
    await page.getByRole('grid').getByText('Sam', { exact: true }).click();
    const form = page.getByRole('form', { name: 'Change the data sources' });
    await form.getByLabel('Holds for').selectOption('selected');
    await form.getByRole('combobox', { name: 'Named sources' }).fill(sources[0] ?? '');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await form.getByRole('button', { name: 'Save sources' }).click();
    await page.getByText(`(its own), for ${sources[0]} only`).waitFor();
    const { items } = await read<{ items: unknown[] }>('/account-sources');
    expect(items).toEqual([{ accountId: sam, sources: { mode: 'selected', sources: [sources[0]] } }]);
    await form.scrollIntoViewIfNeeded();
    await look('access-account-sources');
  });

  test('a role with many assignments can be read, and one of them changed', async () => {
    const limited = Array.from({ length: 8 }, (_, i) => ({
      accountIds: [sam],
      userGroupIds: [],
      sources: { mode: i % 2 ? 'allExcept' : 'selected', sources: sources.slice(0, 1 + (i % 3)).concat(`feed-${i}`) },
    }));
    await change('POST', '/roles/securityReader/assignees', { accountIds: [], userGroupIds: [], limited });
    await page.goto('/settings/roles');
    await page.getByRole('grid').getByRole('button', { name: 'Security Reader' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('feed-7').waitFor();
    await look('access-role-many');
    await dialog.getByRole('button', { name: 'Edit assignment 2' }).click();
    await look('access-role-edit');
    await dialog.getByLabel('Sources', { exact: true }).selectOption('allExcept');
    await dialog.getByRole('button', { name: 'Remove assignment 1' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { items } = await read<{ items: { key: string; limited: { sources: { mode: string } }[] }[] }>('/roles');
    const modes = items.find(({ key }) => key === 'securityReader')?.limited.map(({ sources: { mode } }) => mode);
    expect(modes?.toSorted()).toEqual([...Array(5).fill('allExcept'), ...Array(2).fill('selected')]);
  });

  test('the queue names, filters and shows device groups', async () => {
    const { items } = await read<{ items: { assets: { kind: string; name: string }[] }[] }>('/alerts?limit=200');
    const device = items.flatMap(({ assets }) => assets).find(({ kind }) => kind === 'device')?.name ?? '';
    const rule = { conditions: [{ property: 'name', operator: 'equals', values: [device] }] };
    await change('POST', '/device-groups', { name: 'First floor', rule });
    await page.goto('/incidents?hide=any&severity=any');
    await page.getByRole('grid').getByText('First floor').first().waitFor();
    const all = await read<{ total: number }>('/incidents');
    await page.getByRole('button', { name: /^Device group/ }).click();
    await page.getByRole('checkbox', { name: /First floor/ }).waitFor();
    await look('queue-device-groups');
    await page.getByRole('checkbox', { name: /First floor/ }).click();
    await page.waitForURL(/group=\d+/);
    const chosen = await read<{ total: number }>(`/incidents?deviceGroup=${/group=(\d+)/.exec(page.url())?.[1]}`);
    expect(chosen.total).toBeGreaterThan(0);
    expect(chosen.total).toBeLessThan(all.total);
  });

  test('nothing went wrong on the way', () => {
    expect(watch.problems).toEqual([]);
  });
});
