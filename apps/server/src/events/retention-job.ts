import { applyRetention, type Db, type HuntingStore, listTenants, readTelemetryRetention } from '@throughline/store';
import type { Logger } from 'pino';
import type { NoteRun } from '../operations-watch/job-registry.ts';

/** The job that retention of telemetry is. */
export const telemetryRetentionJob = 'Telemetry retention';

const everyMs = 15 * 60_000;

export type TelemetryRetentionOptions = {
  db: Db;
  store: HuntingStore;
  clock: () => Date;
  log: Logger;
  note?: NoteRun;
};

/** Deletes at once and then every 15 minutes what the retention of each tenant no longer keeps. Returns what ends it. */
export function startTelemetryRetention({
  db,
  store,
  clock,
  log,
  note,
}: TelemetryRetentionOptions): () => Promise<void> {
  let running = Promise.resolve();
  let stopped = false;
  const run = () => {
    running = running
      .then(() => (stopped ? undefined : removeOldTelemetry(db, store, clock(), log)))
      .then(() => note?.(telemetryRetentionJob, null))
      .catch((error: unknown) => {
        if (stopped) return;
        note?.(telemetryRetentionJob, error as Error);
        log.error({ err: error }, 'old telemetry could not be removed; it is tried again in a quarter of an hour');
      });
  };
  const timer = setInterval(run, everyMs);
  timer.unref();
  run();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}

/** One round, for all tenants. */
export async function removeOldTelemetry(
  db: Db,
  store: HuntingStore,
  now: Date,
  log: Pick<Logger, 'info'>,
): Promise<void> {
  for (const tenantId of await listTenants(db)) {
    const removed = await applyRetention(db, store, tenantId, await readTelemetryRetention(db, tenantId), now);
    for (const { partition, why } of removed) log.info({ tenantId, ...partition, why }, 'telemetry removed');
  }
}
