import { expect, test } from 'vitest';
import { sortEvents } from './arrivals.ts';

const loaded = new Set([1, 2, 3]);

test.each([
  ['a new incident is announced', [{ type: 'incident.created', incidentId: 9, kind: 'incident' }], { fresh: [9] }],
  ['a new background group is not', [{ type: 'incident.created', incidentId: 9, kind: 'background' }], {}],
  [
    'a change to a row shown redraws it',
    [{ type: 'incident.updated', incidentId: 2, kind: 'incident' }],
    { changed: [2] },
  ],
  ['a change to a row not shown does nothing', [{ type: 'incident.updated', incidentId: 9, kind: 'incident' }], {}],
  [
    'one created and merged within a batch is not announced',
    [
      { type: 'incident.created', incidentId: 9, kind: 'incident' },
      { type: 'incident.merged', incidentId: 9, into: 3 },
    ],
    { changed: [3] },
  ],
  ['a merge redraws both', [{ type: 'incident.merged', incidentId: 1, into: 2 }], { changed: [1, 2] }],
  ['a reset is passed on', [{ type: 'reset' }], { reset: true }],
] as const)('%s', (_, events, expected) => {
  expect(sortEvents(events, loaded)).toEqual({ fresh: [], changed: [], reset: false, ...expected });
});
