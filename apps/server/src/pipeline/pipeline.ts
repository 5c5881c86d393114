import { setTimeout as sleep } from 'node:timers/promises';
import { type CorrelationConfig, defaultConfig } from '@throughline/correlate';
import { countWaitingBatches, type Db, handoverOf, listTenants } from '@throughline/store';
import type { NoteRun } from '../operations-watch/job-registry.ts';
import { WakeUp } from './wake-up.ts';
import { type PipelineLog, runWorker } from './worker.ts';

export type PipelineOptions = {
  db: Db;
  log: PipelineLog;
  clock: () => Date;
  /** Default: correlate's own. */
  config?: CorrelationConfig;
  note?: NoteRun;
};

/** A running pipeline. */
export type Pipeline = {
  /** A batch was appended: take it now rather than at the next poll (1 s). */
  notify(): void;
  /** Resolves once no batch waits, whichever process works on them. */
  idle(): Promise<void>;
  /** Ends after the transaction under way. */
  stop(): Promise<void>;
};

const idlePollMs = 20;

/**
 * Takes accepted batches to incidents, for every tenant: one writer each among all processes on the database. Append
 * through the same `db` and batches need not be read back.
 */
export async function startPipeline({
  db,
  log,
  clock,
  config = defaultConfig,
  note,
}: PipelineOptions): Promise<Pipeline> {
  const tenants = await listTenants(db);
  const wakeUps = tenants.map(() => new WakeUp());
  const workers = tenants.map((tenantId, index) =>
    runWorker({ db, log, clock, tenantId, config, wakeUp: wakeUps[index] as WakeUp, ...(note && { note }) }),
  );
  const notify = () => {
    for (const wakeUp of wakeUps) wakeUp.notify();
  };
  return {
    notify,
    async idle() {
      notify();
      while ((await countWaitingBatches(db, 1)) > 0) await sleep(idlePollMs);
    },
    async stop() {
      for (const wakeUp of wakeUps) wakeUp.stop();
      await Promise.all(workers);
      handoverOf(db).close();
    },
  };
}
