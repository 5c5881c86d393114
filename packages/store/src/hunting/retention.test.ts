import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Db } from '../database.ts';
import { freshDatabase, type TestDatabase } from '../engine/test-database.ts';
import { readLedger } from '../intake/ledger.ts';
import { migrate } from '../migrate.ts';
import { type EventBatch, recordKey } from './event-batch.ts';
import { finishTelemetry } from './finish-telemetry.ts';
import { type HuntingStore, openHuntingStore, selectRows } from './hunting-store.ts';
import { listPartitions } from './partitions.ts';
import { applyRetention, outOfRetention } from './retention.ts';
import { changeTelemetryRetention, readTelemetryRetention } from './telemetry-retention.ts';
import { writeEvents } from './write-events.ts';

let database: TestDatabase;
let store: HuntingStore;
let db: Db;

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 2, log: console });
  store = openHuntingStore(database.clickhouse);
  const batches = ['2026-05-01', '2026-05-02', '2026-05-10', '2026-05-20'].map((day, n) => batchOf(n + 1, day));
  await writeEvents(store, 'default', batches);
  await writeEvents(store, 'other', [batchOf(9, '2026-05-01')]);
  const outcomes = [{ source: 'test', stored: 40, duplicate: 0, rejected: 0 }];
  await finishTelemetry(db, 'default', { batchIds: [1, 2, 3, 4], outcomes, rejected: [], devices: [] });
});
afterAll(async () => {
  await store.close();
  await db.destroy();
  await database.drop();
});

function batchOf(id: number, day: string): EventBatch {
  // Events are far older than their arrival: retention goes by arrival.
  const records = Array.from({ length: 10 }, (_, n) => ({
    key: recordKey(n, `${id} ${n}`),
    time: Date.UTC(2020, 1, 1) + n,
    source: 'test',
    format: 'text' as const,
    text: `line ${n}`,
    rows: [{ table: n % 2 === 0 ? 'Syslog' : 'DeviceEvents', values: { DeviceName: 'ws', Computer: 'ws' } }],
  }));
  return { id, receivedAt: `${day}T12:00:00.000Z`, records };
}

async function days(tenant: string, table: string): Promise<string[]> {
  const rows = await selectRows<{ day: string }>(
    store.client,
    `SELECT DISTINCT toString(toDate(_ingested)) AS day FROM ${table} WHERE _tenant = '${tenant}' ORDER BY day`,
  );
  return rows.map(({ day }) => day);
}

test('rows older than their table is kept are gone, and those of another tenant are not', async () => {
  const { updatedDateTime } = await readTelemetryRetention(db, 'default');
  const retention = await changeTelemetryRetention(
    db,
    { tenantId: 'default', by: 'test', now: new Date() },
    { days: 17, tables: [{ table: 'Syslog', days: 40 }], updatedDateTime },
  );
  expect(retention).toMatchObject({ days: 17, bytes: null, tables: [{ table: 'Syslog', days: 40 }] });
  const now = new Date('2026-05-20T13:00:00Z');
  const removed = await applyRetention(db, store, 'default', retention, now);
  expect(removed.map(({ partition: { table, day }, why }) => `${table} ${day} ${why}`)).toEqual([
    'DeviceEvents 2026-05-01 age',
    '_raw 2026-05-01 age',
    'DeviceEvents 2026-05-02 age',
    '_raw 2026-05-02 age',
  ]);
  expect(await days('default', 'DeviceEvents')).toEqual(['2026-05-10', '2026-05-20']);
  expect(await days('default', 'Syslog')).toEqual(['2026-05-01', '2026-05-02', '2026-05-10', '2026-05-20']);
  expect(await days('other', 'DeviceEvents')).toEqual(['2026-05-01']);
  expect((await readLedger(db, 'default')).sources).toMatchObject([{ source: 'test', stored: 40, deleted: 20 }]);
  expect(await applyRetention(db, store, 'default', retention, now)).toEqual([]);
});

test('the oldest days go until everything fits, and today stays', async () => {
  const now = new Date('2026-05-20T13:00:00Z');
  const retention = { ...(await readTelemetryRetention(db, 'default')), days: 1000, bytes: 1 };
  await applyRetention(db, store, 'default', retention, now);
  expect(await days('default', 'DeviceEvents')).toEqual(['2026-05-20']);
  expect(await days('default', 'Syslog')).toEqual(['2026-05-20']);
  expect((await listPartitions(store.client, 'default')).map(({ day }) => day)).toEqual(Array(3).fill('2026-05-20'));
  expect((await readLedger(db, 'default')).sources).toMatchObject([{ deleted: 30 }]);
});

test('size is given back a day at a time, and no more than needed', () => {
  const partition = (table: string, day: string) => ({ table, day, rows: 1, bytes: 100 });
  const all = ['2026-01-01', '2026-01-02', '2026-01-03'].flatMap((day) => [partition('A', day), partition('B', day)]);
  const now = new Date('2026-01-03T00:00:00Z');
  const removed = (bytes: number) => outOfRetention(all, { days: 30, bytes, tables: [] }, now).length;
  expect([600, 599, 400, 399, 0].map(removed)).toEqual([0, 2, 2, 4, 4]);
});
