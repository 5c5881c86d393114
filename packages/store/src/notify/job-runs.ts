import type { JobState } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

const longestError = 500;

/** Notes how a run of recurring work ended; `error` null = well. */
export async function noteJobRun(db: Db, name: string, error: string | null, now: Date): Promise<void> {
  const failed = error !== null;
  const at = now;
  await sql`
    insert into job_run as j (name, last_run, last_success, last_failure, last_error, failures)
    values (${name}, ${at}, ${failed ? null : at}, ${failed ? at : null}, ${error?.slice(0, longestError) ?? null}, ${failed ? 1 : 0})
    on conflict (name) do update set last_run = excluded.last_run,
      last_success = coalesce(excluded.last_success, j.last_success),
      last_failure = coalesce(excluded.last_failure, j.last_failure),
      last_error = coalesce(excluded.last_error, j.last_error),
      failures = case when excluded.failures = 0 then 0 else j.failures + 1 end`.execute(db);
}

/** How the recurring work goes, by name. */
export async function listJobRuns(db: Db): Promise<JobState[]> {
  const rows = await db.selectFrom('job_run').selectAll().orderBy('name').execute();
  return rows.map((row) => ({
    name: row.name,
    lastRunDateTime: row.last_run,
    lastSuccessDateTime: row.last_success,
    lastFailureDateTime: row.last_failure,
    lastError: row.last_error,
    failures: row.failures,
  }));
}
