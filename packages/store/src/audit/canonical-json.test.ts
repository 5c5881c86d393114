import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test.each([
  [{ b: 1, a: { d: [2, { z: 0, y: 1 }], c: null } }, '{"a":{"c":null,"d":[2,{"y":1,"z":0}]},"b":1}'],
  [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
  [{ text: 'a\0b\ud800' }, '{"text":"a\\u0000b\\ud800"}'],
  [JSON.parse('{"__proto__":{"x":1},"a":2}'), '{"__proto__":{"x":1},"a":2}'],
  [{ 10: 'a', 9: 'b' }, '{"9":"b","10":"a"}'],
])('%j', (value, expected) => expect(canonicalJson(value)).toBe(expected));

test('the text depends on the value alone, and reads back as it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      const back = JSON.parse(text);
      expect(canonicalJson(reversed(back))).toBe(text);
      expect(JSON.stringify(back)).toBe(text);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, part]) => [name, reversed(part)]));
}
