import { describe, expect, it } from 'vitest';
import { compile } from '../engine/compile.ts';
import type { DetectorOptions, RuleMatch } from '../engine/detector.ts';
import { readRules } from '../rule/read-rules.ts';
import { eventOf } from '../testing/rule-text.ts';

const base = (name: string) =>
  `title: ${name}\nid: id-${name}\nname: ${name}\nlogsource:\n  product: test\ndetection:\n  s:\n    kind: ${name}\n  condition: s\n`;
const correlation = (body: string, name = 'found') =>
  `title: ${name}\nid: id-${name}\nname: ${name}\nlevel: high\ncorrelation:\n  ${body.trim().replaceAll('\n', '\n  ')}\n`;

type Step = [second: number, kind: string, fields?: Record<string, unknown>];

function detectorOf(documents: string[], options: DetectorOptions = {}) {
  const text = [...['a', 'b', 'c'].map(base), ...documents].join('---\n');
  const set = readRules([{ path: 'x.yml', text }]);
  expect(set.faults).toEqual([]);
  return compile(set, options);
}

/** At which second which rule was told, those at the end as "end". */
function run(documents: string[], steps: Step[]): string[] {
  const detector = detectorOf(documents);
  const told = (when: string, matches: RuleMatch[]) =>
    matches.map((match) => `${when} ${match.rule.title}${'correlated' in match ? ` ${match.correlated.value}` : ''}`);
  const all = steps.flatMap(([second, kind, fields = {}]) =>
    told(String(second), detector.match(eventOf({ kind, user: 'u', ...fields }, { product: 'test' }, second * 1000))),
  );
  return [...all, ...told('end', detector.finish())];
}

const head = (type: string, rules = '[a]', group = '[user]') =>
  `type: ${type}\nrules: ${rules}\ngroup-by: ${group}\ntimespan: 10s\n`;

describe('event_count', () => {
  const three = correlation(`${head('event_count')}condition:\n  gte: 3`);

  it('tells when there are enough in the time span, and then counts anew', () => {
    expect(
      run(
        [three],
        [
          [0, 'a'],
          [1, 'a'],
          [2, 'a'],
          [3, 'a'],
          [4, 'b'],
          [5, 'a'],
          [6, 'a'],
        ],
      ),
    ).toEqual(['2 found 3', '4 b', '6 found 3']);
  });

  it('slides: what is older than the span does not count', () => {
    expect(
      run(
        [three],
        [
          [0, 'a'],
          [5, 'a'],
          [11, 'a'],
          [15, 'a'],
        ],
      ),
    ).toEqual(['15 found 3']);
  });

  it('counts each group by itself, without regard to case, and nothing without a value', () => {
    expect(
      run(
        [three],
        [
          [0, 'a'],
          [1, 'a', { user: 'v' }],
          [2, 'a', { user: 'U' }],
          [3, 'a', { user: null }],
          [4, 'a'],
        ],
      ),
    ).toEqual(['4 found 3']);
  });

  it('takes late events into the window they belong to', () => {
    expect(
      run(
        [three],
        [
          [0, 'a'],
          [9, 'a'],
          [4, 'a'],
        ],
      ),
    ).toEqual(['4 found 3']);
    expect(
      run(
        [three],
        [
          [0, 'a'],
          [12, 'a'],
          [4, 'a'],
          [5, 'b'],
        ],
      ),
    ).toEqual(['5 b']);
    expect(
      run(
        [three],
        [
          [30, 'a'],
          [31, 'a'],
          [4, 'a'],
        ],
      ),
    ).toEqual([]);
  });

  it('with an upper bound is judged when its window closes', () => {
    const few = correlation(`${head('event_count')}condition:\n  gt: 1\n  lt: 4`);
    expect(
      run(
        [few],
        [
          [0, 'a'],
          [1, 'a'],
          [11, 'b'],
        ],
      ),
    ).toEqual(['11 found 2', '11 b']);
    expect(
      run(
        [few],
        [
          [0, 'a'],
          [1, 'a'],
          [2, 'a'],
          [3, 'a'],
          [11, 'b'],
        ],
      ),
    ).toEqual(['11 b']);
    expect(
      run(
        [few],
        [
          [0, 'a'],
          [1, 'a'],
          [2, 'a'],
        ],
      ),
    ).toEqual(['end found 3']);
  });

  it('over several rules counts them together; "generate" shows their own matches too', () => {
    const both = correlation(`${head('event_count', '[a, b]')}condition:\n  gte: 2\ngenerate: true`);
    expect(
      run(
        [both],
        [
          [0, 'a'],
          [1, 'b'],
        ],
      ),
    ).toEqual(['0 a', '1 b', '1 found 2']);
  });
});

describe('values', () => {
  const of = (type: string, condition: string) => correlation(`${head(type)}condition:\n  field: n\n  ${condition}`);
  const steps = (...values: unknown[]): Step[] => values.map((n, second) => [second, 'a', { n }]);

  it('are counted once each, without regard to case', () => {
    expect(run([of('value_count', 'gte: 3')], steps('x', 'X', 'y', null, 'z'))).toEqual(['4 found 3']);
  });

  it('of several fields are counted together', () => {
    const pairs = correlation(`${head('value_count')}condition:\n  field: [n, m]\n  gte: 2`);
    expect(
      run(
        [pairs],
        [
          [0, 'a', { n: 1, m: 1 }],
          [1, 'a', { n: 1, m: 1 }],
          [2, 'a', { n: 1, m: 2 }],
        ],
      ),
    ).toEqual(['2 found 2']);
  });

  it('are added up', () => {
    expect(run([of('value_sum', 'gt: 100')], steps(60, 'x', '40', 1))).toEqual(['3 found 101']);
  });

  it('have an average, judged when the window closes', () => {
    expect(run([of('value_avg', 'gt: 5')], steps(10, 1, 7))).toEqual(['end found 6']);
    expect(run([of('value_avg', 'gt: 6')], steps(10, 1, 7))).toEqual([]);
  });

  it('have percentiles', () => {
    expect(run([of('value_percentile', 'percentile: 50\n  gte: 5')], steps(1, 9, 5))).toEqual(['end found 5']);
    expect(run([of('value_percentile', 'percentile: 100\n  lt: 9')], steps(1, 9, 5))).toEqual([]);
  });

  it('are rare: one has at most such a share of all', () => {
    expect(run([of('value_percentile', 'lte: 20')], steps('x', 'x', 'x', 'x', 'y'))).toEqual(['end found 20']);
    expect(run([of('value_percentile', 'lte: 20')], steps('x', 'x', 'x', 'y'))).toEqual([]);
  });
});

describe('temporal', () => {
  const all = correlation(head('temporal', '[a, b, c]'));

  it('tells when all rules matched, in any order', () => {
    expect(
      run(
        [all],
        [
          [0, 'c'],
          [1, 'a'],
          [2, 'a'],
          [3, 'b'],
        ],
      ),
    ).toEqual(['3 found 3']);
    expect(
      run(
        [all],
        [
          [0, 'c'],
          [1, 'a'],
          [11, 'b'],
        ],
      ),
    ).toEqual([]);
  });

  it('tells when as many matched as the condition says', () => {
    const two = correlation(`${head('temporal', '[a, b, c]')}condition:\n  gte: 2`);
    expect(
      run(
        [two],
        [
          [0, 'c'],
          [1, 'c'],
          [2, 'b'],
        ],
      ),
    ).toEqual(['2 found 2']);
  });

  it('joins rules by and, or, not; what must not come is known when the window closes', () => {
    const either = correlation(`${head('temporal', '[a, b, c]')}condition: a and (b or c)`);
    expect(
      run(
        [either],
        [
          [0, 'c'],
          [1, 'b'],
          [2, 'a'],
        ],
      ),
    ).toEqual(['2 found 3']);
    const without = correlation(`${head('temporal', '[a, b]')}condition: a and not b`);
    expect(
      run(
        [without],
        [
          [0, 'a'],
          [11, 'c'],
        ],
      ),
    ).toEqual(['11 found 1', '11 c']);
    expect(
      run(
        [without],
        [
          [0, 'a'],
          [5, 'b'],
          [11, 'c'],
        ],
      ),
    ).toEqual(['11 c']);
  });

  it('groups by aliases', () => {
    const linked = correlation(`${head('temporal', '[a, b]', '[ip]')}aliases:\n  ip:\n    a: source.ip\n    b: dest`);
    expect(
      run(
        [linked],
        [
          [0, 'a', { source: { ip: '10.1' } }],
          [1, 'b', { dest: '10.2' }],
          [2, 'b', { dest: '10.1' }],
        ],
      ),
    ).toEqual(['2 found 2']);
  });
});

describe('temporal_ordered', () => {
  const ordered = correlation(head('temporal_ordered', '[a, b, c]'));

  it('wants the order that the rule gives', () => {
    expect(
      run(
        [ordered],
        [
          [0, 'a'],
          [1, 'b'],
          [2, 'c'],
        ],
      ),
    ).toEqual(['2 found 3']);
    expect(
      run(
        [ordered],
        [
          [0, 'c'],
          [1, 'b'],
          [2, 'a'],
        ],
      ),
    ).toEqual([]);
    expect(
      run(
        [ordered],
        [
          [0, 'b'],
          [1, 'a'],
          [2, 'c'],
          [3, 'b'],
          [4, 'c'],
        ],
      ),
    ).toEqual(['4 found 3']);
  });

  it('goes by event time, not by arrival', () => {
    expect(
      run(
        [ordered],
        [
          [0, 'a'],
          [3, 'c'],
          [2, 'b'],
        ],
      ),
    ).toEqual(['2 found 3']);
    expect(
      run(
        [ordered],
        [
          [0, 'a'],
          [3, 'b'],
          [2, 'c'],
        ],
      ),
    ).toEqual([]);
  });
});

describe('a chain of correlations', () => {
  it('feeds what it finds to the next, by its own groups', () => {
    const many = correlation(`${head('event_count', '[a]', '[user, host]')}condition:\n  gte: 2`, 'many');
    const then = correlation(head('temporal_ordered', '[many, b]'), 'then');
    expect(
      run(
        [then, many],
        [
          [0, 'a', { host: 1 }],
          [1, 'a', { host: 1 }],
          [2, 'b', { host: 9 }],
        ],
      ),
    ).toEqual(['2 then 2']);
  });

  it.each([
    ['itself', correlation(head('temporal', '[found]')), 'refers to itself'],
    ['nobody', correlation(head('temporal', '[a, missing]')), 'there is no rule "missing"'],
  ])('that refers to %s is a fault', (_, document, reason) => {
    expect(detectorOf([document]).faults).toEqual([
      expect.objectContaining({ path: 'x.yml', reason: expect.stringContaining(reason) }),
    ]);
  });
});

describe('memory', () => {
  it('is bounded: the oldest groups and matches are forgotten and counted', () => {
    const many = correlation(`${head('event_count')}condition:\n  gte: 1000`);
    const detector = detectorOf([many], { correlation: { groups: 50, matchesPerGroup: 10, matches: 200 } });
    for (let n = 0; n < 1000; n++) detector.match(eventOf({ kind: 'a', user: n % 100 }, { product: 'test' }, n));
    for (let n = 0; n < 20; n++) detector.match(eventOf({ kind: 'a', user: 'one' }, { product: 'test' }, 1000 + n));
    const { groups = 0, entries = 0, evicted = 0, forgotten = 0 } = detector.correlationStats() ?? {};
    expect(groups).toBe(50);
    expect(entries).toBeLessThanOrEqual(200);
    expect([evicted > 900, forgotten]).toEqual([true, 10]);
  });
});

describe('a correlation is refused', () => {
  it.each([
    ['type: sometimes\nrules: [a]\ntimespan: 5m', '"sometimes" is no type'],
    [`${head('event_count')}`, 'needs a condition'],
    [`${head('value_sum')}condition:\n  gte: 1`, 'needs a "field"'],
    ['type: temporal\nrules: [a]\ntimespan: soon', 'not a time like'],
    [`${head('event_count')}condition: a and b`, 'only temporal'],
    [`${head('temporal')}condition: a and x`, '"x"'],
    [`${head('event_count')}condition:\n  about: 5`, 'no "about"'],
  ])('%#', (body, reason) => {
    const { faults } = readRules([{ path: 'x.yml', text: correlation(body) }]);
    expect(faults).toEqual([expect.objectContaining({ reason: expect.stringContaining(reason) })]);
  });
});

describe('a filter', () => {
  const filter = (rules: string, condition: string, logSource = 'product: test') =>
    `title: f\nlogsource:\n  ${logSource}\nfilter:\n  rules: ${rules}\n  s:\n    user|startswith: adm_\n  condition: ${condition}\n`;

  it.each([
    ['what to leave out', '[id-a]', 's', 'product: test', ['b']],
    ['what must hold too', '[a]', 'not s', 'product: test', ['b']],
    ['for any rule', 'any', 's', 'product: test', []],
    ['of another log source', 'any', 's', 'product: other', ['a', 'b']],
  ])('says %s', (_, rules, condition, logSource, left) => {
    const detector = detectorOf([filter(rules, condition, logSource)]);
    const told = ['a', 'b'].flatMap((kind) =>
      detector.match(eventOf({ kind, user: 'adm_x' })).map(({ rule }) => rule.title),
    );
    expect(told).toEqual(left);
    expect(detector.match(eventOf({ kind: 'a', user: 'joe' })).length).toBe(1);
  });
});
