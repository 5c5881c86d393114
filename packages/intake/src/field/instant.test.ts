import { describe, expect, it } from 'vitest';
import { instantIfSet, instantOrNull, parseInstant } from './instant.ts';

const now = new Date('2026-03-03T12:00:00.000Z');

describe('dates as products write them', () => {
  it.each<[unknown, string]>([
    ['2026-03-02T10:15:30Z', '2026-03-02T10:15:30.000Z'],
    ['2026-03-02T10:15:30.1234567Z', '2026-03-02T10:15:30.123Z'],
    ['2026-03-02T10:15:30.123456+0100', '2026-03-02T09:15:30.123Z'],
    ['2026-03-02T10:15:30-06:30', '2026-03-02T16:45:30.000Z'],
    ['2026-03-02T10:15:30.123456', '2026-03-02T10:15:30.123Z'],
    ['2026-03-02 10:15:30', '2026-03-02T10:15:30.000Z'],
    ['2021-09-18 20:38:52Z', '2021-09-18T20:38:52.000Z'],
    ['2020-01-28T01:28:35.000ZZ', '2020-01-28T01:28:35.000Z'],
    ['2020/01/28 01:28:35 GMT', '2020-01-28T01:28:35.000Z'],
    ['2026-03-02', '2026-03-02T00:00:00.000Z'],
    ['Jan 25 2021 20:37:54', '2021-01-25T20:37:54.000Z'],
    ['Mar  2 10:15:30', '2026-03-02T10:15:30.000Z'],
    ['Dec 31 23:59:59', '2025-12-31T23:59:59.000Z'],
    ['Thu Mar 16 03:08:58 2023 UTC', '2023-03-16T03:08:58.000Z'],
    ['18 Jan 2019 11:07:53', '2019-01-18T11:07:53.000Z'],
    [1772446530, '2026-03-02T10:15:30.000Z'],
    [1772446530.5, '2026-03-02T10:15:30.500Z'],
    [1772446530123, '2026-03-02T10:15:30.123Z'],
    ['1772446530123', '2026-03-02T10:15:30.123Z'],
    [1772446530123456, '2026-03-02T10:15:30.123Z'],
    ['1772446530123456789', '2026-03-02T10:15:30.123Z'],
  ])('%s', (written, expected) => {
    expect(instantOrNull('time', written, now)).toBe(expected);
  });

  it.each(['soon', '2026-13-01T00:00:00Z', '2026-03-02T10:99:00Z', {}, [], true, '12', 'x'.repeat(1000)])(
    '%s is none',
    (value) => {
      expect(parseInstant(value, now)).toBeNaN();
      expect(() => instantOrNull('time', value, now)).toThrow(/^time: /);
    },
  );

  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1989-12-31T00:00:00Z', '9999-12-31T23:59:59Z', 0, 1e300])(
    '%s is out of range',
    (value) => {
      expect(() => instantOrNull('time', value, now)).toThrow(expect.objectContaining({ reason: 'dateOutOfRange' }));
    },
  );

  it('takes year 1 for "not set" where a date may be missing', () => {
    expect(instantIfSet('resolved', '0001-01-01T00:00:00', now)).toBeNull();
  });
});
