import { expect, test } from 'vitest';
import { moveSentence } from './rearrange-words.ts';

const move = {
  dateTime: '2026-02-01T00:00:00.000Z',
  actor: { kind: 'person' as const, name: 'Ada' },
  reason: null,
  note: '',
  fromIncidentId: 5,
  intoIncidentId: 7,
  undoing: false,
};

test.each([
  [{}, 7, 'Moved here from incident 5 by Ada'],
  [
    { reason: 'duplicate' as const, note: 'Seen twice' },
    7,
    'Moved here from incident 5 by Ada: duplicates. Seen twice',
  ],
  [{ undoing: true }, 7, 'Moved back here from incident 5 by Ada'],
  [{}, 9, 'Moved to incident 7, merged since, from incident 5 by Ada'],
])('%j in incident %i', (change, incidentId, words) => {
  expect(moveSentence({ ...move, ...change }, incidentId)).toBe(words);
});
