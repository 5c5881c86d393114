import fc from 'fast-check';
import { expect, test } from 'vitest';
import { panelOf, panelText, tabIds, tabOf, tabs } from './incident-place.ts';

test('place → address → place is the same place', () => {
  fc.assert(
    fc.property(fc.constantFrom('alert' as const, 'asset' as const, 'evidence' as const), fc.string(), (kind, key) => {
      expect(panelOf(panelText(kind, key))).toEqual({ kind, key });
    }),
  );
});

test('what no address means is the plain summary', () => {
  expect(panelOf('nonsense')).toBeUndefined();
  expect(panelOf(undefined)).toBeUndefined();
  expect(tabOf('graph')).toBe('summary');
  expect(tabs.map(({ id }) => id)).toEqual([...tabIds]);
});
