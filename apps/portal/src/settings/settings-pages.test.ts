import { expect, test } from 'vitest';
import { openablePages, settingsGroups, settingsPageAt, settingsPages } from './settings-pages.ts';

test('every page has its own address, and every group a page', () => {
  expect(new Set(settingsPages.map(({ path }) => path)).size).toBe(settingsPages.length);
  expect([...new Set(settingsPages.map(({ group }) => group))]).toEqual([...settingsGroups]);
});

test.each([
  ['/settings/roles', 'Roles'],
  ['/settings/people/7', 'People'],
  ['/settings/rolesque', undefined],
  ['/settings', undefined],
  ['/incidents', undefined],
])('%s is the page %s', (pathname, title) => {
  expect(settingsPageAt(pathname)?.title).toBe(title);
});

test('what a person may not open, and what does not exist, is not listed', () => {
  const titles = (permissions: Parameters<typeof openablePages>[0], exists: (path: string) => boolean) =>
    openablePages(permissions, exists).map(({ title }) => title);
  expect(titles(['audit.read'], () => true)).toEqual(['Audit log']);
  expect(titles(['access.read'], (path) => path !== '/settings/automation')).toEqual(['Roles', 'Device groups']);
  expect(titles(['incidents.read'], () => true)).toEqual([]);
});
