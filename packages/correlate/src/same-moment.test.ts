import { describe, expect, it } from 'vitest';
import { Correlator } from './correlator.ts';
import { defaultConfig } from './default-config.ts';
import { day, hour, observation } from './testing/make-observation.ts';

/** A correlator that has watched devices for ten days; three mild detectors fired on `a` and on `b` every other day. */
function seasoned(): Correlator {
  const correlator = new Correlator(defaultConfig);
  for (let at = 0; at < 10; at++) {
    for (const [n, device] of ['a', 'b', 'c', 'd', 'e'].entries())
      correlator.decide(observation(at * day + (7 + n) * hour, 'ordinary', [`device:${device}`]));
    for (const device of at % 2 === 0 ? ['a', 'b'] : [])
      for (const n of [1, 2, 3])
        correlator.decide(
          observation(at * day + (13 + n + (device === 'b' ? 4 : 0)) * hour, `mild-${device}-${n}`, [
            `device:${device}`,
          ]),
        );
  }
  return correlator;
}

/** One incident on `a` and one on `b` with so many mild witnesses each, and an alert that fires on both at once. */
function tied(witnesses: number) {
  const correlator = seasoned();
  const on = (second: number, detector: string, device: string) =>
    correlator.decide(observation(10 * day + second * 1000, detector, [`device:${device}`]));
  const opened = ['a', 'b'].map((device) => {
    const ids = Array.from({ length: witnesses }, (_, n) => on(n, `mild-${device}-${n + 1}`, device).incidentId);
    expect(new Set(ids).size).toBe(1);
    return ids[0];
  });
  const last = witnesses;
  const [one, two] = opened;
  expect(on(last, 'sweep', 'b').incidentId).toBe(two);
  return { one, two, tie: on(last, 'sweep', 'a') };
}

describe('two detectors on one asset at one moment', () => {
  it('tie incidents that have just begun', () => {
    const { one, two, tie } = tied(1);
    expect(two).not.toBe(one);
    expect(tie.merges).toMatchObject([{ from: two, into: one }]);
  });

  it('tie no incidents that several detectors bear witness to', () => {
    const { one, two, tie } = tied(3);
    expect(two).not.toBe(one);
    expect(tie.merges).toEqual([]);
    expect(tie.refusals).toMatchObject([{ incidentId: tie.incidentId === one ? two : one, reason: 'separateAssets' }]);
  });
});
