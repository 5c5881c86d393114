import type { RuleFile } from '@throughline/detect';
import {
  asWriter,
  type Db,
  endOldInserts,
  finishTelemetry,
  type HuntingStore,
  newestTelemetry,
  pingDatabase,
  planEvents,
  type TelemetryOutcome,
  takeTelemetry,
  type Writer,
  type WrittenBatch,
} from '@throughline/store';
import { type Detection, startDetection } from '../detection/detection.ts';
import type { NoteRun } from '../operations-watch/job-registry.ts';
import type { WakeUp } from '../pipeline/wake-up.ts';
import type { PipelineLog } from '../pipeline/worker.ts';
import { DevicesSeen } from './devices-seen.ts';
import { type ReadBatch, readRecords } from './read-records.ts';

export type EventWorkerOptions = {
  db: Db;
  store: HuntingStore;
  log: PipelineLog;
  clock: () => Date;
  tenantId: string;
  wakeUp: WakeUp;
  note?: NoteRun;
  /** Rule files from disk. */
  rules: readonly RuleFile[];
};

const pollMs = 1_000;
const mostBackoffMs = 15_000;
/** Enough that an insert's own cost disappears; few enough that it takes a second and some ten megabytes. */
const groupLimits = { maxRecords: 10_000, maxBytes: 3 * 1024 * 1024 };

type Group = { ids: number[]; landed: Promise<{ error: unknown } | null> };

/**
 * Takes a tenant's telemetry from the intake log to its tables, for as long as `wakeUp` is not stopped, as the only one
 * among all processes. Rows are on disk before their batch is marked done; whatever fails is tried again, with the same
 * result.
 */
export async function runEventWorker(options: EventWorkerOptions): Promise<void> {
  const { db, log, tenantId, wakeUp } = options;
  const job = `Telemetry of tenant ${tenantId}`;
  for (let failures = 0; !wakeUp.stopped; ) {
    try {
      const succeeded = () => {
        failures = 0;
        options.note?.(job, null);
      };
      const turn = await asWriter(db, tenantId, (writer) => work(writer, options, succeeded), 'telemetry');
      if (turn === undefined) await wakeUp.wait(pollMs);
    } catch (error) {
      if (wakeUp.stopped) return;
      failures++;
      options.note?.(job, error as Error);
      log.error(`telemetry of tenant ${tenantId} starts over: ${(error as Error).message}`);
      await wakeUp.pause(Math.min(mostBackoffMs, 100 * 2 ** failures));
    }
  }
}

async function work(writer: Writer, options: EventWorkerOptions, succeeded: () => void): Promise<void> {
  const { db, store, tenantId, wakeUp } = options;
  const devices = new DevicesSeen();
  const detection = startDetection({ ...options, files: options.rules });
  // Of what waits now, an earlier worker may have written a part.
  const recoverUpTo = await newestTelemetry(db, tenantId);
  if (recoverUpTo > 0) {
    await store.ready();
    await endOldInserts(store, tenantId);
  }
  let flight: Group | null = null;
  const land = async () => {
    const failure = await flight?.landed;
    flight = null;
    if (failure) throw failure.error;
  };
  try {
    while (!wakeUp.stopped) {
      const waiting = await takeTelemetry(db, tenantId, { ...groupLimits, except: flight?.ids ?? [] });
      if (waiting.length === 0) {
        await land();
        succeeded();
        // A connection lost took the lock with it: another process may be the writer by now.
        await pingDatabase(writer);
        await wakeUp.wait(pollMs);
        continue;
      }
      const read = await Promise.all(waiting.map(readRecords));
      await land();
      succeeded();
      const ids = waiting.map(({ id }) => id);
      const recover = ids.some((id) => id <= recoverUpTo);
      const landed = storeBatches(writer, read, { devices, detection, recover }, options).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      flight = { ids, landed };
    }
  } finally {
    await (flight as Group | null)?.landed;
  }
  await land();
}

type Tools = { devices: DevicesSeen; detection: Detection; recover: boolean };

async function storeBatches(
  writer: Writer,
  read: readonly ReadBatch[],
  { devices, detection, recover }: Tools,
  { store, tenantId, clock }: EventWorkerOptions,
): Promise<void> {
  const plan = await planEvents(
    store,
    tenantId,
    read.map(({ batch }) => batch),
  );
  const { outcomes, stored } = sortOut(read, plan.written);
  // The rules judge while the rows are written; nothing of it is told before they are on disk.
  const writing = plan.write({ recover });
  const [detected] = await Promise.all([detection.judge(stored, clock()), writing]);
  const seen = devices.of(stored.map(({ record }) => record));
  await writer.transaction().execute(async (trx) => {
    await detected(trx);
    await finishTelemetry(trx, tenantId, {
      batchIds: read.map(({ batch }) => batch.id),
      outcomes,
      rejected: read.flatMap(({ rejected }) => rejected),
      devices: seen,
    });
  });
  devices.noted(seen);
}

/** What became of the records by source, and those that were stored for the first time. */
function sortOut(read: readonly ReadBatch[], written: readonly WrittenBatch[]) {
  const outcomes = new Map<string, TelemetryOutcome>();
  const of = (source: string) => {
    let outcome = outcomes.get(source);
    if (outcome === undefined) {
      outcome = { source, stored: 0, duplicate: 0, rejected: 0 };
      outcomes.set(source, outcome);
    }
    return outcome;
  };
  const stored = read.flatMap(({ batch, events, rejected }, n) => {
    for (const { source } of rejected) of(source).rejected++;
    return batch.records.flatMap((record, index) => {
      const fate = written[n]?.fates[index] ?? 'stored';
      of(record.source)[fate]++;
      const event = events[index];
      return fate === 'stored' && event !== undefined ? [{ record, event }] : [];
    });
  });
  return { outcomes: [...outcomes.values()], stored };
}
