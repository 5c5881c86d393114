import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { listenError } from '../launch/free-port.ts';
import type { HttpEnv } from './http-env.ts';

/** A server that listens. */
export type HttpServer = {
  /** `http://HOST:PORT`, as it can be opened on this machine. */
  url: string;
  /** Takes no more requests, lets the running ones finish for `graceMs`, then closes what is left. */
  stop(graceMs?: number): Promise<void>;
};

type Fetch = OpenAPIHono<HttpEnv>['fetch'];

const HEADERS_MS = 20_000;
// The slowest upload that is borne with; a body that trickles longer is cut off.
const REQUEST_MS = 15 * 60_000;
const GRACE_MS = 1500;

/**
 * Listens on `host`:`port` (0 = any free port).
 *
 * @throws LaunchError when it cannot.
 */
export async function listenHttp(fetch: Fetch, { host, port }: { host: string; port: number }): Promise<HttpServer> {
  const server = createAdaptorServer({
    fetch: fetch as Parameters<typeof createAdaptorServer>[0]['fetch'],
    serverOptions: { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, maxHeaderSize: 16_384 },
  }) as Server;
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(host, port, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${openable(host)}:${taken}`,
    async stop(graceMs = GRACE_MS) {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

// "All addresses" is none that a browser can open.
function openable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
