import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsInView, scrollTopFor } from './row-window.ts';

test.each([
  [0, 400, 40, 1000, 0, { start: 0, end: 10 }],
  [400, 400, 40, 1000, 2, { start: 8, end: 22 }],
  [420, 400, 40, 1000, 0, { start: 10, end: 21 }],
  [99_999, 400, 40, 5, 2, { start: 4, end: 5 }],
  [0, 400, 40, 0, 8, { start: 0, end: 0 }],
])('top %i height %i row %i count %i overscan %i', (top, height, row, count, overscan, expected) => {
  expect(rowsInView(top, height, row, count, overscan)).toEqual(expected);
});

test('every row is drawn when it is scrolled to', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.nat(100_000),
      fc.integer({ min: 100, max: 2000 }),
      fc.constantFrom(32, 40),
      fc.nat(1_000_000),
      (count, wanted, height, row, before) => {
        const index = wanted % count;
        const top = scrollTopFor(index, before, height, row, 32);
        const { start, end } = rowsInView(top, height, row, count, 0);
        expect(index).toBeGreaterThanOrEqual(start);
        expect(index).toBeLessThan(end);
        expect(index * row + row).toBeLessThanOrEqual(top + height - 32);
        expect(index * row).toBeGreaterThanOrEqual(top);
      },
    ),
  );
});

test('a row in view does not scroll', () => {
  expect(scrollTopFor(3, 80, 400, 40, 32)).toBe(80);
});
