import { describe, expect, test } from 'vitest';
import { after, clockEndingAt, storyEnd } from './clock.ts';

describe('the clock of the story', () => {
  const at = clockEndingAt(new Date('2026-03-11T14:03:59.500Z'));

  test.each([
    [storyEnd, '2026-03-11T14:03:00.000Z'],
    ['2 17:55:30', '2026-03-11T14:02:30.000Z'],
    ['1 17:56', '2026-03-10T14:03:00.000Z'],
    ['-4 17:56', '2026-03-05T14:03:00.000Z'],
  ])('%s is %s', (moment, instant) => {
    expect(at(moment).toISOString()).toBe(instant);
  });

  test.each(['', '9:41', '1 9:41', '1 09:41:7', 'day 1 09:41'])('refuses "%s" and says what to write', (moment) => {
    expect(() => at(moment)).toThrow(/write "1 09:41"/);
  });

  test('after counts seconds, also backwards', () => {
    expect(after(at(storyEnd), -90).toISOString()).toBe('2026-03-11T14:01:30.000Z');
  });
});
