import { describe, expect, it } from 'vitest';
import { chooseBatches, type Waiting } from './choose-batches.ts';

const limits = { maxAlerts: 100, maxBatches: 50, maxBytes: 1_000 };
const batch = (id: number, lane: string, more: Partial<Waiting> = {}): Waiting => ({
  id,
  lane,
  dueAt: id * 1000,
  held: false,
  accepted: 20,
  size: 10,
  ...more,
});
const many = (lane: string, from: number, count: number, more: Partial<Waiting> = {}) =>
  Array.from({ length: count }, (_, i) => batch(from + i, lane, more));
const ids = (batches: Waiting[]) => batches.map(({ id }) => id);

describe('chooseBatches', () => {
  it('lets lanes share alike: what is new in a quiet one does not wait behind a flood', () => {
    const waiting = [...many('flood', 1, 40), batch(1000, 'quiet')];
    expect(ids(chooseBatches(waiting, limits))).toEqual([1, 2, 3, 4, 1000]);
    const two = [...many('a', 1, 40), ...many('b', 100, 40), ...many('c', 200, 1)];
    expect(ids(chooseBatches(two, limits))).toEqual([1, 2, 100, 101, 200]);
  });

  it('takes a lone lane in order, as far as every limit allows, and one in any case', () => {
    expect(ids(chooseBatches(many('a', 1, 9), limits))).toEqual([1, 2, 3, 4, 5]);
    expect(ids(chooseBatches(many('a', 1, 9), { ...limits, maxBatches: 2 }))).toEqual([1, 2]);
    expect(ids(chooseBatches(many('a', 1, 9), { ...limits, maxBytes: 35 }))).toEqual([1, 2, 3]);
    expect(ids(chooseBatches(many('a', 1, 9, { accepted: 5000 }), limits))).toEqual([1]);
    expect(chooseBatches([], limits)).toEqual([]);
  });

  it('never cuts what is held for one moment, unless that alone is too much', () => {
    const moment = { held: true, dueAt: 7000 };
    const waiting = [...many('a', 1, 3, { held: true, dueAt: 1000 }), ...many('a', 10, 4, moment)];
    expect(ids(chooseBatches(waiting, limits))).toEqual([1, 2, 3]);
    expect(ids(chooseBatches(many('a', 10, 8, moment), limits))).toEqual([10, 11, 12, 13, 14]);
  });
});
