import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSearch, writeSearch } from '../app/search-params.ts';
import { severityWords, statusWords } from '../app/words.ts';
import { readQueueSearch } from './queue-search.ts';
import {
  clearFilters,
  defaultQueue,
  filterQuery,
  type QueueState,
  readQueue,
  sorts,
  writeQueue,
} from './queue-state.ts';

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .filter((each) => each.isWellFormed() && each !== 'any');
const list = fc.uniqueArray(text, { maxLength: 4 });
const time = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const state: fc.Arbitrary<QueueState> = fc.record({
  q: fc.string({ maxLength: 40 }),
  status: fc.subarray(Object.keys(statusWords) as QueueState['status']),
  severity: fc.subarray(Object.keys(severityWords) as QueueState['severity']),
  assignee: list,
  tag: list,
  source: list,
  tactic: list,
  classification: list,
  group: fc.uniqueArray(fc.integer({ min: -1, max: 999_999_999 }).map(String), { maxLength: 4 }),
  entity: list,
  from: fc.oneof(fc.constant(''), time),
  to: fc.oneof(fc.constant(''), time),
  kind: fc.constantFrom('incident', 'background', 'all'),
  sort: fc.constantFrom(...sorts),
  dir: fc.constantFrom('asc', 'desc'),
  hide: list,
  rows: fc.constantFrom('comfortable', 'compact'),
  strip: fc.boolean(),
  panel: fc.integer({ min: 0, max: 999_999_999 }),
});

const throughAddress = (given: QueueState) => readQueue(readQueueSearch(parseSearch(writeSearch(writeQueue(given)))));
const sorted = (given: QueueState) => ({
  ...given,
  status: given.status.toSorted(),
  severity: given.severity.toSorted(),
});

describe('the queue in its address', () => {
  test('state to address to state is the identity', () => {
    fc.assert(
      fc.property(state, (given) => {
        expect(sorted(throughAddress(given))).toEqual(sorted(given));
      }),
      { numRuns: 500 },
    );
  });

  test('the default has an empty address', () => {
    expect(writeSearch(writeQueue(defaultQueue))).toBe('');
  });

  test('any address is read without an error, and settles', () => {
    const address = fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(defaultQueue)), fc.string()), fc.string());
    fc.assert(
      fc.property(address, (given) => {
        const read = readQueue(readQueueSearch(given));
        expect(sorted(throughAddress(read))).toEqual(sorted(read));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['?severity=high,medium', { severity: ['high', 'medium'] }],
    ['?severity=any', { severity: [] }],
    ['?severity=purple', { severity: defaultQueue.severity }],
    ['?severity=__proto__,low', { severity: ['low'] }],
    ['?panel=inc:1042', { panel: 1042 }],
    ['?panel=inc:1042x', { panel: 0 }],
    ['?tag=a~1b,c~0d', { tag: ['a,b', 'c~d'] }],
    ['?from=yesterday&sort=sideways&unknown=1', {}],
  ])('%s', (address, expected) => {
    expect(readQueue(readQueueSearch(parseSearch(address)))).toEqual({ ...defaultQueue, ...expected });
  });

  test('an empty list asks for no restriction', () => {
    expect(filterQuery({ ...defaultQueue, severity: [] }).severity).toEqual([]);
  });

  test('clearing keeps the look', () => {
    const looked = { ...defaultQueue, q: 'x', tag: ['y'], rows: 'compact' as const, panel: 7 };
    expect(clearFilters(looked)).toEqual({ ...defaultQueue, rows: 'compact', panel: 7 });
  });
});
