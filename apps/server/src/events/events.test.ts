import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../project.ts';
import { addDevice } from '../scope/scope-rows.fixture.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { processEvents } from './process-events.fixture.ts';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  token = await server.token('operator', ['intake', 'read']);
});
afterAll(() => server.stop());

async function send(body: unknown) {
  const answer = await server.call('/api/intake/auto', { method: 'POST', token, body });
  await server.pipeline.idle();
  return answer;
}

async function sourceInLedger(source: string) {
  const { json } = await server.call('/api/ledger', { token });
  expect(json.balanced).toBe(true);
  return json.sources.find((row: { source: string }) => row.source === source);
}

const rows = async <T>(query: string): Promise<T[]> =>
  (await server.hunting.client.query({ query, format: 'JSONEachRow' })).json<T>();

test('telemetry is accepted, stored once and counted', async () => {
  const body = processEvents(60, 'ws-1.corp.example');
  expect((await send(body)).json).toMatchObject({ received: 60, accepted: 60, rejected: 0 });
  await send([...body, ...processEvents(5, 'ws-1.corp.example', 60)]);
  expect(await sourceInLedger('windowsEvent')).toMatchObject({
    received: 125,
    stored: 65,
    duplicate: 60,
    rejected: 0,
    pending: 0,
  });
  const [count] = await rows<{ n: string }>(`SELECT count() AS n FROM DeviceProcessEvents WHERE FileName LIKE 'tool%'`);
  expect(Number(count?.n)).toBe(65);
});

test('what cannot be read is a dead letter with its reason', async () => {
  const [event] = processEvents(1, 'ws-9');
  const { '@timestamp': _, UtcTime: __, ...undated } = event as Record<string, unknown>;
  const answer = await send([{ ...undated, EventTime: 'soon' }]);
  expect(answer.status).toBe(202);
  expect(await sourceInLedger('windowsEvent')).toMatchObject({ stored: 65, rejected: 1 });
  const letters = await server.call('/api/dead-letters', { token });
  expect(letters.json.items).toMatchObject([{ source: 'windowsEvent', reason: expect.stringMatching(/Field|date/) }]);
});

test('alerts and telemetry of one body go their ways', async () => {
  const alert = { EventType: 'Telemetry', ...processEvents(1, 'ws-2', 100)[0] };
  const answer = await send([...processEvents(1, 'ws-2', 101), alert, { nothing: 'known' }]);
  expect(answer.json).toMatchObject({ received: 3, accepted: 2, rejected: 1 });
});

test('the tables and a raw record can be asked for', async () => {
  const { json } = await server.call('/api/hunting/tables', { token });
  const table = json.tables.find(({ name }: { name: string }) => name === 'DeviceProcessEvents');
  expect(table).toMatchObject({ rows: 67, oldest: '2026-05-01T10:00:00.0000000Z' });
  expect(table.bytes).toBeGreaterThan(100);
  expect(table.columns).toContainEqual({ name: 'ProcessCommandLine', type: 'string' });
  const [row] = await rows<{ _record: string }>(`SELECT _record FROM DeviceProcessEvents WHERE ProcessId = 1007`);
  const raw = await server.call(`/api/events/raw/${row?._record}`, { token });
  expect(raw.json).toMatchObject({ source: 'windowsEvent', format: 'json', eventDateTime: '2026-05-01T10:00:00.007Z' });
  expect(JSON.parse(raw.json.text)).toEqual(processEvents(1, 'ws-1.corp.example', 7)[0]);
  expect((await server.call(`/api/events/raw/000000000-${'x'.repeat(22)}`, { token })).status).toBe(404);
  expect((await server.call('/api/events/raw/nonsense', { token })).status).toBe(400);
});

test('people with device groups see the rows of their devices only', async () => {
  const group = 7;
  await server.db
    .insertInto('device_group')
    .values({ tenant_id: 'default', id: group, rank: 1, name: 'Laptops', rule: JSON.stringify({ conditions: [] }) })
    .execute();
  await addDevice(server.db, 'default', 'ws-1.corp.example', group);
  const reader = await server.signedIn('reader', 'scoped');
  await server.db
    .insertInto('device_group_access')
    .values({ tenant_id: 'default', device_group_id: group, account_id: reader.me.id })
    .execute();
  const { json } = await reader.call('/api/hunting/tables');
  const table = json.tables.find(({ name }: { name: string }) => name === 'DeviceProcessEvents');
  expect(table).toMatchObject({ rows: 65, bytes: null });
  const keys = await rows<{ _record: string; DeviceName: string }>(
    `SELECT _record, DeviceName FROM DeviceProcessEvents WHERE ProcessId IN (1000, 1100)`,
  );
  const status: Record<string, number> = {};
  for (const { _record, DeviceName } of keys) {
    status[DeviceName] = (await reader.call(`/api/events/raw/${_record}`)).status;
  }
  expect(status).toEqual({ 'ws-1.corp.example': 200, 'ws-2': 404 });
});

test('retention is set for all tables and for some', async () => {
  const path = '/api/settings/telemetry-retention';
  const admin = await server.signedIn('administrator');
  const before = await admin.call(path);
  expect(before.json).toMatchObject({ days: 30, bytes: null, tables: [] });
  const { updatedDateTime } = before.json;
  const patch = (body: unknown) => admin.call(path, { method: 'PATCH', body });
  const tables = [{ table: 'DeviceProcessEvents', days: 90 }];
  expect((await patch({ days: 20, tables, updatedDateTime })).json).toMatchObject({ days: 20, tables });
  expect((await patch({ days: 10, updatedDateTime })).status).toBe(409);
  const now = (await admin.call(path)).json.updatedDateTime;
  expect((await patch({ tables: [{ table: 'Nonsense', days: 1 }], updatedDateTime: now })).status).toBe(400);
});

const recordings = join(projectRoot, '..', 'shared', 'data', 'otrf', 'atomic');
const there = existsSync(recordings);
if (!there) console.log('skipped: the recordings of real attacks are not here');

test.skipIf(!there)('a recording of a real attack becomes rows, every record of it', async () => {
  const folder = join(recordings, 'credential_access');
  const file =
    readdirSync(folder, { recursive: true })
      .map(String)
      .find((name) => /lsass.*\.zip$/i.test(name)) ?? '';
  const before = await sourceInLedger('windowsEvent');
  const answer = await send(readFileSync(join(folder, file)));
  expect(answer.json.rejected).toBe(0);
  const after = await sourceInLedger('windowsEvent');
  expect(after.stored + after.duplicate - before.stored - before.duplicate).toBe(answer.json.received);
  expect(after.rejected).toBe(before.rejected);
});
