import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reorder } from './reorder.ts';

const item = (time: number, alertId: string) => ({ time, alertId });

describe('reorder', () => {
  it('sorts by time, then by id, within the window', () => {
    const given = [item(10, 'b'), item(5, 'c'), item(10, 'a'), item(40_000, 'd')];
    expect([...reorder(given)].map(({ alertId }) => alertId)).toEqual(['c', 'a', 'b', 'd']);
  });

  it('passes what comes too late, and loses nothing', () => {
    const given = [item(100, 'a'), item(200, 'b'), item(0, 'late')];
    expect([...reorder(given, 50)].map(({ alertId }) => alertId)).toEqual(['a', 'late', 'b']);
  });

  it('undoes any disorder smaller than the window', () => {
    const jitter = fc.array(fc.nat(29_999), { maxLength: 60 });
    fc.assert(
      fc.property(jitter, (delays) => {
        const items = delays.map((delay, n) => ({ ...item(n * 7_000, `a${n}`), arrival: n * 7_000 + delay }));
        const arrived = [...items].sort((a, b) => a.arrival - b.arrival);
        expect([...reorder(arrived)].map(({ alertId }) => alertId)).toEqual(items.map(({ alertId }) => alertId));
      }),
    );
  });
});
