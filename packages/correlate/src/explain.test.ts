import type { Decision, Term } from '@throughline/model';
import { expect, it } from 'vitest';
import { explain } from './explain.ts';

const device: Term = {
  signal: 'sharedAsset',
  entity: { kind: 'device', id: 'd', name: 'fin-ws-07' },
  weight: 1,
  rarity: 5.7,
  ageMs: 14 * 60_000,
  contribution: 5.49,
  alertId: 'a1',
  basis: { of: 'asset', firedHours: 0, watchedHours: 312 },
};
const stage: Term = {
  signal: 'stage',
  entity: null,
  weight: 0.3,
  rarity: 0,
  ageMs: 0,
  contribution: 0.3,
  alertId: null,
};
const decision: Decision = {
  alertId: 'a2',
  kind: 'joined',
  incidentId: 3,
  continues: null,
  novelty: 6,
  score: 5.79,
  threshold: 5,
  terms: [device, stage],
  refusals: [
    { incidentId: 9, reason: 'full', score: 8 },
    { incidentId: 7, reason: 'belowLine', score: 2 },
  ],
  merges: [{ from: 5, into: 3, score: 8, terms: [device] }],
};

it('shows the whole arithmetic, in the words of the portal', () => {
  expect(explain(decision, 'Odd program').split('\n')).toEqual([
    'Odd program: joined, incident 3',
    expect.stringMatching(/^ {2}Joined because fin-ws-07 \(device\) is part of this incident, 14 minutes apart/),
    '  novelty 6.00, score 5.79, needed 5.00',
    '      5.49  Same asset, fin-ws-07 (device), to a1: weight 1.00, rarity 5.70, 14 minutes apart, fired there in 0 of 312 hours watched',
    expect.stringMatching(/^ {6}0\.30 {2}Later attack stage: weight 0\.30/),
    '      5.79  sum',
    '  merged incident 5 into 3, score 8.00',
    expect.stringContaining('5.49  Same asset'),
    '      5.49  sum',
    '  considered and refused',
    '    Incident 9, score 8.00 of 5.00: it is full',
    '    Incident 7, score 2.00 of 5.00: what they have in common falls short',
  ]);
});
