import { type AuditSend, auditTenants, type Db, ensureReceiver, keepReceivers, sendNext } from '@throughline/store';
import type { Logger } from 'pino';
import type { NoteRun } from '../operations-watch/job-registry.ts';

const POLL_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

/** What forwarding works with. Receivers are told apart by name: a receiver with a new name gets the whole log. */
export type ForwardOptions = {
  db: Db;
  clock: () => Date;
  log: Logger;
  receivers: Readonly<Record<string, AuditSend>>;
  /** How often to look for new entries, ms; 2 seconds when left out. */
  pollMs?: number;
  note?: NoteRun;
};

/**
 * Sends the log to its receivers, each at its own pace: how far each is, is in the database, so that nothing is lost
 * while one is down or the server is. Entries arrive in order, at least once. Returns what ends it.
 */
export function startForwarding({
  db,
  clock,
  log,
  receivers,
  pollMs = POLL_MS,
  note,
}: ForwardOptions): () => Promise<void> {
  const stopping = new AbortController();
  const loops = Object.entries(receivers).map(([name, send]) => forward(name, send));
  const known = keepReceivers(db, Object.keys(receivers)).catch(() => {});

  async function forward(name: string, send: AuditSend): Promise<void> {
    let pauseMs = pollMs;
    while (!stopping.signal.aborted) {
      try {
        await sendAll(name, send);
        note?.(`Audit log to ${name}`, null);
        pauseMs = pollMs;
      } catch (error) {
        pauseMs = Math.min(pauseMs * 2, Math.max(LONGEST_PAUSE_MS, pollMs));
        note?.(`Audit log to ${name}`, error as Error);
        const { message } = error as Error;
        log.warn({ receiver: name, pauseMs }, `the audit log was not forwarded: ${message}`);
      }
      await pause(pauseMs, stopping.signal);
    }
  }

  async function sendAll(name: string, send: AuditSend): Promise<void> {
    for (const tenantId of await auditTenants(db)) {
      await ensureReceiver(db, tenantId, name);
      while (!stopping.signal.aborted && (await sendNext(db, tenantId, name, send, clock)) > 0);
    }
  }

  return async () => {
    stopping.abort();
    await Promise.all([...loops, known]);
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
