import { request } from 'node:http';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, startTestServer, type TestServer } from '../testing/test-server.ts';

const limits = { bodyBytes: 400_000, inflatedBytes: 800_000, recordBytes: 50_000, documentBytes: 200_000, depth: 20 };
let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startTestServer({ limits });
  token = await server.token('operator', ['intake', 'read', 'write']);
});
beforeEach(() => server.pipeline.idle());
afterAll(() => server?.stop());

const alert = (id: string, more = {}) => ({
  id,
  providerAlertId: id,
  title: `Alert ${id}`,
  severity: 'medium',
  serviceSource: 'microsoftDefenderForEndpoint',
  detectorId: 'rule-1',
  createdDateTime: '2026-02-03T10:00:00Z',
  evidence: [],
  ...more,
});
const line = (id: string, more = {}) => JSON.stringify(alert(id, more));
const send = (body: string | Uint8Array, source = 'graph', headers: Record<string, string> = {}) =>
  server.call(`/api/intake/${source}`, { method: 'POST', body, token, headers });
const isStored = async (id: string) => (await server.call(`/api/alerts/${id}`, { token })).status === 200;
const deep = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('good bodies', () => {
  test.each<[string, (id: string) => [string | Uint8Array, Record<string, string>]]>([
    ['one object', (id) => [line(id), {}]],
    ['a list', (id) => [`[${line(id)}]`, {}]],
    ['a list response', (id) => [`{"value":[${line(id)}]}`, {}]],
    ['lines', (id) => [`${line(id)}\n`, {}]],
    ['gzip, announced', (id) => [gzipSync(line(id)), { 'content-encoding': 'gzip' }]],
    ['gzip, by its first bytes', (id) => [gzipSync(line(id)), {}]],
    ['zstd', (id) => [zstdCompressSync(line(id)), { 'content-encoding': 'zstd' }]],
  ])('%s', async (name, make) => {
    const id = `good-${name.replace(/\W/g, '')}`;
    const [body, headers] = make(id);
    const answer = await send(body, 'auto', headers);
    expect([answer.status, answer.json]).toMatchObject([202, { received: 1, accepted: 1, rejected: 0, rejects: [] }]);
    await server.pipeline.idle();
    expect(await isStored(id)).toBe(true);
  });

  test('the same records again store nothing twice, and the ledger balances', async () => {
    const body = Array.from({ length: 50 }, (_, i) => line(`again-${i}`)).join('\n');
    await send(body);
    await send(body);
    await server.pipeline.idle();
    const ledger = (await server.call('/api/ledger', { token })).json;
    const graph = ledger.sources.find(({ source }: { source: string }) => source === 'graph');
    expect(ledger.balanced).toBe(true);
    expect(graph.duplicate).toBeGreaterThanOrEqual(50);
    expect(graph.pending).toBe(0);
  });
});

describe('bad records beside good ones: the good land, each bad one is a dead letter with its line', () => {
  const cases: [string, string, string][] = [
    ['malformed JSON', '{"title": ', 'malformedJson'],
    ['a wrong type', line('bad-type', { title: ['x'] }), 'invalidField'],
    ['a year that cannot be', line('bad-year', { createdDateTime: '0000-01-01T00:00:00Z' }), 'dateOutOfRange'],
    ['a far year', line('far-year', { createdDateTime: '9999-12-31T23:59:59Z' }), 'dateOutOfRange'],
    ['a record larger than the limit', line('large', { description: 'x'.repeat(60_000) }), 'recordTooLarge'],
    ['nesting deeper than the limit', deep(10_000), 'tooDeep'],
    ['another format', '{"event_type":"flow","src_ip":"192.0.2.1"}', ''],
  ];

  test.each(cases)('%s', async (name, bad, reason) => {
    const [before, after] = [`before-${name.replace(/\W/g, '')}`, `after-${name.replace(/\W/g, '')}`];
    const { status, json } = await send(`${line(before)}\n${bad}\n${line(after)}\n`);
    expect(status).toBe(202);
    expect(json).toMatchObject({ received: 3, accepted: 2, rejected: 1 });
    expect(json.rejects).toMatchObject([{ line: 2, ...(reason === '' ? {} : { reason }) }]);
    await server.pipeline.idle();
    expect([await isStored(before), await isStored(after)]).toEqual([true, true]);
    const letters = (await server.call('/api/dead-letters?limit=1', { token })).json;
    expect(letters.items[0]).toMatchObject({ batchId: json.batchId, line: 2, reason: json.rejects[0].reason });
  });

  test('a gzip that breaks off keeps what came before', async () => {
    const whole = gzipSync(Array.from({ length: 2000 }, (_, i) => line(`cut-${i}`, { x: Math.random() })).join('\n'));
    const { status, json } = await send(whole.subarray(0, whole.length - 2000), 'auto');
    expect(status).toBe(202);
    expect(json.accepted).toBeGreaterThan(100);
    expect(json.reasons).toHaveProperty('truncatedArchive');
  });

  test.each([
    ['NUL', 'nul\\u0000title'],
    ['a lone surrogate', 'half \\ud800 pair'],
    ['a prototype key', 'plain", "__proto__": {"polluted": true}, "x": "y'],
  ])('%s in a text', async (name, title) => {
    const id = `odd-${name.replace(/\W/g, '')}`;
    const body = line(id).replace(`Alert ${id}`, title);
    expect((await send(body)).json).toMatchObject({ received: 1 });
    await server.pipeline.idle();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect((await server.call('/api/ledger', { token })).json.balanced).toBe(true);
    expect((await server.call('/api/alerts?limit=200', { token })).status).toBe(200);
  });
});

describe('refusals', () => {
  const cases: [string, () => Promise<Answer>, number, RegExp][] = [
    ['an unknown source names the known ones', () => send(line('x'), 'nonsense'), 404, /auto, suricata, graph/],
    ['a body longer than the limit', () => send('x'.repeat(400_001)), 413, /400000 bytes \(limit bodyBytes\)/],
    ['a body that unpacks to more than the limit', () => send(gzipSync('\n'.repeat(900_000))), 413, /inflatedBytes/],
    ['nothing but a record that is too large', () => send(line('l', { d: 'x'.repeat(60_000) })), 413, /recordBytes/],
    ['nothing but a record that is too deep', () => send(deep(10_000)), 413, /depth/],
    ['an encoding that is not read', () => send('x', 'auto', { 'content-encoding': 'br' }), 415, /gzip or zstd/],
    ['an empty body', () => send('\n\n'), 400, /no record/],
  ];

  test.each(cases)('%s', async (_name, ask, status, words) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.json.error.message).toMatch(words);
  });

  test('a body of unknown length is stopped at the limit', async () => {
    const chunk = new TextEncoder().encode(`${line('streamed')}\n`);
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += chunk.length;
        if (sent > 500_000) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const answer = await server.call('/api/intake/graph', { method: 'POST', body, token }).catch(() => undefined);
    // The server may close before the client has read the answer; nothing is stored either way.
    if (answer !== undefined) expect(answer.status).toBe(413);
    await server.pipeline.idle();
    expect(await isStored('streamed')).toBe(false);
  });

  test('when too much waits the answer is "later"', async () => {
    const busy = await startTestServer({ queueLimit: 0 });
    const answer = await busy.call('/api/intake/graph', {
      method: 'POST',
      body: line('later'),
      token: await busy.token('operator', ['intake']),
    });
    await busy.stop();
    expect([answer.status, answer.json.error.code]).toEqual([503, 'behind']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

test('a sender that breaks off leaves nothing behind', async () => {
  const { port } = new URL(server.url);
  await new Promise<void>((resolve) => {
    const call = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/intake/graph',
      headers: { authorization: `Bearer ${token}`, 'content-length': 100_000 },
    });
    call.on('error', () => resolve());
    call.write(Array.from({ length: 100 }, (_, i) => `${line(`broken-${i}`)}\n`).join(''));
    setTimeout(() => call.destroy(new Error('gone')), 300);
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await server.pipeline.idle();
  expect(await isStored('broken-0')).toBe(false);
  expect(server.logged()).not.toContain('request failed');
});

test('a dead letter can be read whole and sent again, once', async () => {
  await send(`${line('fine')}\n{"title": \n`);
  const letter = (await server.call('/api/dead-letters?reason=malformedJson&limit=1', { token })).json.items[0];
  const raw = await server.call(`/api/dead-letters/${letter.id}/raw`, { token });
  expect(raw.text).toBe('{"title": ');
  expect(raw.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(raw.headers.get('content-disposition')).toMatch(/^attachment/);
  const replay = () => server.call(`/api/dead-letters/${letter.id}/replay`, { method: 'POST', token });
  const first = await replay();
  expect([first.status, first.json]).toMatchObject([202, { received: 1, rejected: 1 }]);
  expect((await replay()).json.error.code).toBe('alreadyReplayed');
  expect((await server.call('/api/ledger', { token })).json.balanced).toBe(true);
});
