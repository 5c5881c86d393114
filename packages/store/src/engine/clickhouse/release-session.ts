import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Session } from 'chdb';

interface Addon {
  CloseConnection(connection: unknown): void;
}

// The addon that chdb itself has loaded; it is not among the package's exports.
const require = createRequire(import.meta.url);
const loader = require(join(dirname(require.resolve('chdb')), 'dist', 'loader.js')) as { loadNative(): Addon };
const addon = loader.loadNative();

/**
 * Closes a session whose own statements have all settled, at once.
 *
 * `Session.close()` waits until no statement runs on any session of the process, so that under one long statement every
 * session opened meanwhile would stay, at 0.3 MB each and with bookkeeping that grows with the square of their number
 * (measured: 6,000 short statements beside a long one ended in an out-of-memory crash). A connection may be closed
 * while others work; it is only its own work that it must not be closed under.
 */
export function releaseSession(session: Session): void {
  const { connection } = session;
  if (connection === null) return;
  session.connection = null;
  addon.CloseConnection(connection);
  session.close();
}
