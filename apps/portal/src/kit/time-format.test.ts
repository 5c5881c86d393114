import { expect, test } from 'vitest';
import { durationText, exactTime, instantOf, relativeTime } from './time-format.ts';

const now = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;

test.each([
  [now, 'now', 'just now'],
  [now - 59_999, 'now', 'just now'],
  [now - 4 * minute, '4 min', '4 min ago'],
  [now - 60 * minute, '1 h', '1 h ago'],
  [now - 47 * 60 * minute, '47 h', '47 h ago'],
  [now - 48 * 60 * minute, '2 d', '2 d ago'],
  [now + 5 * 60 * minute, 'in 5 h', 'in 5 h'],
])('%i is %s', (then, short, long) => {
  expect(relativeTime(then, now)).toBe(short);
  expect(relativeTime(then, now, true)).toBe(long);
});

test.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [130 * minute, '2 h 10 min'],
  [26 * 60 * minute, '1 d 2 h'],
  [60 * minute, '1 h'],
])('%i ms lasts %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test('exact times carry their zone', () => {
  const then = new Date('2026-11-24T00:02:11.500Z');
  expect(exactTime(then, 'utc')).toBe('2026-11-24 00:02:11 UTC');
  expect(exactTime(then, 'utc', true)).toBe('2026-11-24 00:02');
  expect(exactTime(then, 'local')).toMatch(/^2026-11-2[345] \d\d:02:11 (GMT|UTC)/);
});

test.each([
  ['2026-11-24T09:02:11', 'utc', '2026-11-24T09:02:11.000Z'],
  ['2026-11-24T09:02:11', 'Europe/Berlin', '2026-11-24T08:02:11.000Z'],
  ['2026-07-01T00:00:00', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
  ['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-10-25T01:30:00', 'Europe/Berlin', '2026-10-24T23:30:00.000Z'],
  ['2026-11-24T09:02:11', 'Asia/Kathmandu', '2026-11-24T03:17:11.000Z'],
])('%s in %s is %s, and is shown so', (text, zone, instant) => {
  expect(instantOf(text, zone)?.toISOString()).toBe(instant);
  expect(exactTime(new Date(instant), zone).slice(0, 19).replace(' ', 'T')).toBe(text);
});
