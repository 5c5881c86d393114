import type { SignInMapping } from '@throughline/model';
import { expect, test } from 'vitest';
import { giftWord, mappingsOf } from './mapping-draft.ts';

test.each<SignInMapping>([
  { value: 'soc', gives: { kind: 'role', role: 'operator' } },
  { value: 'a:b', gives: { kind: 'userGroup', id: 7 } },
  { value: '/soc/leads', gives: { kind: 'assignment', key: 'custom-3' } },
  { value: 'x', gives: { kind: 'assignment', key: 'globalReader' } },
])('$value goes into the form and out again', (mapping) => {
  expect(mappingsOf([{ key: 1, value: ` ${mapping.value} `, gift: giftWord(mapping.gives) }])).toEqual([mapping]);
});

test('rows without a value are left out', () => {
  expect(mappingsOf([{ key: 1, value: ' ', gift: 'role:reader' }])).toEqual([]);
});
