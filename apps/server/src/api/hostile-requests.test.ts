import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: Browser;
let incidents: number[];

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
  expect((await admin.call('/api/demo', { method: 'POST' })).status).toBe(202);
  await server.pipeline.idle();
  incidents = (await admin.call('/api/incidents?limit=2')).json.items.map(({ id }: { id: number }) => id);
});
afterAll(() => server?.stop());

const changeFirst = (body: unknown) => admin.call(`/api/incidents/${incidents[0]}`, { method: 'PATCH', body });

describe('every refusal has the one shape, with its request id and nothing of the inside', () => {
  const cases: [string, () => Promise<{ status: number; text: string; json: unknown; headers: Headers }>, number][] = [
    ['unknown route', () => admin.call('/api/none'), 404],
    ['unknown id', () => admin.call('/api/incidents/2147483647'), 404],
    ['id that is no number', () => admin.call('/api/incidents/1;drop'), 400],
    ['id beyond integers', () => admin.call('/api/incidents/99999999999999999999'), 400],
    ['unknown parameter', () => admin.call('/api/incidents?owner=me'), 400],
    ['value that is no choice', () => admin.call('/api/incidents?severity=urgent'), 400],
    ['limit too high', () => admin.call('/api/incidents?limit=201'), 400],
    ['cursor that is none', () => admin.call('/api/incidents?cursor=%00%ff'), 400],
    ['NUL in a text', () => admin.call('/api/incidents?q=%00'), 400],
    ['query longer than the limit', () => admin.call(`/api/incidents?q=${'a'.repeat(9000)}`), 414],
    ['__proto__ in the query', () => admin.call('/api/incidents?__proto__=1'), 400],
    ['__proto__[x] in the query', () => admin.call('/api/incidents?__proto__[x]=1'), 400],
    ['constructor in the query', () => admin.call('/api/incidents?constructor=1'), 400],
    ['malformed JSON', () => changeFirst('{"status":'), 415],
    ['unknown key in the body', () => changeFirst({ status: 'resolved', tenantId: 'other' }), 400],
    ['owner id in the body', () => changeFirst({ id: 1, status: 'resolved' }), 400],
    ['change of nothing', () => changeFirst({}), 400],
    ['body that is a list', () => changeFirst([]), 400],
    ['body larger than the limit', () => changeFirst({ comment: 'x'.repeat(1024 * 1024) }), 413],
    [
      'NUL in a name',
      () => admin.call('/api/tokens', { method: 'POST', body: { name: 'a\0b', scopes: ['read'] } }),
      400,
    ],
    [
      'NUL in a sign-in',
      () => server.call('/api/session', { method: 'POST', body: { userName: 'a\0', password: 'x' } }),
      400,
    ],
    ['empty comment', () => changeFirst({ comment: '' }), 400],
  ];

  test.each(cases)('%s', async (_name, ask, status) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({
      error: expect.objectContaining({ code: expect.any(String), message: expect.any(String) }),
    });
    const { error } = answer.json as { error: { requestId: string } };
    expect(error.requestId).toBe(answer.headers.get('x-request-id'));
    expect(answer.text).not.toMatch(/ at .*\.ts|select |insert |node_modules|pg_/i);
  });

  test.each(['{"__proto__":{"status":"resolved"}}', '{"constructor":{"prototype":{"admin":true}}}', '{"status":'])(
    'body %s',
    async (text) => {
      const answer = await admin.call(`/api/incidents/${incidents[0]}`, {
        method: 'PATCH',
        body: text,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.status).toBe(400);
      expect(({} as Record<string, unknown>).status).toBeUndefined();
    },
  );

  test('a body nested a hundred thousand deep', async () => {
    const text = `{"comment":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const answer = await admin.call(`/api/incidents/${incidents[0]}`, {
      method: 'PATCH',
      body: text,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
  });

  test('the request id of the caller comes back when it is a plain word, else a new one', async () => {
    const id = async (given: string) =>
      (await admin.call('/api/me', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await id('trace-12345678')).toBe('trace-12345678');
    expect(await id('<script>alert(1)</script>')).toMatch(/^[\w-]{36}$/);
  });
});

describe('what belongs to another', () => {
  test('a comment is found only by its own id, and edited only by who wrote it', async () => {
    const made = await admin.call(`/api/incidents/${incidents[0]}/comments`, {
      method: 'POST',
      body: { comment: 'mine' },
    });
    expect(made.status).toBe(201);
    const { id } = made.json.comment;
    const other = await server.signedIn('operator');
    const edit = await other.call(`/api/comments/${id}`, { method: 'PATCH', body: { comment: 'theirs' } });
    expect(edit.status).toBe(409);
    expect((await admin.call(`/api/comments/${id}/versions`)).json).toMatchObject([{ text: 'mine' }]);
    expect((await admin.call('/api/comments/2147483647/versions')).status).toBe(404);
  });

  test('alerts of one incident are not those of another', async () => {
    const pages = await Promise.all(incidents.map((id) => admin.call(`/api/incidents/${id}/alerts?limit=200`)));
    const [first, second] = pages.map(({ json }) => json.items.map((alert: { id: string }) => alert.id));
    expect(first?.length).toBeGreaterThan(0);
    expect(second?.length).toBeGreaterThan(0);
    expect(first?.filter((id: string) => second?.includes(id))).toEqual([]);
  });

  test.each(['alerts', 'assets', 'evidence', 'activity'])('%s of an incident that is not there', async (list) => {
    expect((await admin.call(`/api/incidents/2147483647/${list}`)).status).toBe(404);
  });
});

test('cells that a spreadsheet would run are neutralised in the export', async () => {
  await changeFirst({ displayName: '=HYPERLINK("http://evil.example")' });
  const answer = await admin.call('/api/incidents/export');
  expect(answer.headers.get('content-disposition')).toContain('attachment');
  expect(answer.text).toContain(`'=HYPERLINK(`);
  expect(answer.text).not.toMatch(/[,\n]"?=HYPERLINK/);
});

test('every answer carries the security headers', async () => {
  for (const path of ['/api/health', '/api/none', '/api/docs', '/somewhere']) {
    const { headers } = await server.call(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  }
});

test('a name that was pointed at loopback gets nothing', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(server.url);
    const call = request(
      { port, host: '127.0.0.1', path: '/api/health', headers: { host: 'evil.example' } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    call.on('error', reject).end();
  });
  expect(status).toBe(421);
});
