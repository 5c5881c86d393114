import { describe, expect, it } from 'vitest';
import { FingerprintMap } from './fingerprint-map.ts';

const key = (n: number) => `alert-${n.toString(36)}`;

describe('a map of fingerprints', () => {
  it('agrees with a Map of texts while it grows', () => {
    const map = new FingerprintMap(100_000);
    const truth = new Map<string, number>();
    for (let n = 0; n < 20_000; n++) {
      const text = key((n * 7) % 9_000);
      map.set(text, n);
      truth.set(text, n);
    }
    expect(map.size).toBe(truth.size);
    for (const [text, value] of truth) expect(map.get(text)).toBe(value);
    expect(map.has('alert-')).toBe(false);
    expect(map.get(key(9_000))).toBeUndefined();
  });

  it('lets the oldest go once its limit is passed', () => {
    const map = new FingerprintMap(1_000);
    for (let n = 0; n < 5_000; n++) map.set(key(n), n);
    expect(map.size).toBeLessThanOrEqual(1_000);
    expect(map.size).toBeGreaterThanOrEqual(950);
    expect(map.has(key(4_000))).toBe(false);
    for (let n = 4_100; n < 5_000; n++) expect(map.get(key(n))).toBe(n);
  });

  it('yields the same lines for the same entries', () => {
    const [one, other] = [new FingerprintMap(10), new FingerprintMap(10)];
    for (const map of [one, other]) for (const text of ['a', 'b', 'ab', 'ba']) map.set(text, text.length);
    expect([...one.lines()]).toEqual([...other.lines()]);
    expect(new Set(one.lines()).size).toBe(4);
  });
});
