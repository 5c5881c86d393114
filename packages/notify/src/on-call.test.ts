import { describe, expect, test } from 'vitest';
import { nextDigest } from './digest-time.ts';
import { onCallAt, onCallTurns } from './on-call.ts';
import { instantOf, localTime } from './zone-time.ts';

const ada = { name: 'Ada', mail: 'ada@example.com' };
const bob = { name: 'Bob', mail: 'bob@example.com' };
const cyd = { name: 'Cyd', mail: 'cyd@example.com' };
const daily = {
  timeZone: 'Europe/Berlin',
  firstDay: '2026-03-27',
  handover: '08:00',
  every: 'day' as const,
  people: [ada, bob],
  overrides: [],
};
const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);

describe('times on the wall', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', '01:30', '2026-03-29T00:30'],
    // Skipped: moved on by the hour that clocks skip.
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30'],
    ['Europe/Berlin', '2026-03-29', '03:30', '2026-03-29T01:30'],
    // Twice: the first.
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30'],
    ['Europe/Berlin', '2026-10-25', '03:30', '2026-10-25T02:30'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30'],
    ['America/New_York', '2026-11-01', '02:30', '2026-11-01T07:30'],
    ['Asia/Kolkata', '2026-06-01', '00:15', '2026-05-31T18:45'],
    ['Pacific/Apia', '2026-06-01', '00:00', '2026-05-31T11:00'],
  ])('%s %s %s', (zone, date, time, expected) => {
    expect(iso(instantOf(date, time, zone))).toBe(expected);
  });

  test('midnight is 00, not 24', () => {
    expect(localTime(at('2026-01-31T23:00:00Z'), 'Europe/Berlin')).toEqual({ date: '2026-02-01', time: '00:00:00' });
  });
});

describe('turns over a change of clocks', () => {
  test.each([
    ['2026-03-28T06:59:59Z', ada],
    ['2026-03-28T07:00:00Z', bob],
    // The night in which clocks skip an hour: the handover is at 06:00 UTC from then on.
    ['2026-03-29T05:59:59Z', bob],
    ['2026-03-29T06:00:00Z', ada],
    // Before the first day the turns go on backwards.
    ['2026-03-26T12:00:00Z', bob],
  ])('Berlin, daily, %s', (time, person) => {
    expect(onCallAt(daily, at(time))).toBe(person);
  });

  test.each([
    ['Europe/Berlin', '2026-03-28T12:00:00Z', 23],
    ['Europe/Berlin', '2026-10-24T12:00:00Z', 25],
    ['America/New_York', '2026-03-07T18:00:00Z', 23],
    ['America/New_York', '2026-10-31T18:00:00Z', 25],
    ['Asia/Tokyo', '2026-03-29T12:00:00Z', 24],
  ])('%s: the turn at %s lasts %i hours', (timeZone, time, hours) => {
    const turns = onCallTurns({ ...daily, timeZone }, at(time) - 86_400_000, at(time) + 2 * 86_400_000);
    const turn = turns.find(({ from, to }) => from <= at(time) && at(time) < to);
    expect(turn && (turn.to - turn.from) / 3_600_000).toBe(hours);
  });

  test.each(['Europe/Berlin', 'America/New_York'])('%s: a year of weeks hands over at the same time', (timeZone) => {
    const weekly = { ...daily, timeZone, every: 'week' as const, firstDay: '2026-01-05', people: [ada, bob, cyd] };
    const turns = onCallTurns(weekly, at('2026-01-10T00:00:00Z'), at('2027-01-10T00:00:00Z'));
    expect(turns).toHaveLength(53);
    for (const [index, turn] of turns.slice(1).entries()) {
      expect(localTime(turn.from, timeZone).time).toBe('08:00:00');
      expect(turn.from).toBe(turns[index]?.to);
      expect(turn.person).not.toBe(turns[index]?.person);
    }
  });

  test('a handover at a time that clocks skip happens once', () => {
    const turns = onCallTurns({ ...daily, handover: '02:30' }, at('2026-03-28T12:00:00Z'), at('2026-03-30T12:00:00Z'));
    expect(turns.map(({ from }) => iso(from)).slice(1)).toEqual(['2026-03-29T01:30', '2026-03-30T00:30']);
  });
});

test('who stands in; the later of two stand-ins', () => {
  const overrides = [
    { from: '2026-04-01T10:00:00Z', to: '2026-04-01T20:00:00Z', person: cyd },
    { from: '2026-04-01T12:00:00Z', to: '2026-04-01T13:00:00Z', person: ada },
  ];
  const turns = onCallTurns(
    { ...daily, people: [bob], overrides },
    at('2026-04-01T08:00:00Z'),
    at('2026-04-02T08:00:00Z'),
  );
  expect(
    turns.map(({ from, to, person, override }) => [iso(from).slice(11), iso(to).slice(11), person.name, override]),
  ).toEqual([
    ['08:00', '10:00', 'Bob', false],
    ['10:00', '12:00', 'Cyd', true],
    ['12:00', '13:00', 'Ada', true],
    ['13:00', '20:00', 'Cyd', true],
    ['20:00', '08:00', 'Bob', false],
  ]);
});

test.each(['Europe/Berlin', 'America/New_York', 'UTC'])(
  'digests in %s: one each chosen day of a year, none twice',
  (timeZone) => {
    const digest = { time: '02:30', timeZone, days: [1, 2, 3, 4, 5, 6, 7] };
    const days: string[] = [];
    for (let now = at('2026-01-01T12:00:00Z'); days.length < 365; ) {
      const next = nextDigest(digest, now);
      if (next === undefined) throw new Error('no next digest');
      expect(next.at).toBeGreaterThan(now);
      days.push(next.day);
      now = next.at;
    }
    expect(new Set(days).size).toBe(365);
    expect(days.at(-1)).toBe('2027-01-01');
  },
);

test('a digest of working days skips the weekend; of no day, it never comes', () => {
  const digest = { time: '07:00', timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5] };
  expect(nextDigest(digest, at('2026-01-30T08:00:00Z'))?.day).toBe('2026-02-02');
  expect(nextDigest({ ...digest, days: [] }, 0)).toBeUndefined();
});
