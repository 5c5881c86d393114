import type { Decision, Term } from '@throughline/model';
import { describe, expect, it } from 'vitest';
import { explain } from './explain.ts';
import { reasonSentence } from './reason.ts';
import { durationWords, oddsWords, tacticWords } from './words.ts';

const file: Term = {
  signal: 'sharedArtefact',
  entity: { kind: 'file', id: 'file x', name: 'invoice.docm' },
  weight: 1,
  rarity: 5.7,
  ageMs: 14 * 60_000,
  contribution: 5.69,
  alertId: 'a1',
};
const device: Term = {
  ...file,
  signal: 'sharedAsset',
  entity: { kind: 'device', id: 'd', name: 'fin-ws-07' },
  contribution: 2,
};
const base: Decision = {
  alertId: 'a2',
  kind: 'joined',
  incidentId: 3,
  continues: null,
  novelty: 6,
  score: 7.69,
  threshold: 6,
  terms: [file, device],
  refusals: [],
  merges: [],
};

describe('reasonSentence', () => {
  it.each<[Partial<Decision>, string]>([
    [
      {},
      'Joined because invoice.docm (file) is in this incident, 14 minutes apart, and is met by chance in only 1 in 300 hours; also fin-ws-07',
    ],
    [{ kind: 'opened', terms: [], score: 0 }, 'Opened a new incident: it shares nothing with an earlier one'],
    [{ kind: 'opened', score: 1.24 }, 'Opened a new incident: the nearest other one scored 1.2 of 6.0 needed'],
    [{ kind: 'background', novelty: 1.6 }, 'Expected background: this detection fires here in about 1 in 5 hours'],
    [{ kind: 'moved' }, 'A person put it here'],
    [{ terms: [] }, 'Already known; nothing changed'],
    [{ kind: 'continued', continues: 2, terms: [] }, 'Continues incident 2, which is full'],
    [
      { terms: [], kind: 'opened', refusals: [{ incidentId: 9, reason: 'resolved', score: 8 }] },
      'Opened a new incident: it shares nothing with an earlier one. Kept apart from incident 9: it is resolved',
    ],
    [
      { terms: [], merges: [{ from: 5, into: 3, score: 8, terms: [device] }] },
      'Already known; nothing changed. Merged incident 5 into 3, because fin-ws-07 (device) is part of this incident, 14 minutes apart, and this detection fires there in only 1 in 300 hours',
    ],
  ])('%o', (change, sentence) => {
    expect(reasonSentence({ ...base, ...change })).toBe(sentence);
  });
});

describe('explain', () => {
  it('shows the whole arithmetic', () => {
    const merges = [{ from: 5, into: 3, score: 8, terms: [device] }];
    const text = explain({ ...base, merges, refusals: [{ incidentId: 9, reason: 'full', score: 8 }] }, 'Odd program');
    expect(text).toMatch(/^Odd program: joined incident 3\n/);
    expect(text).toContain('5.69  sharedArtefact file invoice.docm to a1: weight 1.00, rarity 5.70, 14 minutes apart');
    expect(text).toContain('merge 5 into 3, score 8.00');
    expect(text).toContain('refused incident 9: full, score 8.00');
  });
});

describe('words', () => {
  it.each([
    [0, 'less than a second'],
    [1_400, '1 second'],
    [60_000, '60 seconds'],
    [14 * 60_000, '14 minutes'],
    [3_600_000, '60 minutes'],
    [3 * 3_600_000, '3 hours'],
    [40 * 3_600_000, '2 days'],
  ])('%i ms is %s', (ms, words) => expect(durationWords(ms)).toBe(words));

  it('rounds odds to two digits', () => {
    expect([0, 1.6, 5, 8].map(oddsWords)).toEqual(['1 in 1', '1 in 5', '1 in 150', '1 in 3000']);
    expect(tacticWords('commandAndControl')).toBe('Command and control');
  });
});
