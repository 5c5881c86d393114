import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { connect, listTenants, openHuntingStore } from '@throughline/store';
import type { ClickHouseAddress } from '@throughline/store/engine';
import { readRuleFiles } from '../detect/rule-files.ts';
import { WakeUp } from '../pipeline/wake-up.ts';
import { runEventWorker } from './event-worker.ts';

/** What the thread is started with. */
export type EventThreadData = {
  databaseUrl: string;
  clickhouse: ClickHouseAddress;
  /** Folders of detection rules; need not exist. */
  rules: readonly string[];
};

/** What the server tells the thread: something arrived; end after what is under way. */
export type ToEventThread = 'wake' | 'stop';

/** What the thread tells the server. */
export type FromEventThread =
  | { log: 'info' | 'warn' | 'error'; message: string }
  | { job: string; error: string | null };

const port = parentPort;
if (port === null) throw new Error('This file is the body of a thread.');
const tell = (message: FromEventThread) => port.postMessage(message);
const log = {
  info: (message: string) => tell({ log: 'info', message }),
  warn: (message: string) => tell({ log: 'warn', message }),
  error: (message: string) => tell({ log: 'error', message }),
};

const { databaseUrl, clickhouse, rules: folders } = workerData as EventThreadData;
const db = connect(databaseUrl, { max: 6, log });
const store = openHuntingStore(clickhouse);
const wakeUp = new WakeUp();
port.on('message', (message: ToEventThread) => {
  if (message === 'wake') wakeUp.notify();
  else wakeUp.stop();
});

const note = (job: string, error: Error | null) => tell({ job, error: error === null ? null : error.message });
const rules = await readRuleFiles(folders.filter((folder) => existsSync(folder)));
const options = { rules, db, store, log, clock: () => new Date(), wakeUp, note };
await Promise.all((await listTenants(db)).map((tenantId) => runEventWorker({ ...options, tenantId })));
await Promise.all([store.close(), db.destroy()]);
port.close();
