import {
  type Db,
  listTenants,
  pruneIntakeLog,
  pruneLiveEvents,
  readRetention,
  startRetention,
  stripDeadLetters,
  stripMessages,
} from '@throughline/store';
import type { Logger } from 'pino';
import type { NoteRun } from '../operations-watch/job-registry.ts';

/** The job that the upkeep is. */
export const upkeepJob = 'Data upkeep';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What upkeep works with. */
export type DataUpkeepOptions = { db: Db; clock: () => Date; log: Logger; note?: NoteRun };

/** Removes at once and then every hour what the retention of each tenant no longer keeps. Returns what ends it. */
export function startDataUpkeep({ db, clock, log, note }: DataUpkeepOptions): () => Promise<void> {
  let running = Promise.resolve();
  let stopped = false;
  const run = () => {
    running = running
      .then(() => (stopped ? undefined : keepData(db, clock())))
      .then(() => note?.(upkeepJob, null))
      .catch((error: unknown) => {
        note?.(upkeepJob, error as Error);
        log.error({ err: error }, 'old data could not be removed; it is tried again in an hour');
      });
  };
  const timer = setInterval(run, HOUR_MS);
  timer.unref();
  run();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}

/** One round of upkeep. Resolved incidents are only marked here: the deletion job takes them slice by slice. */
export async function keepData(db: Db, now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  for (const tenantId of await listTenants(db)) {
    const keep = await readRetention(db, tenantId);
    await pruneLiveEvents(db, tenantId, ago(keep.liveDays));
    await pruneIntakeLog(db, tenantId, ago(keep.intakeDays));
    await stripDeadLetters(db, tenantId, ago(keep.deadLetterDays));
    await stripMessages(db, tenantId, ago(keep.messageDays));
    if (keep.incidentDays !== null) await startRetention(db, tenantId, keep.incidentDays, now);
  }
}
