import { describe, expect, it } from 'vitest';
import { type FlatMap, flatCount, flatGet, flatRemember } from './flat-map.ts';

describe('flat map', () => {
  it('remembers the newest', () => {
    let map: FlatMap = [];
    for (const key of [1, 2, 3, 1, 4]) map = flatRemember(map, key, key * 10, 3);
    expect(map).toEqual([3, 30, 1, 10, 4, 40]);
    expect(flatGet(map, 1)).toBe(10);
    expect(flatGet(map, 2)).toBeUndefined();
  });

  it('counts, and lets a newcomer take over the smallest', () => {
    let map: FlatMap = [];
    for (const key of [1, 1, 1, 2, 3]) map = flatCount(map, key, 2);
    expect(map).toEqual([1, 3, 3, 2]);
  });
});
