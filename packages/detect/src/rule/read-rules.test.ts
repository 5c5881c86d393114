import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../engine/compile.ts';
import { eventOf, ruleText } from '../testing/rule-text.ts';
import { readRules } from './read-rules.ts';

const read = (text: string) => readRules([{ path: 'x.yml', text }]);
const good = ruleText('s:\n  A: x\ncondition: s', { id: 'good' });

describe('a rule file', () => {
  it('gives what the rule says of itself', () => {
    const text = `${good}author: A. Person
license: DRL-1.1
status: test
level: high
date: 2026-01-02
tags:
  - attack.credential-access
  - attack.t1003.001
  - attack.s0002
  - cve.2026-1
references:
  - https://example.com/a
falsepositives:
  - Backups
fields:
  - CommandLine
`;
    expect(read(text).rules[0]).toMatchObject({
      id: 'good',
      title: 'Rule good',
      author: 'A. Person',
      license: 'DRL-1.1',
      status: 'test',
      level: 'high',
      date: '2026-01-02',
      tactics: ['credential-access'],
      techniques: ['T1003.001'],
      references: ['https://example.com/a'],
      falsePositives: ['Backups'],
      fields: ['CommandLine'],
      path: 'x.yml',
      line: 1,
    });
  });

  it('holds several documents, and one that is no Sigma is passed over', () => {
    const set = read(`${good}---\nname: something else\n---\n${good.replace('id: good', 'id: other')}`);
    expect([set.rules.map(({ id }) => id), set.faults]).toEqual([['good', 'other'], []]);
  });

  it.each([
    ['no condition', ruleText('s:\n  A: x'), 'no "condition"', 6],
    ['no title', 'logsource:\n  product: x\ndetection: {}', 'no "title"', 1],
    ['an unknown level', `${good}level: urgent`, '"urgent" is no level', 1],
    ['no log source', 'title: x\ndetection:\n  s:\n    A: x\n  condition: s', 'no "logsource"', 1],
    ['malformed YAML', 'title: x\n  detection: [', 'not valid YAML', 1],
    [
      'a bad pattern deep inside',
      ruleText("s:\n  - A: x\n  - B|re:\n      - ok\n      - '('\ncondition: s"),
      'regular expression',
      10,
    ],
    ['the same id again', `${good}---\n${good}`, 'belongs to "Rule good" in x.yml already', 10],
  ])('with %s is told with line and reason', (_, text, reason, line) => {
    expect(read(text).faults).toEqual([
      expect.objectContaining({ path: 'x.yml', line, reason: expect.stringContaining(reason) }),
    ]);
  });

  it('with a fault does not stop the others', () => {
    const set = readRules([
      { path: 'bad.yml', text: 'title: [' },
      { path: 'good.yml', text: good },
    ]);
    expect([set.faults.length, set.rules.length]).toEqual([1, 1]);
  });
});

describe('a hostile file', () => {
  const laughs = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghij'.split('').map((name, n) => {
      const inner = `*${String.fromCharCode(97 + n)}`;
      return `${name}: &${name} [${Array(9).fill(inner).join(', ')}]`;
    }),
  ].join('\n');
  it.each([
    ['aliases that multiply', `title: x\n${laughs}\ndetection: *j`],
    ['an alias of itself', 'title: x\ndetection: &d\n  s: *d\n  condition: s'],
    ['brackets without end', `title: ${'['.repeat(100_000)}`],
    ['brackets on lines without end', `title:\n${' [\n'.repeat(50_000)}`],
    ['lists in lists without end', `title:\n  ${'- '.repeat(50_000)}x`],
    ['deep maps', Array.from({ length: 2_000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    ['a huge file', `title: ${'x'.repeat(3_000_000)}`],
    [
      'names that objects inherit',
      'title: __proto__\nlogsource:\n  product: constructor\ndetection:\n  __proto__:\n    toString: x\n  condition: __proto__',
    ],
    ['a condition without end', ruleText(`s:\n  A: x\ncondition: ${'not ('.repeat(5_000)}`)],
  ])('with %s is read in bounded time', (_, text) => {
    const start = performance.now();
    const set = read(text);
    compile(set).match(eventOf({ A: 'x' }, { product: 'constructor' }));
    expect(set.rules.length + set.faults.length).toBeLessThan(3);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('never stops the reader, whatever it holds', () => {
    const piece = fc.constantFrom(
      'title:',
      ' x\n',
      '- ',
      '  ',
      'A|contains',
      ': ',
      '"',
      "'",
      '\n',
      '|re|i',
      '(?<',
      '*a',
      '&a ',
      '{',
      ']',
      '---\n',
      '!!binary ',
      '\t',
      'correlation:',
      'timespan: 5m',
      '\u0000',
      '%x%',
      '<<: ',
    );
    const base = ruleText("s:\n  A|contains: x\n  B|re: 'a+'\nf:\n  - C: null\ncondition: s and not f");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(base.length), piece), { maxLength: 6 }),
        fc.anything(),
        (edits, anything) => {
          let text = base;
          for (const [at, what] of edits) text = text.slice(0, at) + what + text.slice(at + 1);
          const set = read(text);
          compile(set).match(eventOf({ A: anything as never, B: 'aa', nested: anything as never }));
        },
      ),
      { numRuns: 500 },
    );
  });
});
