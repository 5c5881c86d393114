import { expect, test } from 'vitest';
import { titleOf } from './page-title.ts';

test.each([
  ['/incidents', 'Incidents · Throughline'],
  ['/incidents/1042/summary', 'Incident 1042 · Throughline'],
  ['/sign-in', 'Sign in · Throughline'],
  ['/nowhere', 'Throughline'],
])('%s is titled %s', (pathname, title) => {
  expect(titleOf(pathname)).toBe(title);
});
