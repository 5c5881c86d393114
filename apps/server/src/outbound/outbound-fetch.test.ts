import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { allowNothing, readAllowList } from './allow-list.ts';
import { outboundFetch } from './outbound-fetch.ts';
import type { OutboundPolicy } from './outbound-request.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    }),
  );
});

type Listening = { port: number; seen: IncomingMessage[] };

async function listening(address: string, answer: RequestListener): Promise<Listening> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, address, done));
  return { port: (server.address() as AddressInfo).port, seen };
}

const loopback: OutboundPolicy = { allow: readAllowList('127.0.0.1').allow, timeoutMs: 5000 };
const ok: RequestListener = (_, response) => response.end('hello');

describe('what may not be reached', () => {
  test.each(['http://127.0.0.1', 'http://[::1]', 'http://[::ffff:127.0.0.1]', 'http://localhost'])(
    '%s is refused before a connection is made',
    async (base) => {
      const { port, seen } = await listening('127.0.0.1', ok);
      const request = outboundFetch({ url: `${base}:${port}/` }, { allow: allowNothing });
      await expect(request).rejects.toMatchObject({ reason: 'refusedAddress', passing: false });
      expect(seen).toEqual([]);
    },
  );

  test('a name that stands for a public and a private address is refused', async () => {
    const policy = { allow: allowNothing, resolve: async () => ['93.184.215.14', '10.0.0.7'] };
    await expect(outboundFetch({ url: 'http://mixed.example/' }, policy)).rejects.toThrow(
      /mixed\.example stands for 10\.0\.0\.7, which is a private network/,
    );
  });

  test('a name without an address may have one later', async () => {
    const policy = { allow: allowNothing, resolve: async () => [] };
    await expect(outboundFetch({ url: 'http://none.example/' }, policy)).rejects.toMatchObject({
      reason: 'notResolved',
      passing: true,
    });
  });
});

test('a name that changes its address after the check changes nothing: the checked address is the one connected to', async () => {
  const meant = await listening('127.0.0.1', (_, response) => response.end('meant'));
  // The same port on another loopback address stands for the host an attacker wants to reach.
  const server = createServer((_, response) => response.end('secret'));
  servers.push(server);
  await new Promise<void>((done) => server.listen(meant.port, '127.0.0.2', done));
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return asked === 1 ? ['127.0.0.1'] : ['127.0.0.2'];
  };
  const url = `http://rebind.example:${meant.port}/`;
  const answer = await outboundFetch({ url }, { ...loopback, resolve });
  expect(answer.body.toString()).toBe('meant');
  expect(asked).toBe(1);
  expect(meant.seen[0]?.headers.host).toBe(`rebind.example:${meant.port}`);
  await expect(outboundFetch({ url }, { ...loopback, resolve })).rejects.toMatchObject({ reason: 'refusedAddress' });
});

describe('redirects', () => {
  const redirecting = (place: (port: number) => string, status = 302) =>
    listening('127.0.0.1', (request, response) => {
      if (request.url !== '/') return response.end('arrived');
      const port = request.socket.localPort ?? 0;
      return response.writeHead(status, { location: place(port) }).end();
    });

  test('are followed', async () => {
    const { port } = await redirecting(() => '/there');
    const answer = await outboundFetch({ url: `http://127.0.0.1:${port}/` }, loopback);
    expect(answer).toMatchObject({ status: 200, url: `http://127.0.0.1:${port}/there` });
    expect(answer.body.toString()).toBe('arrived');
  });

  test.each([
    'http://127.0.0.2:PORT/x',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:127.0.0.1]:PORT/x',
    'http://[64:ff9b::7f00:1]/',
    '//10.0.0.1/x',
  ])('to %s are refused', async (place) => {
    const { port } = await redirecting((own) => place.replace('PORT', String(own)));
    await expect(outboundFetch({ url: `http://127.0.0.1:${port}/` }, loopback)).rejects.toMatchObject({
      reason: 'refusedAddress',
    });
  });

  test('to a name that turned private are refused', async () => {
    const { port } = await redirecting((own) => `http://later.example:${own}/x`);
    const resolve = async (host: string) => (host === 'later.example' ? ['192.168.0.1'] : ['127.0.0.1']);
    await expect(
      outboundFetch({ url: `http://first.example:${port}/` }, { ...loopback, resolve }),
    ).rejects.toMatchObject({ reason: 'refusedAddress', host: 'later.example' });
  });

  test('in a circle end', async () => {
    const { port, seen } = await redirecting(() => '/');
    await expect(
      outboundFetch({ url: `http://127.0.0.1:${port}/` }, { ...loopback, redirects: 2 }),
    ).rejects.toMatchObject({ reason: 'tooManyRedirects' });
    expect(seen).toHaveLength(3);
  });
});

describe('limits', () => {
  test('an answer that is too large is cut off', async () => {
    const { port } = await listening('127.0.0.1', (_, response) => {
      response.write(Buffer.alloc(600));
      response.end(Buffer.alloc(600));
    });
    const url = `http://127.0.0.1:${port}/`;
    await expect(outboundFetch({ url }, { ...loopback, responseBytes: 1199 })).rejects.toMatchObject({
      reason: 'tooLarge',
    });
    expect((await outboundFetch({ url }, { ...loopback, responseBytes: 1200 })).body).toHaveLength(1200);
  });

  test.each([
    ['never answers', () => {}],
    ['never ends', (_: IncomingMessage, response: { write(text: string): void }) => response.write('a')],
  ] as [string, RequestListener][])('a server that %s is given up', async (_, answer) => {
    const { port } = await listening('127.0.0.1', answer);
    const request = outboundFetch({ url: `http://127.0.0.1:${port}/` }, { ...loopback, timeoutMs: 150 });
    await expect(request).rejects.toMatchObject({ reason: 'timeout', passing: true });
  });

  test('a resolver that never answers is given up', async () => {
    const policy = { allow: allowNothing, timeoutMs: 50, resolve: () => new Promise<string[]>(() => {}) };
    await expect(outboundFetch({ url: 'http://slow.example/' }, policy)).rejects.toMatchObject({
      reason: 'timeout',
      host: 'slow.example',
    });
  });

  test('the caller may stop', async () => {
    const { port } = await listening('127.0.0.1', () => {});
    const signal = AbortSignal.timeout(50);
    await expect(outboundFetch({ url: `http://127.0.0.1:${port}/`, signal }, loopback)).rejects.toMatchObject({
      reason: 'stopped',
    });
  });

  test('nobody listening, and a connection that breaks', async () => {
    const { port } = await listening('127.0.0.1', (request) => request.socket.destroy());
    const url = `http://127.0.0.1:${port}/`;
    await expect(outboundFetch({ url }, loopback)).rejects.toMatchObject({ reason: 'connection', passing: true });
    servers.pop()?.close();
    await expect(outboundFetch({ url }, loopback)).rejects.toThrow(`127.0.0.1:${port} could not be reached`);
  });
});

test('method, headers and body arrive; any status is an answer; nothing compressed is asked for', async () => {
  const { port, seen } = await listening('127.0.0.1', (request, response) => {
    response.writeHead(418, { 'x-a': ['1', '2'] });
    request.pipe(response);
  });
  const answer = await outboundFetch(
    { url: `http://127.0.0.1:${port}/p?q=1`, method: 'POST', headers: { 'x-key': 'k' }, body: 'körper' },
    loopback,
  );
  expect(answer).toMatchObject({ status: 418, headers: { 'x-a': '1, 2' } });
  expect(answer.body.toString()).toBe('körper');
  expect(seen[0]?.headers).toMatchObject({ 'x-key': 'k', 'accept-encoding': 'identity', 'content-length': '7' });
});

test('proxies of the environment are not used', async () => {
  const proxy = await listening('127.0.0.1', ok);
  const { port } = await listening('127.0.0.1', ok);
  process.env.HTTP_PROXY = process.env.http_proxy = `http://127.0.0.1:${proxy.port}`;
  process.env.NODE_USE_ENV_PROXY = '1';
  try {
    expect((await outboundFetch({ url: `http://127.0.0.1:${port}/` }, loopback)).status).toBe(200);
    expect(proxy.seen).toEqual([]);
  } finally {
    for (const name of ['HTTP_PROXY', 'http_proxy', 'NODE_USE_ENV_PROXY']) delete process.env[name];
  }
});
