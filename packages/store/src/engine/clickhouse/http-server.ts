import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { sendError } from './answer.ts';
import { type Credentials, isAuthorised } from './auth.ts';
import { StatementError } from './errors.ts';
import { runStatement } from './run-statement.ts';
import type { SessionPool } from './session-pool.ts';
import { readStatement } from './statement-request.ts';

// Longer than the 2.5 s after which @clickhouse/client stops reusing an idle socket.
const KEEP_ALIVE_MS = 10_000;

// Parameters travel in the URL, which ClickHouse limits to 1 MiB.
const MAX_HEAD_BYTES = 1024 * 1024;

/** The HTTP interface of ClickHouse over a pool of sessions: `/ping`, and statements by GET or POST on `/`. */
export function createHttpServer(pool: SessionPool, credentials: Credentials): Server {
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES }, (request, response) => {
    void answer(pool, credentials, request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = 0;
  return server;
}

async function answer(pool: SessionPool, credentials: Credentials, request: IncomingMessage, response: ServerResponse) {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new Error('The client has gone.'));
  });
  let queryId: string | undefined;
  try {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/ping') {
      response.end('Ok.\n');
      return;
    }
    if (!isAuthorised(request, url, credentials)) {
      throw new StatementError(516, 'AUTHENTICATION_FAILED', 'Authentication failed: password is incorrect.');
    }
    const statement = await readStatement(request, url);
    queryId = statement.queryId;
    if (statement.sql.trim() === '') response.end('Ok.\n');
    else await runStatement(pool, statement, response, gone.signal);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else sendError(response, queryId, error);
  }
}
