import type { CorrelationConfig } from '@throughline/correlate';
import {
  asWriter,
  type Db,
  DeletedMeanwhile,
  handoverOf,
  type PendingAlert,
  pingDatabase,
  takeBatches,
  type WaitingBatch,
  type Writer,
  waitingRequests,
} from '@throughline/store';
import type { NoteRun } from '../operations-watch/job-registry.ts';
import type { EngineState } from './engine-state.ts';
import { findPoison } from './find-poison.ts';
import { type Flight, takeOff } from './flight.ts';
import { prepareBatches, processBatches } from './process-batches.ts';
import { rearrangeBetweenBatches } from './rearrange/between-batches.ts';
import { rebuildState } from './rebuild.ts';
import { isRefusal } from './refusal-error.ts';
import { settingsChanged, takeUpSettings } from './settings-in-force.ts';
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
  note?: NoteRun;
};

const pollMs = 1_000;
const mostBackoffMs = 15_000;
/** Enough that a transaction's own cost disappears; few enough that it takes well under a second. */
const groupLimits = { maxAlerts: 2_000, maxBatches: 2_000, maxBytes: 8 * 1024 * 1024 };

/**
 * Takes a tenant's batches to the database for as long as `wakeUp` is not stopped. While another process is the
 * tenant's writer it stands by, and takes over within a second when that one ends. Whatever fails is tried again from
 * what the database holds.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { db, log, tenantId, wakeUp } = options;
  const job = `Correlation of tenant ${tenantId}`;
  for (let failures = 0; !wakeUp.stopped; ) {
    try {
      const turn = await asWriter(db, tenantId, async (writer) => {
        await work(writer, options, () => {
          failures = 0;
          options.note?.(job, null);
        });
      });
      if (turn === undefined) await wakeUp.wait(pollMs);
    } catch (error) {
      if (wakeUp.stopped) return;
      // Not a failure: what it remembered is void, and what is stored tells it anew.
      if (error instanceof DeletedMeanwhile) {
        log.info(`correlation of tenant ${tenantId} reads again what is stored: ${error.message}`);
        continue;
      }
      failures++;
      options.note?.(job, error as Error);
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
  const ms = Math.round(performance.now() - started);
  log.info(`correlation of tenant ${tenantId} restored: ${alerts} alerts, ${incidents} incidents in ${ms} ms`);
  handoverOf(db).open();
  let flight: Flight | null = null;
  let last = 0;
  /** The last batch of a group that failed: up to it, batches go one by one. */
  let carefulUpTo = 0;
  while (!wakeUp.stopped) {
    const careful: boolean = carefulUpTo > 0;
    try {
      const requests = await waitingRequests(db, tenantId);
      if (requests.length > 0) {
        await flight?.landed();
        flight = null;
        await rearrangeBetweenBatches(writer, requests, state, options);
      }
      const limits = careful ? { ...groupLimits, maxBatches: 1 } : groupLimits;
      const batches = await takeBatches(db, tenantId, { ...limits, except: flight?.prepared.write.batchIds ?? [] });
      // After the batches are read: what arrives once a choice is saved is decided by it.
      if (await settingsChanged(db, tenantId, state)) {
        await flight?.landed();
        flight = null;
        state = await takeUpSettings(writer, state, rebuild, options);
      }
      const [first] = batches;
      if (first === undefined) {
        await flight?.landed();
        flight = null;
        succeeded();
        // A connection lost took the lock with it: another process may be the writer by now.
        await pingDatabase(writer);
        await wakeUp.wait(pollMs);
      } else if (careful) {
        if (first.id >= carefulUpTo) carefulUpTo = 0;
        state = await commitOneByOne(writer, first, state, rebuild, options);
      } else {
        last = Math.max(...batches.map(({ id }) => id));
        const now = clock();
        const prepared = await prepareBatches(batches, { db, tenantId, state, now, before: flight?.prepared ?? null });
        await flight?.landed();
        succeeded();
        flight = takeOff(writer, prepared, { tenantId, state, now });
      }
    } catch (error) {
      await flight?.settled;
      flight = null;
      if (careful || !isRefusal(error)) throw error;
      log.warn(`batches up to ${last} are taken one by one, since one was refused: ${(error as Error).message}`);
      carefulUpTo = last;
      state = await rebuild();
    }
  }
  await flight?.landed();
}

/** Takes a single batch, which may be one that is refused. Returns the state to go on with. */
async function commitOneByOne(
  writer: Writer,
  batch: WaitingBatch,
  state: EngineState,
  rebuild: () => Promise<EngineState>,
  options: WorkerOptions,
): Promise<EngineState> {
  try {
    await commit(writer, batch, state, options);
    return state;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return commitWithoutPoison(writer, batch, rebuild, error as Error, options);
  }
}

function commit(
  writer: Writer,
  batch: WaitingBatch,
  state: EngineState,
  { tenantId, clock }: WorkerOptions,
  refused: ReadonlyMap<PendingAlert, string> = new Map(),
): Promise<void> {
  const options = { tenantId, state, now: clock(), refused };
  return writer.transaction().execute((trx) => processBatches(trx, [batch], options));
}

/** Stores what can be stored of a batch that was refused; the rest goes to the dead letter. Returns the state to go on with. */
async function commitWithoutPoison(
  writer: Writer,
  batch: WaitingBatch,
  rebuild: () => Promise<EngineState>,
  failure: Error,
  options: WorkerOptions,
): Promise<EngineState> {
  const poison = await findPoison(writer, batch, options.config, options.clock());
  options.log.warn(`batch ${batch.id}: ${poison.size} of ${batch.alerts.length} alerts cannot be stored`);
  const state = await rebuild();
  try {
    await commit(writer, batch, state, options, poison);
    return state;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Each alert alone can be stored and together they cannot: keep them all where a person can see and replay them.
    const all = new Map(batch.alerts.map((pending) => [pending, failure.message]));
    const rebuilt = await rebuild();
    await commit(writer, batch, rebuilt, options, all);
    return rebuilt;
  }
}
