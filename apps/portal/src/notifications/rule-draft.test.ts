import { describe, expect, test } from 'vitest';
import {
  bodyOf,
  draftOf,
  emptyDraft,
  isMailAddress,
  limitSource,
  missingIn,
  type RuleDraft,
  type Step,
  splitAddresses,
  toggleSeverity,
  toggleSource,
} from './rule-draft.ts';

const full: RuleDraft = { ...emptyDraft, name: ' High ', recipients: ['ada@example.com'] };

describe('what a step lacks', () => {
  test.each<[Step, Partial<RuleDraft>, string | undefined]>([
    ['basics', { name: '  ' }, 'Give the rule a name first'],
    ['basics', {}, undefined],
    ['settings', { severities: [] }, 'Choose at least one severity'],
    ['settings', { allSources: false }, 'Choose at least one source'],
    ['settings', {}, undefined],
    ['recipients', { recipients: [] }, 'Add a recipient first'],
    ['recipients', { recipients: [], webhooks: [1] }, undefined],
    ['recipients', { recipients: ['ada'] }, '“ada” is no mail address'],
    ['review', {}, undefined],
  ])('%s %j', (step, change, expected) => {
    expect(missingIn(step, { ...full, ...change })).toBe(expected);
  });
});

test('a draft becomes a body and comes back from a rule', () => {
  const body = bodyOf(full);
  expect(body).toMatchObject({ name: 'High', sources: null });
  const rule = {
    ...body,
    id: 1,
    createdDateTime: '',
    createdBy: '',
    lastUpdateDateTime: '',
    lastModifiedBy: '',
    lastNoticeDateTime: null,
    stopped: null,
    counts: {},
  };
  expect(bodyOf(draftOf(rule))).toEqual(body);
});

test('a whole service takes the place of its parts', () => {
  const part = { serviceSource: 's', detectionSource: 'd' };
  const whole = { serviceSource: 's', detectionSource: null };
  const one = toggleSource([], part, true);
  expect(one).toEqual([{ ...part, severities: null }]);
  expect(toggleSource(one, whole, true)).toEqual([{ ...whole, severities: null }]);
  expect(toggleSource(one, part, false)).toEqual([]);
  expect(limitSource(one, part, ['low'])).toEqual([{ ...part, severities: ['low'] }]);
});

test('severities go in and out', () => {
  expect(toggleSeverity(['high'], 'low', true)).toEqual(['high', 'low']);
  expect(toggleSeverity(['high', 'low'], 'high', false)).toEqual(['low']);
});

test('pasted addresses are told apart', () => {
  expect(splitAddresses(' a@x.example, b@x.example;c@x.example\n a@x.example ')).toEqual([
    'a@x.example',
    'b@x.example',
    'c@x.example',
  ]);
});

test.each([
  ['ada@example.com', true],
  ['ada@localhost', true],
  ['ada', false],
  ['Ada <ada@example.com>', false],
  ['a b@example.com', false],
  ['ada@example.com\r\nBcc: x', false],
])('%j is a mail address: %s', (text, expected) => {
  expect(isMailAddress(text)).toBe(expected);
});
