import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../engine/test-database.ts';
import { type EventBatch, recordKey } from './event-batch.ts';
import { type HuntingStore, openHuntingStore, selectRows } from './hunting-store.ts';
import { endOldInserts, writeEvents } from './write-events.ts';

let database: TestDatabase;
let store: HuntingStore;

beforeAll(async () => {
  database = await freshDatabase();
  store = openHuntingStore(database.clickhouse);
  await store.ready();
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const time = Date.UTC(2026, 4, 1, 10);

function batch(id: number, names: readonly string[], receivedAt = '2026-05-01T10:00:00.000Z'): EventBatch {
  const records = names.map((name, index) => ({
    key: recordKey(time + index, name),
    time: time + index,
    source: 'test',
    format: 'json' as const,
    text: JSON.stringify({ name }),
    rows: [
      { table: 'DeviceProcessEvents', values: { FileName: name, ProcessId: index, DeviceName: 'ws-1' } },
      { table: 'DeviceInfo', values: { DeviceName: 'ws-1' } },
    ],
  }));
  return { id, receivedAt, records };
}

async function files(tenant: string): Promise<string[]> {
  const rows = await selectRows<{ FileName: string }>(
    store.client,
    `SELECT FileName FROM DeviceProcessEvents WHERE _tenant = '${tenant}' ORDER BY FileName`,
  );
  return rows.map(({ FileName }) => FileName);
}

test('rows and raw records are written, and what was delivered before is a duplicate', async () => {
  const first = await writeEvents(store, 'one', [batch(1, ['a', 'b', 'c'])]);
  expect(first).toEqual([{ batchId: 1, fates: ['stored', 'stored', 'stored'] }]);
  const again = await writeEvents(store, 'one', [batch(2, ['a', 'b', 'c', 'd']), batch(3, ['a', 'b', 'c', 'd'])]);
  expect(again.map(({ fates }) => fates)).toEqual([
    ['duplicate', 'duplicate', 'duplicate', 'stored'],
    ['duplicate', 'duplicate', 'duplicate', 'duplicate'],
  ]);
  expect(await files('one')).toEqual(['a', 'b', 'c', 'd']);
  const raw = await selectRows<{ text: string; time: string }>(
    store.client,
    `SELECT text, time FROM _raw WHERE _tenant = 'one' ORDER BY _record`,
  );
  expect(raw.map(({ text }) => JSON.parse(text).name)).toEqual(['a', 'b', 'c', 'd']);
  expect(raw[0]?.time).toBe('2026-05-01 10:00:00.000');
});

test('another tenant knows nothing of it', async () => {
  await writeEvents(store, 'two', [batch(4, ['a'])]);
  expect(await files('two')).toEqual(['a']);
});

test('after a crash at any point the same rows are there, in whatever groups they are written again', async () => {
  const all = [batch(11, ['a', 'b']), batch(12, ['a', 'b', 'c']), batch(13, ['d', 'd'].concat('e'))];
  await writeEvents(store, 'crash', all);
  // What a crash leaves: one table written and another not, and a claim without any rows.
  await store.client.command({ query: `DELETE FROM DeviceInfo WHERE _tenant = 'crash' AND _batch = 12` });
  await store.client.command({ query: `DELETE FROM DeviceProcessEvents WHERE _tenant = 'crash' AND _batch = 11` });
  await endOldInserts(store, 'crash');
  const groups = [all.slice(2), all.slice(0, 1), all.slice(1, 2)];
  const fates = [];
  for (const group of groups) fates.push(...(await writeEvents(store, 'crash', group, { recover: true })));
  expect(fates.map(({ fates }) => fates.filter((fate) => fate === 'stored').length)).toEqual([3, 2, 1]);
  expect(await files('crash')).toEqual(['a', 'b', 'c', 'd', 'd', 'e']);
  const [count] = await selectRows<{ n: number }>(
    store.client,
    `SELECT count() AS n FROM DeviceInfo WHERE _tenant = 'crash'`,
  );
  expect(count?.n).toBe(6);
});

test('batches of two days are two inserts', async () => {
  const late = batch(22, ['y'], '2026-05-02T00:00:01.000Z');
  await writeEvents(store, 'days', [batch(21, ['x']), late]);
  await writeEvents(store, 'days', [late, batch(21, ['x'])], { recover: true });
  expect(await files('days')).toEqual(['x', 'y']);
});

test('one insert is one part, however large', async () => {
  const many = batch(
    31,
    Array.from({ length: 5_000 }, (_, n) => `${n}-${'x'.repeat(800)}`),
  );
  await writeEvents(store, 'large', [many]);
  const parts = await selectRows<{ table: string; rows: number }>(
    store.client,
    `SELECT table, rows FROM system.parts WHERE database = currentDatabase() AND partition LIKE '(\\'large\\'%'
      AND level = 0 ORDER BY table`,
  );
  expect(parts).toEqual([
    { table: 'DeviceInfo', rows: 5_000 },
    { table: 'DeviceProcessEvents', rows: 5_000 },
    { table: '_raw', rows: 5_000 },
  ]);
});
