import type { FoundDetection, Throttle } from '@throughline/store';
import { expect, test } from 'vitest';
import { HoldBack } from './hold-back.ts';

const now = new Date('2026-05-01T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const found = (ruleId: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ ruleId, alertId: `${ruleId}${n}` }) as FoundDetection);
const noThrottles: ReadonlyMap<string, Throttle> = new Map();

test('a rule raises so many alerts an hour; the rest is held, and the rule with it', () => {
  const holdBack = new HoldBack({ alertsPerHour: 10, shareOfTime: 0.2 });
  const first = holdBack.sort([...found('loud', 12), ...found('calm', 3)], noThrottles, now);
  expect([first.raised.length, first.throttled.length]).toEqual([13, 2]);
  expect(first.holds).toMatchObject([{ ruleId: 'loud', why: 'noisy', untilDateTime: '2026-05-01T11:00:00.000Z' }]);
  const held = new Map(first.holds.map((one) => [one.ruleId, one]));
  expect(holdBack.sort(found('loud', 1), held, later(1)).throttled.length).toBe(1);
  expect(holdBack.sort(found('loud', 10), noThrottles, later(61)).raised.length).toBe(10);
});

test('a rule that takes more than its share of the time is named', () => {
  const holdBack = new HoldBack({ alertsPerHour: 10, shareOfTime: 0.2 });
  const cost = (estimatedMs: number) => [{ ruleId: 'slow', evaluations: 1, matches: 0, estimatedMs }];
  expect(holdBack.tooExpensive(cost(0), now)).toEqual([]);
  expect(holdBack.tooExpensive(cost(50_000), later(0.5))).toEqual([]);
  expect(holdBack.tooExpensive(cost(11_000), later(1))).toEqual([]);
  expect(holdBack.tooExpensive(cost(24_000), later(2))).toMatchObject([{ ruleId: 'slow', why: 'expensive' }]);
});
