import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Db, listTenants, newestTelemetry } from '@throughline/store';
import type { ClickHouseAddress } from '@throughline/store/engine';
import type { NoteRun } from '../operations-watch/job-registry.ts';
import type { PipelineLog } from '../pipeline/worker.ts';
import type { EventThreadData, FromEventThread, ToEventThread } from './event-thread.ts';

export type EventsOptions = {
  db: Db;
  databaseUrl: string;
  clickhouse: ClickHouseAddress;
  /** Folders of detection rules; need not exist. */
  rules: readonly string[];
  log: PipelineLog;
  note?: NoteRun;
};

/** The work on telemetry, on a thread of its own. */
export type Events = {
  /** Something was appended to the intake log. */
  notify(): void;
  /** Ends after what is under way. */
  stop(): Promise<void>;
};

const lookMs = 1_000;
const againMs = 1_000;

/**
 * Stores telemetry on a thread of its own, so that the server answers while it does. The thread starts when telemetry
 * first waits; when it ends by itself it is started again.
 */
export function startEvents(options: EventsOptions): Events {
  const { db, log } = options;
  let stopped = false;
  let thread: Worker | undefined;
  let ended = Promise.resolve();
  let looking = false;

  const start = () => {
    const worker = threadOf(options);
    thread = worker;
    ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        thread = undefined;
        resolve();
        if (stopped) return;
        log.error(`the thread of telemetry ended (${code}); it is started again`);
        void sleep(againMs, undefined, { ref: false }).then(look);
      });
    });
  };
  const look = async () => {
    if (stopped || thread !== undefined || looking) return;
    looking = true;
    try {
      if ((await anyWaits(db)) && !stopped) start();
    } catch (error) {
      if (!stopped) log.warn(`telemetry could not be looked for: ${(error as Error).message}`);
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(look, lookMs);
  timer.unref();
  void look();
  return {
    notify() {
      if (thread === undefined) void look();
      else thread.postMessage('wake' satisfies ToEventThread);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      thread?.postMessage('stop' satisfies ToEventThread);
      await ended;
    },
  };
}

function threadOf({ databaseUrl, clickhouse, rules, log, note }: EventsOptions): Worker {
  const workerData: EventThreadData = { databaseUrl, clickhouse, rules };
  const worker = new Worker(new URL('./event-thread.ts', import.meta.url), {
    workerData,
    execArgv: [],
    env: process.env,
  });
  worker.on('message', (message: FromEventThread) => {
    if ('log' in message) log[message.log](message.message);
    else note?.(message.job, message.error === null ? null : new Error(message.error));
  });
  worker.on('error', (error) => log.error(`the thread of telemetry failed: ${(error as Error).message}`));
  return worker;
}

async function anyWaits(db: Db): Promise<boolean> {
  for (const tenantId of await listTenants(db)) if ((await newestTelemetry(db, tenantId)) > 0) return true;
  return false;
}
