import { type Db, pruneConditions, pruneEvents, pruneRuleCounts } from '@throughline/store';
import type { NotifierLog } from '../notify/notifier.ts';
import type { NoteRun } from './job-registry.ts';
import { watchTenant } from './watch-tenant.ts';

/** What the watch over the server works with. */
export type WatchOptions = {
  /** Where the data is: its disk is watched; undefined = it cannot be. */
  dataDir: string | undefined;
  note: NoteRun;
  /** Between two looks, ms. */
  everyMs: number;
};

/** The job that the watch itself is. */
export const watchJob = 'Watch over the server';

const dayMs = 86_400_000;
const keepDays = 90;

/**
 * Makes the look that the notifier takes between its other work: at most one in `everyMs`, for all tenants, by the one
 * process that notifies. Whatever fails is logged and tried again; notifications go on.
 */
export function operationsWatch(
  db: Db,
  log: NotifierLog,
  { dataDir, note, everyMs }: WatchOptions,
): (tenants: readonly string[], now: Date, patience: number) => Promise<void> {
  let looked = Number.NEGATIVE_INFINITY;
  let pruned = Number.NEGATIVE_INFINITY;
  return async (tenants, now, patience) => {
    if (now.getTime() - looked < everyMs) return;
    looked = now.getTime();
    try {
      for (const tenantId of tenants) await watchTenant(db, tenantId, { now, dataDir, patience });
      if (looked - pruned > dayMs) {
        const before = new Date(looked - keepDays * dayMs);
        await Promise.all([pruneConditions(db, before), pruneEvents(db, before), pruneRuleCounts(db, before)]);
        pruned = looked;
      }
      note(watchJob, null);
    } catch (error) {
      log.error(`the server could not be looked at: ${(error as Error).message}`);
      note(watchJob, error as Error);
    }
  };
}
