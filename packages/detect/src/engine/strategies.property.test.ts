import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRules } from '../rule/read-rules.ts';
import { eventOf, ruleText } from '../testing/rule-text.ts';
import { compile } from './compile.ts';

// Few letters, so that things meet by chance; and the letters that change their length or their block in lower case.
const text = fc.stringMatching(/^[abkKİßé\\.*? -]{0,14}$/);
const long = fc.array(text, { maxLength: 8 }).map((parts) => parts.join('ab'));
const field = fc.constantFrom('A', 'B', 'n.c', 'EventID');
const modifier = fc.constantFrom(
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|cased',
  '|contains|cased',
  '|neq',
  '|contains|all',
  '|windash|contains',
  '|contains|windash',
  '|re',
  '|re|i',
  '|exists',
  '|fieldref',
  '|gt',
  '|base64offset|contains',
);

const item = fc.tuple(field, modifier, fc.array(text, { minLength: 1, maxLength: 3 })).map(([name, how, values]) => {
  if (how === '|exists') return `${name}|exists: ${values.length % 2 === 0}`;
  if (how === '|gt') return `${name}|gt: ${values.length}`;
  if (how === '|fieldref') return `${name}|fieldref: B`;
  const plain = values.map((value) =>
    how.startsWith('|re') ? pattern(value) : how.startsWith('|base64') ? `x${value.replaceAll(/[*?]/g, '')}` : value,
  );
  if (how === '' && values.length === 3) return `${name}: null`;
  return `${name}${how}:\n${plain.map((value) => `  - ${JSON.stringify(value)}`).join('\n')}`;
});

// Patterns that are sound whatever the text: its signs taken literally, and something optional, repeated or alternative.
function pattern(value: string): string {
  const literal = value.replaceAll(/[\\.*?-]/g, (sign) =>
    sign === '*' ? '.*' : sign === '?' ? '?'.replace('?', 'a?') : `\\${sign}`,
  );
  return value.length % 3 === 0 ? `(?:${literal}|ab)+` : value.length % 3 === 1 ? `^${literal}[ab]*` : literal;
}

const map = fc
  .uniqueArray(item, { minLength: 1, maxLength: 3, selector: (one) => one.split(':')[0] })
  .map((items) => items.join('\n'));
const keywords = fc
  .array(
    fc.stringMatching(/^[abkK. ]{1,9}$/).filter((word) => word.trim() !== ''),
    { minLength: 1, maxLength: 3 },
  )
  .map((words) => words.map((word) => `- ${JSON.stringify(word)}`).join('\n'));
const identifier = fc.oneof({ weight: 4, arbitrary: map }, { weight: 1, arbitrary: keywords });
const condition = fc.constantFrom(
  's1 and s2',
  's1 or s2',
  's1 and not s2',
  'not s1',
  '1 of s*',
  'all of them',
  's1 and (s2 or not s1)',
  's2',
);
const rule = fc
  .tuple(identifier, identifier, condition)
  .map(
    ([one, two, how]) =>
      `s1:\n  ${one.replaceAll('\n', '\n  ')}\ns2:\n  ${two.replaceAll('\n', '\n  ')}\ncondition: ${how}`,
  );
const value = fc.oneof(
  long,
  fc.integer({ min: 0, max: 4 }),
  fc.constant(null),
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.record({ c: long }),
);
const event = fc.record(
  { A: value, B: value, n: fc.record({ c: value }, { requiredKeys: [] }), EventID: fc.constantFrom(1, 'a', 4688) },
  { requiredKeys: [] },
);

describe('the index', () => {
  it('finds what evaluating every rule finds', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 12 }),
        fc.array(event, { minLength: 1, maxLength: 6 }),
        (rules, events) => {
          const files = rules.map((detection, n) => ({ path: `${n}.yml`, text: ruleText(detection, { id: `r${n}` }) }));
          const set = readRules(files);
          const [every, index] = [compile(set, { strategy: 'every' }), compile(set)];
          for (const fields of [...events, ...events]) {
            const ids = (detector: typeof every) => detector.match(eventOf(fields)).map(({ rule: { id } }) => id);
            expect(ids(index)).toEqual(ids(every));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds every literal in long texts of any alphabet', () => {
    const literal = fc.stringMatching(/^[abk.]{1,20}$/);
    const hay = fc.array(fc.oneof(literal, fc.constantFrom('K', 'İ', 'ß', 'é', 'AB', '\u{1F600}')), { maxLength: 30 });
    fc.assert(
      fc.property(fc.uniqueArray(literal, { minLength: 1, maxLength: 40 }), hay, (literals, parts) => {
        const selection = literals.map((one) => `- A|contains: ${JSON.stringify(one)}`).join('\n  ');
        const files = literals.map((one, n) => ({
          path: `${n}.yml`,
          text: ruleText(`s:\n  A|contains: ${JSON.stringify(one)}\ncondition: s`, { id: one }),
        }));
        files.push({ path: 'all.yml', text: ruleText(`s:\n  ${selection}\ncondition: s`, { id: 'all' }) });
        const found = compile(readRules(files))
          .match(eventOf({ A: parts.join('') }))
          .map(({ rule: { id } }) => id);
        const there = literals.filter((one) => parts.join('').toLowerCase().includes(one));
        expect(found).toEqual(there.length > 0 ? [...there, 'all'] : []);
      }),
      { numRuns: 300 },
    );
  });
});
