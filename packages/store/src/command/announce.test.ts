import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../database.ts';
import { liveEventsAfter } from '../live/live-events.ts';
import { openStore } from '../query/seed-rows.fixture.ts';
import { announce } from './announce.ts';

let db: Db;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openStore());
});
afterAll(() => close());

const updated = (incidentId: number) => ({ type: 'incident.updated', incidentId, kind: 'incident' }) as const;

it('makes events visible in the order of their numbers, whoever commits first', async () => {
  const written = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const slow = db.transaction().execute(async (trx) => {
    await announce(trx, 'default', [updated(1), updated(2)]);
    written.resolve();
    await mayCommit.promise;
  });
  await written.promise;
  let fastDone = false;
  const fast = db
    .transaction()
    .execute((trx) => announce(trx, 'default', [updated(3)]))
    .then(() => {
      fastDone = true;
    });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(fastDone).toBe(false);
  expect(await liveEventsAfter(db, 0, 10)).toEqual([]);
  mayCommit.resolve();
  await Promise.all([slow, fast]);
  expect((await liveEventsAfter(db, 0, 10)).map(({ event }) => event)).toEqual([updated(1), updated(2), updated(3)]);
});

it('writes nothing for no events', async () => {
  const before = await liveEventsAfter(db, 0, 100);
  await announce(db, 'default', []);
  expect(await liveEventsAfter(db, 0, 100)).toEqual(before);
});
