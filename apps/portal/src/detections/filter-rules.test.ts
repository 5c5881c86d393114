import type { DetectionRule } from '@throughline/model';
import { describe, expect, it } from 'vitest';
import { coverage, filterRules } from './filter-rules.ts';

const rule = (id: string, more: Partial<DetectionRule> = {}): DetectionRule => ({
  id,
  title: `Rule ${id}`,
  author: 'Ada',
  licence: '',
  level: 'high',
  status: '',
  kind: 'rule',
  tactics: ['execution'],
  techniques: ['T1059.001'],
  logSource: 'windows · process_creation',
  origin: 'disk',
  path: `rules/${id}.yml`,
  enabled: true,
  reason: '',
  windowMinutes: null,
  held: null,
  matches: 0,
  alerts: 0,
  folded: 0,
  excepted: 0,
  throttled: 0,
  costShare: 0,
  lastMatchDay: null,
  ...more,
});
const held = { why: 'noisy' as const, sinceDateTime: '', untilDateTime: '', facts: {} };
const rules = [
  rule('a', { title: 'Password spray', tactics: ['credentialAccess', 'execution'], level: 'low' }),
  rule('b', { enabled: false, matches: 3 }),
  rule('c', { held, matches: 1 }),
];

describe('rules', () => {
  it.each([
    [{}, 'abc'],
    [{ q: 'SPRAY ada' }, 'a'],
    [{ q: 't1059.001' }, 'abc'],
    [{ q: 'spray nobody' }, ''],
    [{ level: 'low,critical' }, 'a'],
    [{ tactic: 'credentialAccess' }, 'a'],
    [{ state: 'off' }, 'b'],
    [{ state: 'on' }, 'a'],
    [{ state: 'held,off' }, 'bc'],
    [{ state: 'matched', q: 'rule' }, 'bc'],
    [{ state: 'silent' }, 'a'],
    [{ state: 'nonsense' }, ''],
  ])('asked for by %j are %s', (search, ids) => {
    expect(
      filterRules(rules, search)
        .map(({ id }) => id)
        .join(''),
    ).toBe(ids);
  });

  it('are counted by tactic when they are on', () => {
    const counted = coverage(rules).filter((each) => each.rules > 0);
    expect(counted.map(({ tactic, rules: count }) => [tactic, count])).toEqual([
      ['execution', 2],
      ['credentialAccess', 1],
    ]);
  });
});
