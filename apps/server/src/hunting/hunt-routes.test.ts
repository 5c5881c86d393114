import type { HuntMessage } from '@throughline/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processEvents } from '../events/process-events.fixture.ts';
import { addDevice } from '../scope/scope-rows.fixture.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { huntsAtOnce } from './hunt-room.ts';

let server: TestServer;
let reader: Browser;

beforeAll(async () => {
  server = await startTestServer();
  const token = await server.token('operator', ['intake']);
  const body = [...processEvents(50, 'ws-1.corp.example'), ...processEvents(20, 'ws-2.corp.example', 100)];
  await server.call('/api/intake/auto', { method: 'POST', token, body });
  await server.pipeline.idle();
  reader = await server.signedIn('reader', 'hunter');
});
afterAll(() => server.stop());

async function hunt(who: Browser, query: string, more: object = {}) {
  const answer = await who.call('/api/hunt', { method: 'POST', body: { query, ...more } });
  const messages =
    answer.status === 200
      ? answer.text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as HuntMessage)
      : [];
  const rows = messages.flatMap((message) => (message.kind === 'rows' ? message.rows : []));
  return { status: answer.status, messages, rows, last: messages.at(-1) };
}

describe('a hunt', () => {
  test('answers with columns, rows and what it took', async () => {
    const { messages, rows, last } = await hunt(
      reader,
      'DeviceProcessEvents | summarize Runs = count() by DeviceName | sort by Runs',
    );
    expect(messages[0]).toMatchObject({ kind: 'start', limits: { rows: 10_000, seconds: 600 } });
    expect(messages[1]).toEqual({
      kind: 'columns',
      columns: [
        { name: 'DeviceName', type: 'string' },
        { name: 'Runs', type: 'long' },
      ],
    });
    expect(rows).toEqual([
      ['ws-1.corp.example', 50],
      ['ws-2.corp.example', 20],
    ]);
    expect(last).toMatchObject({ kind: 'done', rows: 2, cut: false });
  });

  test('says how it asks to be shown', async () => {
    const { messages } = await hunt(
      reader,
      'DeviceProcessEvents | summarize count() by FileName | render piechart with (title="Files")',
    );
    expect(messages[1]).toMatchObject({
      kind: 'columns',
      render: { kind: 'piechart', properties: { title: 'Files' } },
    });
  });

  test('looks only at the time asked for', async () => {
    const all = await hunt(reader, 'DeviceProcessEvents | summarize min(Timestamp), max(Timestamp), count()');
    const [[, newest, count] = []] = all.rows;
    expect(count).toBe(70);
    const none = await hunt(reader, 'DeviceProcessEvents | count', {
      from: new Date(Date.parse(String(newest)) + 1_000).toISOString(),
    });
    expect(none.rows).toEqual([[0]]);
    const some = await hunt(reader, 'DeviceProcessEvents | count', { to: newest });
    expect(some.rows).toEqual([[69]]);
  });

  test('is cut where it has more rows than asked for', async () => {
    const { rows, last } = await hunt(reader, 'DeviceProcessEvents | project DeviceName', { maxRows: 30 });
    expect(rows).toHaveLength(30);
    expect(last).toMatchObject({ kind: 'done', rows: 30, cut: true });
  });

  test.each([
    ['DeviceProcessEvents | where', 'syntax'],
    ['DeviceProcessEvents | where Nonsense == 1', 'semantic'],
    ['NoSuchTable | count', 'semantic'],
  ])('%s is refused as %s, with the place', async (query, kind) => {
    const { status, last } = await hunt(reader, query);
    expect(status).toBe(200);
    expect(last).toMatchObject({
      kind: 'error',
      error: { class: kind, position: expect.any(Number), message: expect.any(String) },
    });
  });

  test('stays inert whatever its texts hold', async () => {
    const evil = "'); DROP TABLE DeviceProcessEvents; --";
    const { rows } = await hunt(reader, `DeviceProcessEvents | where FileName == "${evil}" | count`);
    expect(rows).toEqual([[0]]);
    expect((await hunt(reader, 'DeviceProcessEvents | count')).rows).toEqual([[70]]);
  });

  test('of somebody with device groups sees their devices only', async () => {
    await server.db
      .insertInto('device_group')
      .values({ tenant_id: 'default', id: 7, rank: 1, name: 'Laptops', rule: JSON.stringify({ conditions: [] }) })
      .execute();
    await addDevice(server.db, 'default', 'ws-2.corp.example', 7);
    const scoped = await server.signedIn('reader', 'scoped');
    await server.db
      .insertInto('device_group_access')
      .values({ tenant_id: 'default', device_group_id: 7, account_id: scoped.me.id })
      .execute();
    const { rows } = await hunt(scoped, 'DeviceProcessEvents | summarize count() by DeviceName');
    expect(rows).toEqual([['ws-2.corp.example', 20]]);
    const union = await hunt(scoped, 'union withsource=Table Device* | summarize count() by Table');
    expect(union.rows).toContainEqual(['DeviceProcessEvents', 20]);
  });

  test('ends in the engine when nobody waits for it, and leaves its place', { timeout: 30_000 }, async () => {
    const endless =
      'range a from 1 to 300000 step 1 | extend b = 1 | join kind=inner (range c from 1 to 300000 step 1 | extend b = 1) on b | where a * c % 7 == 9 | count';
    const control = new AbortController();
    const waits = Array.from({ length: huntsAtOnce.person }, () =>
      fetch(`${server.url}/api/hunt`, {
        method: 'POST',
        signal: control.signal,
        headers: { 'content-type': 'application/json', cookie: reader.cookie, 'x-csrf-token': reader.me.csrfToken },
        body: JSON.stringify({ query: endless }),
      })
        .then((answer) => answer.text())
        .catch(() => 'gone'),
    );
    const running = async () => {
      const answer = await server.hunting.client.query({
        query:
          "SELECT count() AS n FROM system.processes WHERE query LIKE '%LIMIT 10001%' AND query NOT LIKE '%processes%'",
        format: 'JSONEachRow',
      });
      return Number((await answer.json<{ n: string }>())[0]?.n);
    };
    await expect.poll(running, { timeout: 10_000 }).toBeGreaterThan(0);
    expect((await hunt(reader, 'print 1')).status).toBe(429);
    control.abort();
    await Promise.all(waits);
    await expect.poll(running, { timeout: 5_000 }).toBe(0);
    await expect.poll(async () => (await hunt(reader, 'print 1')).status, { timeout: 5_000 }).toBe(200);
  });

  test('is remembered for who ran it', async () => {
    await hunt(reader, 'print 42');
    await expect
      .poll(async () => (await reader.call('/api/hunting/history')).json.items[0])
      .toMatchObject({ query: 'print 42', result: 'done', rows: 1 });
    const other = await server.signedIn('reader', 'other');
    expect((await other.call('/api/hunting/history')).json.items).toEqual([]);
  });
});
