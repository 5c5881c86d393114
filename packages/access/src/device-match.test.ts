import type { DeviceCondition, DeviceFacts } from '@throughline/model';
import { deviceProperties, ruleOperators, ungroupedId } from '@throughline/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupOf, matchesRule } from './device-match.ts';

const device: DeviceFacts = {
  names: ['fin-ws-07', 'fin-ws-07.corp.example.com'],
  domains: ['corp.example.com', 'corp'],
  tags: ['finance', 'vip'],
  osPlatforms: ['windows11'],
};
const condition = (text: string): DeviceCondition => {
  const [property, operator, ...values] = text.split(' ');
  return { property, operator, values } as DeviceCondition;
};
const rule = (...texts: string[]) => ({ conditions: texts.map(condition) });

describe('a rule', () => {
  test.each([
    ['name equals FIN-WS-07', true],
    ['name equals fin-ws', false],
    ['name startsWith Fin-', true],
    ['name endsWith .example.com', true],
    ['name contains ws', true],
    ['name isAnyOf other fin-ws-07', true],
    ['name isAnyOf other fin-ws', false],
    ['domain equals corp', true],
    ['domain endsWith example.com', true],
    ['domain contains lab', false],
    ['tag isAnyOf servers VIP', true],
    ['tag equals fin', false],
    ['osPlatform equals Windows11', true],
    ['osPlatform isAnyOf Linux macOS', false],
  ])('%s: %s', (text, expected) => expect(matchesRule(rule(text), device)).toBe(expected));

  test('needs every property, any value of each', () => {
    expect(matchesRule(rule('name startsWith lab- fin-', 'osPlatform equals Windows11'), device)).toBe(true);
    expect(matchesRule(rule('name startsWith lab- fin-', 'osPlatform equals Linux'), device)).toBe(false);
  });

  test('without conditions, or with blank values, matches nothing', () => {
    expect(matchesRule({ conditions: [] }, device)).toBe(false);
    const blank = { property: 'name', operator: 'contains', values: [' '] } as const;
    expect(matchesRule({ conditions: [{ ...blank, values: [' '] }] }, device)).toBe(false);
  });

  test('does not match what is not known', () => {
    const bare = { names: ['x'], domains: [], tags: [], osPlatforms: [] };
    for (const property of ['domain', 'tag', 'osPlatform']) {
      expect(matchesRule(rule(`${property} equals x`), bare)).toBe(false);
    }
  });
});

const word = fc.constantFrom('a', 'ab', 'abc', 'b', 'bc', 'c');
const facts = fc.record({
  names: fc.array(word),
  domains: fc.array(word),
  tags: fc.array(word),
  osPlatforms: fc.array(word),
});
const anyRule = fc.record({
  conditions: fc.uniqueArray(
    fc.record({
      property: fc.constantFrom(...deviceProperties),
      operator: fc.constantFrom(...ruleOperators),
      values: fc.array(word, { minLength: 1, maxLength: 3 }),
    }),
    { selector: ({ property }) => property, minLength: 1 },
  ),
});

test('a device is in the matching group of best rank, whatever order the groups come in', () => {
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 6 }), facts, fc.integer(), (rules, one, seed) => {
      const groups = rules.map((each, index) => ({ id: index + 1, rank: index + 1, rule: each }));
      const expected = groups.find((group) => matchesRule(group.rule, one))?.id ?? ungroupedId;
      const shuffled = [...groups].sort((a, b) => ((a.id * seed) % 7) - ((b.id * seed) % 7));
      expect(groupOf(shuffled, one)).toBe(expected);
    }),
  );
});

test('a further value never loses a device, a further condition never gains one', () => {
  fc.assert(
    fc.property(anyRule, anyRule, facts, word, (one, other, device, value) => {
      const wider = one.conditions.map((each) => ({ ...each, values: [...each.values, value] }));
      if (matchesRule(one, device)) expect(matchesRule({ conditions: wider }, device)).toBe(true);
      const narrower = { conditions: [...one.conditions, ...other.conditions] };
      if (matchesRule(narrower, device)) expect(matchesRule(one, device)).toBe(true);
    }),
  );
});
