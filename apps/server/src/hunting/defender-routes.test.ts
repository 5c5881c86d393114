import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processEvents } from '../events/process-events.fixture.ts';
import { addDevice } from '../scope/scope-rows.fixture.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { huntsAtOnce, placeFor } from './hunt-room.ts';

// The events are of 1 May 2026, ten o'clock.
const now = new Date('2026-05-10T10:00:00.000Z');
let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startTestServer({}, () => now);
  const intake = await server.token('operator', ['intake']);
  const body = [...processEvents(50, 'ws-1.corp.example'), ...processEvents(20, 'ws-2.corp.example', 100)];
  await server.call('/api/intake/auto', { method: 'POST', token: intake, body });
  await server.pipeline.idle();
  token = await server.token('reader', ['read']);
});
afterAll(() => server.stop());

const post =
  (path: string) =>
  (body: unknown, more: object = {}) =>
    server.call(path, { method: 'POST', token, body, ...more });
const graph = post('/v1.0/security/runHuntingQuery');
const defender = post('/api/advancedhunting/run');

const everyType =
  'print s = "a", b = true, i = int(7), l = 9007199254740993, r = 1.5, n = real(nan), m = decimal(1.25), ' +
  'd = datetime(2026-05-01 10:00:00.1234567), t = 1d + 2h, g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), ' +
  'o = dynamic({"a": [1, "x"]}), e = int(null)';
const types = [
  ['s', 'String'],
  ['b', 'SByte'],
  ['i', 'Int32'],
  ['l', 'Int64'],
  ['r', 'Double'],
  ['n', 'Double'],
  ['m', 'SqlDecimal'],
  ['d', 'DateTime'],
  ['t', 'TimeSpan'],
  ['g', 'Guid'],
  ['o', 'Object'],
  ['e', 'Int32'],
];
const values = {
  s: 'a',
  b: true,
  i: 7,
  r: 1.5,
  n: 'NaN',
  m: '1.25',
  d: '2026-05-01T10:00:00.1234567Z',
  t: '1.02:00:00',
  g: '74be27de-1e4e-49d9-b579-fe0b331d3642',
  o: { a: [1, 'x'] },
  e: null,
};

describe('runHuntingQuery', () => {
  test('answers with schema and results', async () => {
    const answer = await graph({
      Query: 'DeviceProcessEvents | summarize Runs = count() by DeviceName | sort by Runs',
    });
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        '@odata.context': `${server.url}/v1.0/$metadata#microsoft.graph.security.huntingQueryResults`,
        schema: [
          { name: 'DeviceName', type: 'String' },
          { name: 'Runs', type: 'Int64' },
        ],
        results: [
          { DeviceName: 'ws-1.corp.example', Runs: 50 },
          { DeviceName: 'ws-2.corp.example', Runs: 20 },
        ],
      },
    ]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('writes every type as its clients read it', async () => {
    const { json, text } = await graph({ Query: everyType });
    expect(json.schema).toEqual(types.map(([name, type]) => ({ name, type })));
    expect(json.results).toMatchObject([values]);
    // A number with all its digits, which JavaScript cannot hold.
    expect(text).toContain('"l":9007199254740993,');
  });

  test.each([
    ['query', 'timespan'],
    ['QUERY', 'TimeSpan'],
  ])('takes its names in any case: %s, %s', async (query, timespan) => {
    const { json } = await graph({ [query]: 'DeviceProcessEvents | count', [timespan]: '2026-05-01/P1D' });
    expect(json.results).toEqual([{ Count: 70 }]);
  });

  test.each([
    [undefined, 70],
    [null, 70],
    ['P8D', 0],
    ['P8DT23H59M59.98S', 50],
    ['2026-05-01T10:00:00Z', 70],
    ['2026-05-01T10:00:00.020Z/2026-05-01T10:00:00.110Z', 40],
    ['2026-05-01T10:00:00Z/PT0.01S', 10],
    ['PT1H/2026-05-01T10:00:00.005Z', 5],
  ])('with the timespan %s looks at %i events', async (Timespan, count) => {
    const { json } = await graph({ Query: 'DeviceProcessEvents | count', Timespan });
    expect(json.results).toEqual([{ Count: count }]);
  });

  test.each([
    [{}, 'BadRequest', /./],
    [{ Query: '' }, 'BadRequest', /./],
    [{ Query: 'print 1', query: 'print 2' }, 'BadRequest', /./],
    [{ Query: 'print 1', Workspace: 'x' }, 'BadRequest', /./],
    [{ Query: 'print 1', Timespan: 'yesterday' }, 'BadRequest', /ISO 8601/],
    [{ Query: 'DeviceProcessEvents | where Nonsense == 1' }, 'BadRequest', /Nonsense.*at character 29/],
    [{ Query: 'range i from 1 to 100001 step 1' }, 'BadRequest', /more than 100000 rows/],
  ])('refuses %j as Graph does', async (body, code, message) => {
    const { status, json, headers } = await graph(body, { headers: { 'client-request-id': 'mine-1' } });
    expect(status).toBe(400);
    expect(json).toEqual({
      error: {
        code,
        message: expect.stringMatching(message),
        innerError: {
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
          'request-id': headers.get('x-request-id'),
          'client-request-id': 'mine-1',
        },
      },
    });
  });

  test('refuses a token that is none, and one without the scope', async () => {
    const wrong = await graph({ Query: 'print 1' }, { token: 'tl_wrong' });
    expect([wrong.status, wrong.json.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
    const intake = await server.token('operator', ['intake']);
    const refused = await graph({ Query: 'print 1' }, { token: intake });
    expect([refused.status, refused.json.error.code]).toEqual([403, 'Forbidden']);
  });
});

describe('advancedhunting/run', () => {
  test.each(['Query', 'query'])('answers with stats, schema and results: %s', async (name) => {
    const { status, json } = await defender({ [name]: everyType });
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual(['Stats', 'Schema', 'Results']);
    expect(json.Schema).toEqual(types.map(([Name, Type]) => ({ Name, Type })));
    expect(json.Results).toMatchObject([values]);
    expect(json.Stats.ExecutionTime).toBeGreaterThan(0);
    expect(json.Stats.ExecutionTime).toBeLessThan(60);
    expect(json.Stats.dataset_statistics).toEqual([{ table_row_count: 1, table_size: expect.any(Number) }]);
    expect(Object.keys(json.Stats.resource_usage)).toEqual(['cache', 'cpu', 'memory']);
  });

  test('looks at the last 30 days', async () => {
    const { json } = await defender({ Query: 'DeviceProcessEvents | count' });
    expect(json.Results).toEqual([{ Count: 70 }]);
  });

  test.each([
    [{}, 'InvalidRequestBody', 'query'],
    [{ Query: 'print 1', Timespan: 'P1D' }, 'InvalidRequestBody', 'timespan'],
    [{ Query: 'NoSuchTable | count' }, 'BadRequest', 'query'],
  ])('refuses %j as Defender does', async (body, code, target) => {
    const { status, json } = await defender(body);
    expect(status).toBe(400);
    expect(json).toEqual({ error: { code, message: expect.any(String), target } });
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
    const body = { Query: 'DeviceProcessEvents | summarize Runs = count() by DeviceName' };
    const { json } = await scoped.call('/api/advancedhunting/run', { method: 'POST', body });
    expect(json.Results).toEqual([{ DeviceName: 'ws-2.corp.example', Runs: 20 }]);
    expect((await scoped.call('/v1.0/security/runHuntingQuery', { method: 'POST', body })).json.results).toEqual(
      json.Results,
    );
  });
});

test('too many hunts at once are refused with the time to wait', async () => {
  const busy = await server.signedIn('reader', 'busy');
  const places = Array.from({ length: huntsAtOnce.person }, () => placeFor(busy.me.id));
  for (const [path, code] of [
    ['/v1.0/security/runHuntingQuery', 'TooManyRequests'],
    ['/api/advancedhunting/run', 'TooManyRequests'],
  ] as const) {
    const answer = await busy.call(path, { method: 'POST', body: { Query: 'print 1' } });
    expect([answer.status, answer.json.error.code]).toEqual([429, code]);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  for (const leave of places) leave();
  const after = await busy.call('/api/advancedhunting/run', { method: 'POST', body: { Query: 'print 1' } });
  expect(after.status).toBe(200);
});

test('an address beside them is refused, not answered with a page', async () => {
  expect((await server.call('/v1.0/security/incidents', { token })).status).toBe(404);
});
