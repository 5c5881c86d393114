import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeReturnPath } from './return-path.ts';

describe('safeReturnPath', () => {
  test.each([
    ['/incidents?status=new', '/incidents?status=new'],
    ['/incidents/1042/summary#x', '/incidents/1042/summary#x'],
    ['//evil.example', '/incidents'],
    ['/\\evil.example', '/incidents'],
    ['/\t/evil.example', '/incidents'],
    ['https://evil.example/', '/incidents'],
    ['javascript:alert(1)', '/incidents'],
    ['/sign-in?return=/x', '/incidents'],
    ['/api/session', '/incidents'],
    ['', '/incidents'],
    [undefined, '/incidents'],
    [['/a'], '/incidents'],
  ])('%j leads to %s', (asked, expected) => {
    expect(safeReturnPath(asked)).toBe(expected);
  });

  test('never leaves the origin', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((rest) => `/${rest}`),
        ),
        (asked) => {
          expect(new URL(safeReturnPath(asked), 'http://portal.test').origin).toBe('http://portal.test');
        },
      ),
    );
  });
});
