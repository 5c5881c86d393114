import { describe, expect, it } from 'vitest';
import { clockOffset } from './clock-offset.ts';
import { conditionWords } from './condition-words.ts';
import { readings, standingWatch } from './operations.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('the clock of a source', () => {
  it.each([
    ['is two hours behind', { medianMs: 2 * hour, spreadMs: 20_000, alerts: 200 }, 2 * hour],
    ['is an hour ahead', { medianMs: -hour, spreadMs: 3 * hour, alerts: 200 }, -hour],
    ['is right', { medianMs: 4_000, spreadMs: 3_000, alerts: 200 }, 4_000],
    ['cannot be told: deliveries take long', { medianMs: 2 * hour, spreadMs: 2 * hour, alerts: 200 }, null],
    ['cannot be told: history was imported', { medianMs: 900 * hour, spreadMs: 0, alerts: 200 }, null],
    ['cannot be told: too few alerts', { medianMs: 2 * hour, spreadMs: 0, alerts: 5 }, null],
  ])('%s', (_, lag, offset) => {
    expect(clockOffset(lag)).toBe(offset);
  });

  it.each([
    [2 * hour, true, 'Clock of edr is 2 hours behind'],
    [-30 * minute, true, 'Clock of edr is 30 minutes ahead'],
    [2 * minute, false, undefined],
  ])('off by %d ms is a condition: %s', (medianMs, bad, title) => {
    const lag = { medianMs, spreadMs: 1_000, alerts: 100 };
    const source = { source: 'edr', lastAt: 0, rhythmMs: null, received: 1, accounted: 1, lag };
    const measured = { sources: [source], disk: null, jobs: [], deadLetters: 0 };
    const reading = readings(standingWatch, measured, 0).find(({ kind }) => kind === 'sourceClock');
    expect(reading).toMatchObject({ subject: 'edr', bad, clear: !bad });
    if (reading && title) {
      expect(conditionWords({ condition: 'sourceClock', subject: 'edr', facts: reading.facts }).title).toBe(title);
    }
  });
});
