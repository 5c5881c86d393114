import type { DeviceRule } from '@throughline/model';
import { expect, test } from 'vitest';
import { draftOf, ruleOf, ruleWords } from './rule-draft.ts';

const rule: DeviceRule = {
  conditions: [
    { property: 'name', operator: 'startsWith', values: ['fin-', 'lab-'] },
    { property: 'osPlatform', operator: 'isAnyOf', values: ['Linux'] },
  ],
};

test('a rule becomes a draft and comes back', () => {
  expect(ruleOf(draftOf(rule))).toEqual(rule);
});

test('a draft that asks nothing is no rule', () => {
  expect(ruleOf(draftOf(null))).toBeNull();
});

test('more values than a rule may have are left out', () => {
  const draft = draftOf(null);
  draft.tag.values = Array.from({ length: 12 }, (_, i) => `tag ${i}`);
  expect(ruleOf(draft)?.conditions[0]?.values).toHaveLength(10);
});

test('a rule reads as a sentence', () => {
  expect(ruleWords(rule)).toBe('Device name starts with fin- or lab-; Operating system is any of Linux');
  expect(ruleWords(null)).toBe('Devices that no other group takes');
});
