import type { IncidentChange, IncidentRow } from '@throughline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inverseChanges, rowAfter } from './inverse.ts';
import { rowWith } from './row.fixture.ts';

const row = fc
  .record({
    id: fc.integer({ min: 1, max: 9 }),
    status: fc.constantFrom<IncidentRow['status']>('active', 'inProgress', 'resolved'),
    assignedTo: fc.constantFrom(null, 'mira', 'jonas'),
    severity: fc.constantFrom<IncidentRow['severity']>('low', 'high'),
    customTags: fc.subarray(['a', 'b']),
  })
  .map(rowWith);
const change: fc.Arbitrary<IncidentChange> = fc.record(
  {
    status: fc.constantFrom('active', 'inProgress', 'resolved'),
    assignedTo: fc.constantFrom(null, 'mira'),
    severity: fc.constantFrom('low', 'high'),
    customTags: fc.subarray(['a', 'b']),
    comment: fc.constant('seen'),
  },
  { requiredKeys: [] },
);

test('a change and its undo give back every part that can be set back', () => {
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 6 }), change, (rows, what) => {
      const changed = rows.map((each) => rowAfter(each, what));
      const undone = inverseChanges(rows, what).reduce(
        (now, { ids, change: back }) => now.map((each) => (ids.includes(each.id) ? rowAfter(each, back) : each)),
        changed,
      );
      const settable = (list: readonly IncidentRow[]) => list.map(({ alertsActive: _, ...rest }) => rest);
      expect(settable(undone)).toEqual(settable(rows));
    }),
  );
});

test('a comment alone has no undo', () => {
  expect(inverseChanges([rowWith({})], { comment: 'seen' })).toEqual([]);
});

test('a merged incident is left alone', () => {
  expect(inverseChanges([rowWith({ status: 'redirected' })], { status: 'active' })).toEqual([]);
});

test('rows that go back to the same are one request', () => {
  const rows = [rowWith({ id: 1 }), rowWith({ id: 2 }), rowWith({ id: 3, assignedTo: 'jonas' })];
  expect(inverseChanges(rows, { assignedTo: 'mira' })).toEqual([
    { ids: [1, 2], change: { assignedTo: null } },
    { ids: [3], change: { assignedTo: 'jonas' } },
  ]);
});

test('resolving closes the alerts on screen unless it leaves them open', () => {
  expect(rowAfter(rowWith({}), { status: 'resolved' }).alertsActive).toBe(0);
  expect(rowAfter(rowWith({}), { status: 'resolved', resolveAlerts: false }).alertsActive).toBe(3);
});
