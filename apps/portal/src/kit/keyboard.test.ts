import { expect, test } from 'vitest';
import { isSingleKey, spell } from './keyboard.ts';

const press = (
  key: string,
  held: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean; shiftKey?: boolean } = {},
) => spell({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test.each([
  [press('j'), 'j'],
  [press('J', { shiftKey: true }), 'shift+j'],
  [press('J'), 'j'],
  [press('?', { shiftKey: true }), '?'],
  [press('/', { shiftKey: true }), '/'],
  [press(' '), 'Space'],
  [press('Enter', { shiftKey: true }), 'shift+Enter'],
  [press('k', { ctrlKey: true }), 'mod+k'],
  [press('k', { metaKey: true }), 'mod+k'],
  [press('x', { altKey: true }), 'alt+x'],
])('%s is %s', (spelled, expected) => {
  expect(spelled).toBe(expected);
});

test.each([
  ['j', true],
  ['shift+j', true],
  ['g i', true],
  ['?', true],
  ['Enter', false],
  ['Escape', false],
  ['mod+k', false],
])('%s is a single key: %s', (key, expected) => {
  expect(isSingleKey(key)).toBe(expected);
});
