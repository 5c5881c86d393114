import { expect, test } from 'vitest';
import { type Measured, readings, silenceLimit, standingWatch } from './operations.ts';
import { conditionSteps, type KnownCondition } from './operations-state.ts';

const minute = 60_000;
const now = Date.parse('2026-03-01T08:00:00Z');
const calm: Measured = { sources: [], disk: null, jobs: [], deadLetters: 0 };
const nothing = { sourceSilent: null, ledgerUnbalanced: null, diskLow: null, jobFailing: null, deadLetters: null };
const diskOf = (free: number) => ({ ...calm, disk: { free, total: 1000 } });

test.each([
  [30, null, 30],
  [30, 100 * minute, 30],
  [null, null, 1440],
  [null, 5 * minute, 60],
  [null, 100 * minute, 150],
])('with %s minutes set and a rhythm of %s ms a source may be silent for %s minutes', (minutes, rhythm, limit) => {
  expect(silenceLimit(minutes, rhythm)).toBe(limit * minute);
});

test.each([
  [99, true, false],
  [100, false, false],
  [109, false, false],
  [111, false, true],
])('disk with %s of 1000 free, below 10 %%: bad %s, clear %s', (free, bad, clear) => {
  const [reading] = readings({ ...nothing, diskLow: { percent: 10, gigabytes: null } }, diskOf(free), now);
  expect(reading).toMatchObject({ kind: 'diskLow', bad, clear });
});

test('what cannot be measured gives no reading', () => {
  expect(readings(standingWatch, calm, now).map(({ kind }) => kind)).toEqual(['deadLetters']);
  const silent = { source: 's', lastAt: null, rhythmMs: null, received: 0, accounted: 0 };
  const found = readings(
    { ...nothing, sourceSilent: { sources: null, minutes: 1 } },
    { ...calm, sources: [silent] },
    now,
  );
  expect(found).toEqual([]);
});

const reading = (change: object) => ({
  ...{ kind: 'diskLow' as const, subject: '', bad: false, clear: true, holdMs: 0, facts: {} },
  ...change,
});
const known = (change: Partial<KnownCondition>): KnownCondition[] => [
  { id: 1, kind: 'diskLow', subject: '', state: 'open', since: now - 5 * minute, ...change },
];
const bad = { bad: true, clear: false };
const between = { bad: false, clear: false };
test.each([
  ['good, unknown', {}, [], []],
  ['bad, unknown', bad, [], ['begin']],
  ['bad, open', bad, known({}), []],
  ['in between, open', between, known({}), []],
  ['in between, unknown', between, [], []],
  ['clear, open', {}, known({}), ['close']],
  ['bad, suspected for long enough', { ...bad, holdMs: 5 * minute }, known({ state: 'suspected' }), ['open']],
  ['bad, suspected for too short', { ...bad, holdMs: 6 * minute }, known({ state: 'suspected' }), []],
  ['good, suspected', {}, known({ state: 'suspected' }), ['forget']],
])('%s', (_, change, before, steps) => {
  const found = conditionSteps([reading(change)], before, new Set(['diskLow']), now);
  expect(found.map(({ step }) => step)).toEqual(steps);
});

test('what is not watched any more ends without a word; what cannot be measured stays', () => {
  expect(conditionSteps([], known({}), new Set(), now)).toEqual([{ step: 'unwatch', id: 1 }]);
  expect(conditionSteps([], known({ state: 'suspected' }), new Set(), now)).toEqual([{ step: 'forget', id: 1 }]);
  expect(conditionSteps([], known({}), new Set(['diskLow']), now)).toEqual([]);
});
