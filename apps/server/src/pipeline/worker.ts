import { setTimeout as sleep } from 'node:timers/promises';
import type { CorrelationConfig } from '@throughline/correlate';
import {
  asWriter,
  type Db,
  handoverOf,
  type PendingAlert,
  takeBatches,
  type WaitingBatch,
  type Writer,
} from '@throughline/store';
import type { EngineState } from './engine-state.ts';
import { findPoison } from './find-poison.ts';
import { processBatches } from './process-batches.ts';
import { rebuildState } from './rebuild.ts';
import { isRefusal } from './refusal-error.ts';
import type { WakeUp } from './wake-up.ts';

/** Where the pipeline reports; a pino logger or `console` fits. */
export type PipelineLog = { info(message: string): void; warn(message: string): void; error(message: string): void };

export type WorkerOptions = {
  db: Db;
  log: PipelineLog;
  clock: () => Date;
  tenantId: string;
  config: CorrelationConfig;
  wakeUp: WakeUp;
};

const pollMs = 1_000;
const mostBackoffMs = 15_000;
/** Enough that a transaction's own cost disappears; few enough that it takes well under a second. */
const groupLimits = { maxAlerts: 2_000, maxBatches: 500 };

/**
 * Takes a tenant's batches to the database for as long as `wakeUp` is not stopped. While another process is the
 * tenant's writer it stands by, and takes over within a second when that one ends. Whatever fails is tried again from
 * what the database holds.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { db, log, tenantId, wakeUp } = options;
  for (let failures = 0; !wakeUp.stopped; ) {
    try {
      const turn = await asWriter(db, tenantId, async (writer) => {
        await work(writer, options, () => {
          failures = 0;
        });
      });
      if (turn === undefined) await wakeUp.wait(pollMs);
    } catch (error) {
      if (wakeUp.stopped) return;
      failures++;
      log.error(`pipeline of tenant ${tenantId} starts over: ${(error as Error).message}`);
      await wakeUp.pause(Math.min(mostBackoffMs, 100 * 2 ** failures));
    }
  }
}

async function work(writer: Writer, options: WorkerOptions, succeeded: () => void): Promise<void> {
  const { db, log, tenantId, wakeUp, config, clock } = options;
  const rebuild = () => rebuildState(writer, tenantId, config);
  const started = performance.now();
  let state = await rebuild();
  const { alerts, incidents } = state.correlator.stats;
  log.info(
    `correlation of tenant ${tenantId} restored: ${alerts} alerts, ${incidents} incidents in ${Math.round(performance.now() - started)} ms`,
  );
  handoverOf(db).open();
  /** The last batch of a group that failed: up to it, batches go one by one. */
  let carefulUpTo = 0;
  while (!wakeUp.stopped) {
    const limits = carefulUpTo > 0 ? { maxAlerts: 1, maxBatches: 1 } : groupLimits;
    const batches = await takeBatches(writer, db, tenantId, limits);
    const last = batches.at(-1)?.id;
    if (last === undefined || last >= carefulUpTo) carefulUpTo = 0;
    if (last === undefined) {
      succeeded();
      await wakeUp.wait(pollMs);
      continue;
    }
    try {
      await commit(writer, tenantId, batches, state, clock());
      succeeded();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.warn(`batch ${last} was refused: ${(error as Error).message}`);
      state = await rebuild();
      const [only] = batches;
      if (batches.length === 1 && only) state = await commitWithoutPoison(writer, only, state, error as Error, options);
      else carefulUpTo = last;
    }
    // Requests are answered between transactions, however long the queue.
    await sleep(0);
  }
}

function commit(
  writer: Writer,
  tenantId: string,
  batches: readonly WaitingBatch[],
  state: EngineState,
  now: Date,
  refused?: ReadonlyMap<PendingAlert, string>,
): Promise<void> {
  return writer.transaction().execute((trx) => processBatches(trx, tenantId, batches, state, now, refused));
}

/** Stores what can be stored of a batch that failed; the rest goes to the dead letter. Returns the state to go on with. */
async function commitWithoutPoison(
  writer: Writer,
  batch: WaitingBatch,
  state: EngineState,
  failure: Error,
  { tenantId, config, clock, log }: WorkerOptions,
): Promise<EngineState> {
  const poison = await findPoison(writer, batch, config, clock());
  log.warn(`batch ${batch.id}: ${poison.size} of ${batch.alerts.length} alerts cannot be stored`);
  try {
    await commit(writer, tenantId, [batch], state, clock(), poison);
    return state;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Each alert alone can be stored and together they cannot: keep them all where a person can see and replay them.
    const all = new Map(batch.alerts.map((pending) => [pending, failure.message]));
    const rebuilt = await rebuildState(writer, tenantId, config);
    await commit(writer, tenantId, [batch], rebuilt, clock(), all);
    return rebuilt;
  }
}
