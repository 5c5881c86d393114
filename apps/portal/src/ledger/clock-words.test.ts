import { expect, it } from 'vitest';
import { clockWords, delayWords, deviceClockWords } from './clock-words.ts';

const minute = 60_000;

it.each([
  [{ offsetMs: 120 * minute, medianMs: 120 * minute, alerts: 400 }, '2 h behind'],
  [{ offsetMs: -30 * minute, medianMs: -30 * minute, alerts: 400 }, '30 min ahead'],
  [{ offsetMs: 4_000, medianMs: 4_000, alerts: 400 }, 'Right'],
  [{ offsetMs: null, medianMs: 0, alerts: 3 }, 'Too few alerts to tell'],
  [{ offsetMs: null, medianMs: 5_000 * minute, alerts: 300 }, 'History was sent: cannot be told'],
  [{ offsetMs: null, medianMs: 9 * minute, alerts: 300 }, 'Delivery varies: cannot be told'],
])('%o is told as %s', (clock, words) => expect(clockWords(clock)).toBe(words));

it.each([
  [12_000, '12 s after'],
  [300, '< 1 s after'],
  [-5 * minute, '5 min before'],
])('%d ms is told as %s', (ms, words) => expect(delayWords(ms)).toBe(words));

it('says how a device differs from its source', () => {
  const device = { entityId: 'd', name: 'fs-01', medianMs: 8 * minute, spreadMs: 3_000, alerts: 12 };
  const source = { source: 'edr', medianMs: 2_000, spreadMs: 0, alerts: 90, offsetMs: 2_000, sinceDateTime: null };
  expect(deviceClockWords(device, { ...source, devices: [device] })).toBe(
    '7 min 58 s behind the others, 12 alerts, spread 3 s',
  );
});
