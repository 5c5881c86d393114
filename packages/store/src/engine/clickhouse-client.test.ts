import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from './test-database.ts';

// An unmodified @clickhouse/client against the embedded ClickHouse (or the external one of the run).
let database: TestDatabase;
let client: ClickHouseClient;

beforeAll(async () => {
  database = await freshDatabase();
  client = connect();
  await client.command({
    query: `CREATE TABLE events (id UInt64, text String, tags Array(String)) ENGINE = MergeTree ORDER BY id
      SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1`,
  });
});

afterAll(async () => {
  await client?.close();
  await database?.drop();
});

function connect(more: Parameters<typeof createClient>[0] = {}): ClickHouseClient {
  return createClient({ ...database.clickhouse, log: { level: ClickHouseLogLevel.OFF }, ...more });
}

async function rows<T>(query: string, query_params: Record<string, unknown> = {}): Promise<T[]> {
  return (await client.query({ query, query_params, format: 'JSONEachRow' })).json<T>();
}

async function failure(work: Promise<unknown>): Promise<ClickHouseError> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ClickHouseError);
  return error as ClickHouseError;
}

test('ping, with and without a statement', async () => {
  expect(await client.ping()).toEqual({ success: true });
  expect(await client.ping({ select: true })).toEqual({ success: true });
});

test('a wrong password and no password are refused', async () => {
  const stranger = connect({ password: 'guess' });
  expect((await failure(stranger.query({ query: 'SELECT 1' }))).code).toBe('516');
  await stranger.close();
  expect((await fetch(database.clickhouse.url, { method: 'POST', body: 'SELECT 1' })).status).toBe(403);
});

test('the account is taken from ClickHouse headers too', async () => {
  const { url, username, password } = database.clickhouse;
  const headers = { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password };
  const response = await fetch(`${url}/?query=${encodeURIComponent('SELECT 1 AS a FORMAT JSONEachRow')}`, { headers });
  expect([response.status, await response.text()]).toEqual([200, '{"a":1}\n']);
  expect(response.headers.get('x-clickhouse-format')).toBe('JSONEachRow');
  expect(response.headers.get('x-clickhouse-query-id')).toMatch(/^[0-9a-f-]{36}$/);
});

describe('insert', () => {
  test('rows and a stream of rows land, with a summary', async () => {
    const text = "quote ' back \\ tab \t line \n nul \0 😀";
    const result = await client.insert({
      table: 'events',
      values: [{ id: 1, text, tags: ['x'] }],
      format: 'JSONEachRow',
    });
    expect(result.summary?.written_rows).toBe('1');
    const values = Readable.from(
      (function* () {
        for (let id = 100; id < 5100; id += 1) yield { id, text: 'streamed', tags: [] };
      })(),
    );
    await client.insert({ table: 'events', values, format: 'JSONEachRow', columns: ['id', 'text', 'tags'] });
    expect(await rows('SELECT text FROM events WHERE id = 1')).toEqual([{ text }]);
    expect(await rows("SELECT toUInt32(count()) AS n FROM events WHERE text = 'streamed'")).toEqual([{ n: 5000 }]);
    expect((await client.insert({ table: 'events', values: [], format: 'JSONEachRow' })).executed).toBe(false);
  });

  test('a compressed body, by the client and in other encodings', async () => {
    const compressing = connect({ compression: { request: true, response: true } });
    await compressing.insert({ table: 'events', values: [{ id: 2, text: 'zipped', tags: [] }], format: 'JSONEachRow' });
    expect(
      await (await compressing.query({ query: 'SELECT text FROM events WHERE id = 2', format: 'JSONEachRow' })).json(),
    ).toEqual([{ text: 'zipped' }]);
    await compressing.close();
    const body = Buffer.from('{"id":3,"text":"raw","tags":[]}\n');
    for (const [encoding, bytes] of [
      ['gzip', gzipSync(body)],
      ['zstd', zstdCompressSync(body)],
    ] as const) {
      expect(
        (await post('INSERT INTO events FORMAT JSONEachRow', bytes, { 'Content-Encoding': encoding })).status,
      ).toBe(200);
    }
    const broken = await post('INSERT INTO events FORMAT JSONEachRow', gzipSync(body).subarray(0, 20), {
      'Content-Encoding': 'gzip',
    });
    expect(await broken.text()).toContain('does not decompress');
  });

  test('the same token twice lands once, another token lands', async () => {
    const insert = (insert_deduplication_token: string) =>
      client.insert({
        table: 'events',
        values: [{ id: 7, text: 'once', tags: [] }],
        format: 'JSONEachRow',
        clickhouse_settings: { insert_deduplication_token },
      });
    await insert('batch-1');
    await insert('batch-1');
    await insert('batch-2');
    expect(await rows('SELECT id FROM events WHERE id = 7')).toHaveLength(2);
  });

  test('a row of the wrong shape is refused and nothing of its batch lands', async () => {
    const values = [
      { id: 8, text: 'good', tags: [] },
      { id: 'not a number', text: 'bad', tags: [] },
    ];
    const error = await failure(client.insert({ table: 'events', values, format: 'JSONEachRow' }));
    expect(Number(error.code)).toBeGreaterThan(0);
    expect(await rows('SELECT id FROM events WHERE id = 8')).toEqual([]);
    expect((await failure(client.insert({ table: 'nowhere', values, format: 'JSONEachRow' }))).type).toBe(
      'UNKNOWN_TABLE',
    );
  });
});

describe('query', () => {
  test('parameters of every kind arrive unharmed', async () => {
    const text = "it's \\ a \t 'tab' \n{x:String} -- ; DROP";
    expect(
      await rows(
        'SELECT {a:String} AS a, {b:UInt64} AS b, {c:Array(String)} AS c, {d:Nullable(String)} AS d, {e:Date} AS e',
        {
          a: text,
          b: '18446744073709551615',
          c: ["x'y", 'z\\'],
          d: null,
          e: '2026-01-02',
        },
      ),
    ).toEqual([{ a: text, b: expect.anything(), c: ["x'y", 'z\\'], d: null, e: '2026-01-02' }]);
    expect(
      await rows('SELECT name FROM system.tables WHERE name = {t:String} AND database = currentDatabase()', {
        t: 'events',
      }),
    ).toHaveLength(1);
    expect(
      (await failure(client.query({ query: 'SELECT {a:UInt8}', query_params: { a: '1; DROP TABLE events' } }))).code,
    ).toBe('457');
  });

  test('parameters of parallel statements never mix', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        rows<{ v: string }>('SELECT {v:String} AS v, sleep(0.01)', { v: `value ${n}` }),
      ),
    );
    expect(answers.map(([row]) => row?.v)).toEqual(answers.map((_, n) => `value ${n}`));
  });

  test('half a megabyte of parameters fits the URL', async () => {
    const sql = 'SELECT toUInt32(length({long:String})) AS n';
    expect(await rows(sql, { long: 'x'.repeat(500_000) })).toEqual([{ n: 500_000 }]);
  });

  test('parameters too long for a URL travel as a form', async () => {
    const ids = Array.from({ length: 5_000 }, (_, n) => n);
    const result = await client.query({
      query: 'SELECT length({ids:Array(UInt32)}) AS n',
      query_params: { ids },
      format: 'JSONEachRow',
      use_multipart_params: true,
    });
    expect(await result.json()).toEqual([{ n: 5000 }]);
  });

  test.each([
    ['JSON', { meta: [{ name: 'a', type: 'UInt8' }], data: [{ a: 1 }], rows: 1 }],
    ['JSONCompactEachRow', [[1]]],
    ['JSONEachRow', [{ a: 1 }]],
    ['JSONObjectEachRow', { row_1: { a: 1 } }],
  ] as const)('format %s', async (format, expected) => {
    expect(await (await client.query({ query: 'SELECT 1 AS a', format })).json()).toMatchObject(expected);
  });

  test('a long result streams in chunks', async () => {
    const result = await client.query({ query: 'SELECT number FROM numbers(300000)', format: 'JSONEachRow' });
    let [count, chunks] = [0, 0];
    for await (const chunk of result.stream()) {
      count += chunk.length;
      chunks += 1;
    }
    expect(count).toBe(300_000);
    expect(chunks).toBeGreaterThan(2);
  });

  test('an error in the middle of a stream reaches the reader as the error it is', async () => {
    const query = 'SELECT throwIf(number = 250000) AS a, sleep(0.1) FROM numbers(300000) SETTINGS max_threads = 1';
    const result = await client.query({ query, format: 'JSONEachRow' });
    const reading = (async () => {
      for await (const _ of result.stream());
    })();
    expect((await failure(reading)).type).toBe('FUNCTION_THROW_IF_VALUE_IS_NON_ZERO');
  });

  test.each([
    ['SELECT nope', '47', 'UNKNOWN_IDENTIFIER'],
    ['SELEC 1', '62', 'SYNTAX_ERROR'],
    ['SELECT * FROM nowhere', '60', 'UNKNOWN_TABLE'],
    ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR'],
    ["SELECT 1 INTO OUTFILE '/tmp/throughline-must-not-exist'", '48', 'NOT_IMPLEMENTED'],
  ])('%s fails with %s', async (query, code, type) => {
    expect(await failure(client.query({ query }))).toMatchObject({ code, type });
  });

  test.each([
    [{ max_execution_time: 1, max_block_size: '1' }, 'SELECT sleepEachRow(0.5) FROM numbers(20)', '159'],
    [{ max_result_rows: '5', result_overflow_mode: 'throw' }, 'SELECT number FROM numbers(10)', '396'],
    [{ readonly: '1' }, 'CREATE TABLE x (a UInt8) ENGINE = Memory', '164'],
    [{ readonly: '1' }, "SELECT * FROM url('http://127.0.0.1:1', 'CSV', 'a String')", '164'],
    [{ max_memory_usage: '10000000' }, 'SELECT groupArray(number) FROM numbers(10000000)', '241'],
    [{ no_such_setting: '1' }, 'SELECT 1', '115'],
  ])('with %j, %s fails with %s and the engine goes on', async (settings, query, code) => {
    const clickhouse_settings = settings as Record<string, string>;
    expect((await failure(client.query({ query, clickhouse_settings, format: 'JSON' }))).code).toBe(code);
    expect(await rows('SELECT 1 AS a')).toEqual([{ a: 1 }]);
  });

  test('settings of one statement do not reach the next', async () => {
    await client.query({ query: 'SELECT 1', clickhouse_settings: { readonly: '1', max_threads: 1 } });
    await client.command({ query: 'CREATE TABLE after_readonly (a UInt8) ENGINE = Memory' });
    const query = "SELECT changed FROM system.settings WHERE name = 'max_threads'";
    expect(await rows(query)).toEqual([{ changed: 0 }]);
  });
});

const SLOW = 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)';

describe('cancelling', () => {
  test.each(['JSON', 'JSONEachRow'] as const)(
    'KILL QUERY ends a running %s statement within a second',
    async (format) => {
      const query_id = `kill-me-${format}`;
      const victim = failure(client.query({ query: SLOW, query_id, format }));
      await untilRunning(query_id);
      const began = performance.now();
      await client.command({ query: `KILL QUERY WHERE query_id = '${query_id}' ASYNC` });
      expect((await victim).type).toBe('QUERY_WAS_CANCELLED');
      expect(performance.now() - began).toBeLessThan(1_000);
    },
  );

  test('an aborted request ends its statement', async () => {
    const abort = new AbortController();
    const query_id = 'abort-me';
    const victim = client
      .query({ query: SLOW, query_id, abort_signal: abort.signal, format: 'JSON' })
      .catch((error) => error);
    await untilRunning(query_id);
    abort.abort();
    await victim;
    await untilGone(query_id);
  });

  test('more statements than may run at once wait their turn, and KILL QUERY still gets through', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `crowd-${n}`);
    const many = connect({ max_open_connections: ids.length });
    const crowd = ids.map((query_id) => failure(many.query({ query: SLOW, query_id, format: 'JSON' })));
    await untilRunning('crowd-0');
    await client.insert({
      table: 'events',
      values: [{ id: 9, text: 'in spite of the crowd', tags: [] }],
      format: 'JSONEachRow',
    });
    const ended = Promise.all(crowd);
    let done = false;
    void ended.then(() => {
      done = true;
    });
    while (!done) {
      for (const id of ids) await client.command({ query: `KILL QUERY WHERE query_id = '${id}' ASYNC` });
      await sleep(20);
    }
    expect(new Set((await ended).map(({ type }) => type))).toEqual(new Set(['QUERY_WAS_CANCELLED']));
    await many.close();
  });
});

async function post(query: string, body: Uint8Array, headers: Record<string, string>): Promise<Response> {
  const { url, username, password, database: name } = database.clickhouse;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const target = `${url}/?${new URLSearchParams({ query, database: name })}`;
  return fetch(target, { method: 'POST', body: new Uint8Array(body), headers: { ...headers, authorization } });
}

// Through KILL … TEST, which names what would be killed and, as the last slot may be taken, needs none.
async function isRunning(query_id: string): Promise<boolean> {
  const result = await client.exec({ query: `KILL QUERY WHERE query_id = '${query_id}' TEST FORMAT JSONEachRow` });
  let text = '';
  for await (const chunk of result.stream) text += chunk;
  return text.includes('numbers(100000000000)');
}

async function untilRunning(query_id: string): Promise<void> {
  while (!(await isRunning(query_id))) await sleep(10);
}

async function untilGone(query_id: string): Promise<void> {
  while (await isRunning(query_id)) await sleep(10);
}
