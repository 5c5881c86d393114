import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';

const unbounded = { maxItems: 1000, maxWeight: Number.POSITIVE_INFINITY, weight: (_: number) => 1 };
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Doubles numbers and remembers in which groups; a negative number fails its group. */
function doubler(limits = unbounded) {
  const groups: number[][] = [];
  const ask = groupCommit(async (items: number[]) => {
    groups.push(items);
    await pause();
    if (items.some((n) => n < 0)) throw new Error(`refused in a group of ${items.length}`);
    return items.map((n) => 2 * n);
  }, limits);
  return { ask, groups };
}

describe('groupCommit', () => {
  it('answers each caller, and gathers those that wait', async () => {
    const { ask, groups } = doubler();
    const first = ask(1);
    await pause();
    const more = [2, 3, 4].map(ask);
    expect(await Promise.all([first, ...more])).toEqual([2, 4, 6, 8]);
    expect(groups).toEqual([[1], [2, 3, 4]]);
  });

  it('keeps runs within bounds, and takes an item that is heavier than all of them alone', async () => {
    const { ask, groups } = doubler({ maxItems: 3, maxWeight: 10, weight: (n: number) => n });
    await Promise.all([1, 1, 1, 1, 50, 1].map(ask));
    expect(groups).toEqual([[1, 1, 1], [1, 50], [1]]);
  });

  it('fails only the caller of a bad item', async () => {
    const { ask } = doubler();
    const results = await Promise.allSettled([1, -1, 3].map(ask));
    expect(results).toMatchObject([{ value: 2 }, { reason: { message: 'refused in a group of 1' } }, { value: 6 }]);
    expect(await ask(5)).toBe(10);
  });
});
