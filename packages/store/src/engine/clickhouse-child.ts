// The process that holds the embedded ClickHouse. It lives as long as the IPC channel to the server that started it.
import type { AddressInfo } from 'node:net';
import type { ChildConfig, ChildReport } from './clickhouse/child-messages.ts';
import { createHttpServer } from './clickhouse/http-server.ts';
import { SessionPool } from './clickhouse/session-pool.ts';

// Closing waits for what the engine still does; after this the process ends itself, which the data survives.
const CLOSE_LIMIT_MS = 3_000;

let close = async () => {};

process.once('message', (config: ChildConfig) => {
  try {
    const pool = new SessionPool(config.path);
    const server = createHttpServer(pool, config);
    close = async () => {
      server.close();
      server.closeAllConnections();
      await pool.close();
    };
    server.once('error', (error) => report({ failed: error.message }));
    server.listen(config.port, '127.0.0.1', () => {
      report({ ready: { port: (server.address() as AddressInfo).port } });
    });
  } catch (error) {
    report({ failed: error instanceof Error ? error.message : String(error) });
  }
});

process.once('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), CLOSE_LIMIT_MS).unref();
  close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});

function report(message: ChildReport): void {
  process.send?.(message);
}
