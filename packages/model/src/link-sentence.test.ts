import { describe, expect, it } from 'vitest';
import type { Decision, Refusal, Term } from './decision.ts';
import { basisWords, reasonSentence, refusalSentence } from './link-sentence.ts';
import { durationWords, oddsWords, tacticWords } from './plain-words.ts';

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

describe('what a term was counted from', () => {
  it.each<[Term['basis'], string | null]>([
    [undefined, null],
    [{ of: 'asset', firedHours: 3.14, watchedHours: 1312 }, 'fired there in 3.1 of 1,312 hours watched'],
    [{ of: 'artefact', assets: 2, elsewhere: 0, days: 90 }, 'on 2 assets here, seen nowhere else in 90 days'],
    [{ of: 'artefact', assets: 1, elsewhere: 3, days: 90 }, 'on 1 asset here and on 3 elsewhere'],
    [{ of: 'artefact', assets: 2, elsewhere: 0, days: 0 }, 'on 2 assets here and nowhere else'],
    [{ of: 'incident', alerts: 1 }, '1 alert'],
  ])('%o', (basis, words) => expect(basisWords(basis ? { ...file, basis } : file)).toBe(words));

  it('is part of the sentence', () => {
    const terms = [{ ...file, basis: { of: 'artefact' as const, assets: 2, elsewhere: 0, days: 90 } }];
    expect(reasonSentence({ ...base, terms })).toBe(
      'Joined because invoice.docm (file) is in this incident, 14 minutes apart, on 2 assets here, seen nowhere else in 90 days, and is met by chance in only 1 in 300 hours',
    );
  });
});

describe('what was considered', () => {
  const refused = (change: Partial<Refusal>): Refusal => ({ incidentId: 9, reason: 'belowLine', score: 0, ...change });
  const proxy = { kind: 'ip' as const, id: 'ip p', name: '10.0.0.1' };
  it.each<[Refusal, string]>([
    [refused({ score: 4.2 }), 'Incident 9, score 4.20 of 6.00: what they have in common falls short'],
    [
      refused({ reason: 'mustNotLink', score: 8 }),
      'Incident 9, score 8.00 of 6.00: a person set it and this incident apart',
    ],
    [
      refused({ reason: 'hub', entity: proxy, ageMs: 5 }),
      'Incident 9: both have 10.0.0.1 (address), which too many others share to mean much',
    ],
    [
      refused({ reason: 'window', entity: proxy, ageMs: 5 * 86_400_000 }),
      'Incident 9: both have 10.0.0.1 (address), but 5 days apart, too long to mean anything',
    ],
    [refused({ reason: 'hub', entity: null }), 'Incident 9: what they share is shared by too many others to mean much'],
  ])('%o', (refusal, words) => expect(refusalSentence(refusal, 6)).toBe(words));

  it('explains an alert that stands alone, and is no refusal in the sentence', () => {
    const alone = { ...base, kind: 'opened' as const, terms: [], score: 0 };
    expect(reasonSentence({ ...alone, refusals: [refused({ reason: 'hub', entity: proxy, ageMs: 5 })] })).toBe(
      'Opened a new incident: with earlier ones it shares 10.0.0.1 (address), and so do too many others for it to mean much',
    );
    expect(reasonSentence({ ...base, refusals: [refused({ reason: 'outscored', score: 7 })] })).not.toContain(
      'Kept apart',
    );
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
