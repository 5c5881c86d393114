import { type Db, noteJobRun } from '@throughline/store';

/** Notes how a run of recurring work ended. Never throws and never waits: the work goes on either way. */
export type NoteRun = (job: string, error: Error | null) => void;

/** Where recurring work says how it goes. */
export type JobRegistry = {
  note: NoteRun;
  /** Resolves once everything noted is stored, or cannot be. */
  stop: () => Promise<void>;
};

/** Runs that go well are noted once in this time, ms: some jobs run every second. */
const quietMs = 60_000;

/**
 * Keeps in the database when each job last ran, last went well and last failed, with what it said. Failures are noted
 * each, what goes well once a minute or when it failed before.
 */
export function jobRegistry(db: Db, clock: () => Date): JobRegistry {
  const last = new Map<string, { ok: boolean; at: number }>();
  const underWay = new Set<Promise<void>>();
  return {
    note(job, error) {
      const now = clock();
      const before = last.get(job);
      const ok = error === null;
      if (ok && before?.ok && now.getTime() - before.at < quietMs) return;
      last.set(job, { ok, at: now.getTime() });
      const writing = noteJobRun(db, job, error === null ? null : firstLine(error), now)
        // The database is away: what went wrong shows again at the next run.
        .catch(() => void last.delete(job))
        .finally(() => underWay.delete(writing));
      underWay.add(writing);
    },
    async stop() {
      await Promise.all(underWay);
    },
  };
}

function firstLine({ message, name }: Error): string {
  return (message || name).split('\n')[0] ?? name;
}
