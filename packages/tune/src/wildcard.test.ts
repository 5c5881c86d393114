import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wildcard } from './wildcard.ts';

/** The definition, one character at a time. */
function fits(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern.startsWith('*')) return fits(pattern.slice(1), text) || (text !== '' && fits(pattern, text.slice(1)));
  return text !== '' && (pattern.startsWith('?') || pattern[0] === text[0]) && fits(pattern.slice(1), text.slice(1));
}

const word = (units: string[], most: number) => fc.string({ unit: fc.constantFrom(...units), maxLength: most });

test('says what the definition says, on patterns and texts of few characters', () => {
  fc.assert(
    fc.property(word(['a', 'b', '*', '?'], 8), word(['a', 'b', 'é', '*'], 10), (pattern, text) => {
      expect(wildcard(pattern)(text)).toBe(fits(pattern, text));
    }),
    { numRuns: 3_000 },
  );
});

test('patterns longer than a machine word', () => {
  fc.assert(
    fc.property(word(['a', 'b'], 90), fc.nat(90), word(['a', 'b'], 40), (text, at, more) => {
      const cut = Math.min(at, text.length);
      expect(wildcard(`${text.slice(0, cut)}*${text.slice(cut)}`)(text.slice(0, cut) + more + text.slice(cut))).toBe(
        true,
      );
      expect(wildcard(text.replace(/a/g, '?'))(text)).toBe(true);
      expect(wildcard(`${text}c`)(text)).toBe(false);
    }),
  );
});

test('no pattern makes a long text slow', () => {
  const started = performance.now();
  expect(wildcard(`${'*a?'.repeat(160)}b`)('a'.repeat(16_384))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('what a regular expression would read is literal', () => {
  expect(wildcard('c:\\temp\\(a+)+$')('c:\\temp\\(a+)+$')).toBe(true);
  expect(wildcard('.*')('abc')).toBe(false);
});
