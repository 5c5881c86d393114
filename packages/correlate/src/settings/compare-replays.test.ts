import type { CorrelationException } from '@throughline/model';
import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../default-config.ts';
import type { Observation } from '../observation.ts';
import { campaigns } from '../testing/campaigns.ts';
import { minute, observation } from '../testing/make-observation.ts';
import { TwoReplays } from './compare-replays.ts';
import { rulesOf } from './exception-rules.ts';
import { withNumbers } from './parameters.ts';

const settings = (numbers: Record<string, number> = {}, exceptions: CorrelationException[] = []) => ({
  config: withNumbers(defaultConfig, numbers),
  rules: rulesOf(exceptions, (id) => id, 0),
});

function compare(observations: readonly Observation[], before = settings(), after = settings()) {
  const replays = new TwoReplays(before, after);
  for (const [at, o] of observations.entries()) replays.add({ observation: o, absorbed: [], incidentId: 100 + at });
  return replays.compare();
}

/** Two stories of two alerts each, which an alert on both devices ties together. */
const stories = [
  observation(0, 'one', ['device:a'], { title: 'First' }),
  observation(minute, 'two', ['device:a'], { title: 'Second' }),
  observation(2 * minute, 'three', ['device:b'], { title: 'Third' }),
];

describe('comparing two replays', () => {
  test('the same settings change nothing', () => {
    const { before, after, splits, joins } = compare(campaigns(2, 600).observations);
    expect(after).toEqual(before);
    expect([splits, joins]).toEqual([
      { total: 0, items: [] },
      { total: 0, items: [] },
    ]);
  });

  test('what splits is told with its parts, named and where it is today', () => {
    const { before, after, splits, joins } = compare(stories, settings(), settings({ 'kindWeight.device': 0 }));
    expect([before.incidents, before.largest, before.sizes]).toEqual([2, 2, [1, 1, 0, 0, 0]]);
    expect([after.incidents, after.largest, after.sizes]).toEqual([3, 1, [3, 0, 0, 0, 0]]);
    expect(joins.total).toBe(0);
    expect(splits).toMatchObject({
      total: 1,
      items: [
        {
          from: { incidentId: 100, alerts: 2, background: false },
          into: [
            { incidentId: 100, title: 'First on a', alerts: 1 },
            { incidentId: 101, title: 'Second on a', alerts: 1 },
          ],
          further: 0,
        },
      ],
    });
  });

  test('what joins is told the other way round', () => {
    const { splits, joins } = compare(stories, settings({ 'kindWeight.device': 0 }), settings());
    expect(splits.total).toBe(0);
    expect(joins).toMatchObject({ total: 1, items: [{ into: { alerts: 2 }, from: [{ alerts: 1 }, { alerts: 1 }] }] });
  });

  test('an exception that is gone lets its alerts in again', () => {
    const alone: CorrelationException = {
      id: 'x1',
      subject: 'detection',
      effect: 'standAlone',
      value: 'product/two',
      name: 'Second',
      kind: null,
      reason: 'a test',
      expiresDateTime: null,
      createdBy: 'mira',
      createdDateTime: '2026-01-01T00:00:00.000Z',
    };
    const stamped = stories.map((o) => (o.title === 'Second' ? { ...o, optOut: true, leftOutBy: 'x1' } : o));
    expect(compare(stamped, settings({}, [alone]), settings()).joins.total).toBe(1);
    expect(compare(stamped, settings({}, [alone]), settings({}, [alone])).joins.total).toBe(0);
  });

  test('counts add up, whatever the settings', () => {
    const { observations } = campaigns(5, 800);
    const { before, after, splits, joins } = compare(
      observations,
      settings(),
      settings({ joinAt: 12, backgroundBelow: 5 }),
    );
    for (const { incidents, sizes } of [before, after]) expect(sizes.reduce((a, b) => a + b)).toBe(incidents);
    expect(after.backgroundAlerts).toBeGreaterThan(before.backgroundAlerts);
    expect(splits.total + joins.total).toBeGreaterThan(0);
    for (const { from, into, further } of splits.items) {
      const told = into.reduce((sum, part) => sum + part.alerts, 0);
      expect(further === 0 ? told : from.alerts).toBe(from.alerts);
      expect(into.length).toBeGreaterThan(1);
    }
  });
});
