import { describe, expect, it } from 'vitest';
import { type DutyRules, episodeHours, fire, lastHour, pastHours, rememberedHours, withDuty } from './duty.ts';

const rules: DutyRules = { episodeGap: 2, episodeMax: 6, memory: 336 };

function after(hours: readonly number[]) {
  const [first = 0, ...rest] = hours;
  const duty = withDuty([], 7, first, 1);
  for (const hour of rest) fire(duty, 0, hour, rules);
  return duty;
}

describe('duty', () => {
  it.each([
    ['the running episode does not count as past', [0, 1, 2], 3, 0, 3],
    ['a gap within the limit continues the episode', [0, 2], 4, 0, 2],
    ['a longer silence ends it', [0, 1], 10, 2, 0],
    ['an hour counts once, however often it fires', [0, 0, 0, 1, 1], 2, 0, 2],
    ['a late alert of an earlier hour changes nothing', [5, 6, 3], 7, 0, 2],
    ['what never stops becomes habit', [0, 1, 2, 3, 4, 5, 6, 7], 8, 6, 2],
  ])('%s', (_, hours, now, past, episode) => {
    const duty = after(hours);
    expect(pastHours(duty, 0, now, rules)).toBeCloseTo(past, 1);
    expect(episodeHours(duty, 0, now, rules)).toBe(episode);
  });

  it('recovers from one alert dated far in the future', () => {
    const duty = after([10, 600_000, 12, 20, 30]);
    expect(lastHour(duty, 0)).toBe(30);
    expect(pastHours(duty, 0, 40, rules)).toBeGreaterThan(2);
  });

  it('forgets: after the memory span the past counts 1/e', () => {
    const duty = after([0, 10]);
    const soon = pastHours(duty, 0, 11, rules);
    fire(duty, 0, 346, rules);
    expect(pastHours(duty, 0, 346, rules) / (soon + 1)).toBeCloseTo(1, 0);
    expect(rememberedHours(1e6, 336)).toBeCloseTo(336);
    expect(rememberedHours(1, 336)).toBeCloseTo(1, 2);
    expect(rememberedHours(-5, 336)).toBe(0);
  });
});
