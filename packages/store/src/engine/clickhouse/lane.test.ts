import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLane } from './lane.ts';

const never = new AbortController().signal;

test('never more holders than the lane is wide, and everyone gets in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.integer({ min: 0, max: 3 })), async (width, turns) => {
      const lane = createLane(width);
      let inside = 0;
      let most = 0;
      await Promise.all(
        turns.map(async (ticks) => {
          const release = await lane.enter(never);
          inside += 1;
          most = Math.max(most, inside);
          for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
          inside -= 1;
          release();
          release();
        }),
      );
      expect(most).toBeLessThanOrEqual(width);
      expect(inside).toBe(0);
    }),
  );
});

test('one who gives up while waiting leaves the queue', async () => {
  const lane = createLane(1);
  const release = await lane.enter(never);
  const impatient = new AbortController();
  const waiting = lane.enter(impatient.signal);
  const next = lane.enter(never);
  impatient.abort(new Error('gave up'));
  await expect(waiting).rejects.toThrow('gave up');
  release();
  (await next)();
  await expect(lane.enter(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});
