import { setTimeout as sleep } from 'node:timers/promises';
import { drainPending, Session } from 'chdb';
import { createLane, type Lane } from './lane.ts';
import { releaseSession } from './release-session.ts';
import { stringLiteral } from './settings.ts';

/** Statements that may run at the same time, reads and inserts apart so that hunting never holds up intake. */
export const READS_AT_ONCE = 8;
export const INSERTS_AT_ONCE = 4;

/**
 * Threads libuv needs so that every running statement has one and `KILL QUERY` and closing never wait behind them.
 * Must be in `UV_THREADPOOL_SIZE` before the process starts.
 */
export const THREADS = READS_AT_ONCE + INSERTS_AT_ONCE + 8;

const KILL_AGAIN_MS = 50;

/**
 * Sessions on one ClickHouse directory, one fresh session a statement: opening one on a directory that is already open
 * costs 0.15 ms (measured), and settings, the current database, `readonly` and left-over output of a failed statement
 * then cannot reach the next one. One more session, held for the whole life, keeps the directory open and kills.
 */
export class SessionPool {
  readonly #path: string;
  readonly #control: Session;
  readonly #reads: Lane = createLane(READS_AT_ONCE);
  readonly #inserts: Lane = createLane(INSERTS_AT_ONCE);
  readonly #running = new Set<string>();

  /** Opens the directory `path`, creating it when missing. Throws when another process holds it. */
  constructor(path: string) {
    this.#path = path;
    this.#control = new Session(path);
  }

  /** Whether a statement with this tag is waiting or running. */
  isRunning(tag: string): boolean {
    return this.#running.has(tag);
  }

  /**
   * Runs `work` on a session of its own. When `signal` aborts, the statement is killed in the engine; `work` then sees
   * error 394. The tag must be in the session's `log_comment` (see `setStatements`).
   */
  async run(kind: 'read' | 'insert', tag: string, signal: AbortSignal, work: (session: Session) => Promise<void>) {
    this.#running.add(tag);
    try {
      const release = await (kind === 'insert' ? this.#inserts : this.#reads).enter(signal);
      try {
        await this.#withSession(tag, signal, work);
      } finally {
        release();
      }
    } finally {
      this.#running.delete(tag);
    }
  }

  /** Runs a statement on the control session and returns its bytes in `format`. */
  async control(sql: string, format: string): Promise<Uint8Array> {
    return (await this.#control.queryAsync(sql, { format })).bytes();
  }

  /** Kills everything that runs, then closes the directory. */
  async close(): Promise<void> {
    await this.#control.queryAsync('KILL QUERY WHERE 1 ASYNC').catch(() => undefined);
    this.#control.close();
    await drainPending();
  }

  async #withSession(tag: string, signal: AbortSignal, work: (session: Session) => Promise<void>) {
    const session = new Session(this.#path);
    let settled = false;
    const onAbort = async () => {
      // The statement may not have reached the engine's list yet, so one kill is not enough.
      while (!settled) {
        await this.#kill(tag);
        await sleep(KILL_AGAIN_MS);
      }
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      await work(session);
    } finally {
      settled = true;
      signal.removeEventListener('abort', onAbort);
      releaseSession(session);
    }
  }

  async #kill(tag: string): Promise<void> {
    const sql = `KILL QUERY WHERE Settings['log_comment'] = ${stringLiteral(tag)} ASYNC`;
    await this.#control.queryAsync(sql).catch(() => undefined);
  }
}
