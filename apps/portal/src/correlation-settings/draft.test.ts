import type { CorrelationChoices, CorrelationParameter } from '@throughline/model';
import { expect, test } from 'vitest';
import { changesOf, draftOf, figure, isValid, numberOf, proposalOf, wrongNumber } from './draft.ts';

const parameter = (id: string, more: Partial<CorrelationParameter> = {}): CorrelationParameter => ({
  id,
  group: 'line',
  label: id.toUpperCase(),
  meaning: '',
  reason: '',
  unit: 'nats',
  default: 6,
  min: 2,
  max: 15,
  whole: false,
  ...more,
});
const parameters = [parameter('a'), parameter('b'), parameter('c', { whole: true })];
const exception = {
  id: 'x1',
  subject: 'entity',
  effect: 'alwaysHub',
  value: 'ip 10.0.0.1',
  name: '10.0.0.1',
  kind: 'ip',
  reason: 'The gateway',
  expiresDateTime: null,
} as const;
const choices: CorrelationChoices = {
  numbers: { a: 8 },
  restrictToDeviceGroups: false,
  exceptions: [{ ...exception, createdBy: 'mira', createdDateTime: '2026-01-01T00:00:00.000Z' }],
};

test('a draft that was not touched proposes what is, and changes nothing', () => {
  const draft = draftOf(choices);
  expect(changesOf(draft, choices, parameters)).toEqual([]);
  expect(proposalOf(draft, parameters)).toEqual({ ...choices, exceptions: [exception] });
});

test('changes are told one by one', () => {
  const draft = draftOf(choices);
  const changed = {
    texts: { a: '6', b: '7,5' },
    restrictToDeviceGroups: true,
    exceptions: [{ ...exception, id: null, name: 'Another' }],
  };
  expect(changesOf(changed, choices, parameters)).toEqual([
    'A: 8 → 6',
    'B: 6 → 7.5',
    'Keep incidents within device groups: on',
    'New exception: Another',
    'Removed exception: 10.0.0.1',
  ]);
  expect(proposalOf(changed, parameters).numbers).toEqual({ b: 7.5 });
  const [first] = draft.exceptions;
  const reworded = { ...draft, exceptions: first ? [{ ...first, reason: 'Another reason' }] : [] };
  expect(changesOf(reworded, choices, parameters)).toEqual(['Changed exception: 10.0.0.1']);
});

test.each([
  ['6', 6],
  [' 0,5 ', 0.5],
  ['1e-4', 1e-4],
  ['', undefined],
  ['six', undefined],
  ['Infinity', undefined],
])('%j is the number %j', (text, value) => {
  expect(numberOf(text)).toBe(value);
});

test('a number out of range, or in parts where it is whole, is not valid', () => {
  const draft = draftOf(choices);
  expect(isValid(draft, parameters)).toBe(true);
  expect(isValid({ ...draft, texts: { a: '1' } }, parameters)).toBe(false);
  expect(isValid({ ...draft, texts: { c: '2.5' } }, parameters)).toBe(false);
  expect(wrongNumber(parameter('c', { whole: true, max: 20_000 }), '2.5')).toBe(
    'Enter a whole number from 2 to 20,000.',
  );
});

test.each([
  [0.000001, '0.000001'],
  [0.0003, '0.0003'],
  [2_000, '2000'],
  [20_000, '20,000'],
])('%d is written %s', (value, text) => {
  expect(figure(value)).toBe(text);
});
