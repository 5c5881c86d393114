import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../database.ts';
import { openStore } from '../query/seed-rows.fixture.ts';
import {
  changeSavedQuery,
  deleteSavedQuery,
  mostPastHunts,
  pastHunts,
  rememberHunt,
  savedQueries,
  saveQuery,
} from './index.ts';

let db: Db;
let close: () => Promise<void>;
const now = new Date('2026-03-11T10:00:00Z');
const query = { name: 'Shells', description: '', query: 'DeviceProcessEvents | count', shared: false };

async function person(name: string): Promise<{ tenantId: string; accountId: number }> {
  const { rows } = await sql<{ id: number }>`
    insert into account (tenant_id, user_name, display_name, role)
    values ('default', ${name}, ${name}, 'reader') returning id`.execute(db);
  return { tenantId: 'default', accountId: rows[0]?.id ?? 0 };
}

beforeAll(async () => {
  ({ db, close } = await openStore());
});
afterAll(() => close());

it('keeps queries of one’s own, shows those shared, and lets only the owner change them', async () => {
  const [ada, bo] = [await person('ada@a.example'), await person('bo@a.example')];
  const saved = await saveQuery(db, ada, query, now);
  expect(saved).toMatchObject({ name: 'Shells', mine: true, shared: false });
  const id = saved?.id ?? 0;
  expect(await savedQueries(db, bo)).toEqual([]);
  await changeSavedQuery(db, ada, id, { shared: true }, now);
  expect(await savedQueries(db, bo)).toMatchObject([{ id, mine: false, owner: 'ada@a.example' }]);
  expect(await savedQueries(db, { ...bo, tenantId: 'other' })).toEqual([]);
  expect(await changeSavedQuery(db, bo, id, { name: 'Mine now' }, now)).toBeNull();
  expect(await deleteSavedQuery(db, bo, id)).toBe(false);
  expect(await deleteSavedQuery(db, ada, id)).toBe(true);
  expect(await savedQueries(db, ada)).toEqual([]);
});

it('remembers the last hunts of each person', async () => {
  const [cy, di] = [await person('cy@a.example'), await person('di@a.example')];
  for (let n = 0; n < mostPastHunts + 5; n += 1) {
    await rememberHunt(db, cy, { query: `print ${n}`, at: now.toISOString(), result: 'done', rows: n, elapsedMs: 3 });
  }
  const past = await pastHunts(db, cy, now);
  expect(past).toHaveLength(mostPastHunts);
  expect(past[0]).toMatchObject({ query: `print ${mostPastHunts + 4}`, rows: mostPastHunts + 4, result: 'done' });
  expect(await pastHunts(db, di, now)).toEqual([]);
  expect(await pastHunts(db, cy, new Date('2026-05-11T10:00:00Z'))).toEqual([]);
});
