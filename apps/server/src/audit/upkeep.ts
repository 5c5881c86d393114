import type { AuditEvent } from '@throughline/model';
import { auditTenants, type Db, makeCheckpoint, pruneAudit, type SecretKeys } from '@throughline/store';
import type { Logger } from 'pino';
import type { NoteRun } from '../operations-watch/job-registry.ts';

const job = 'Audit log upkeep';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What upkeep works with. */
export type UpkeepOptions = {
  db: Db;
  keys: SecretKeys;
  clock: () => Date;
  log: Logger;
  /** Entries older than this many days are removed; 0 keeps them for ever. */
  retentionDays: number;
  note?: NoteRun;
};

/** Seals every tenant's chain once an hour and removes what is older than the retention. Returns what ends it. */
export function startAuditUpkeep(options: UpkeepOptions): () => Promise<void> {
  let running = Promise.resolve();
  const run = () => {
    running = running
      .then(() => keepUp(options))
      .then(() => options.note?.(job, null))
      .catch((error: unknown) => {
        options.note?.(job, error as Error);
        options.log.error({ err: error }, 'the audit log could not be sealed; it is tried again in an hour');
      });
  };
  const timer = setInterval(run, HOUR_MS);
  timer.unref();
  run();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** One round of upkeep. */
export async function keepUp({ db, keys, clock, log, retentionDays }: UpkeepOptions): Promise<void> {
  for (const tenantId of await auditTenants(db)) {
    const now = clock();
    if (retentionDays > 0) {
      const before = new Date(now.getTime() - retentionDays * DAY_MS);
      const removed = await pruneAudit(db, keys, tenantId, before, now, (details) => pruned(now, details));
      if (removed > 0) log.info({ tenantId, removed }, 'old audit entries were removed');
    }
    await makeCheckpoint(db, keys, tenantId, now);
  }
}

function pruned(at: Date, details: Record<string, unknown>): AuditEvent {
  const actor = { kind: 'system' as const, name: 'retention', id: null };
  return { action: 'audit.prune', at, actor, target: null, outcome: 'done', address: null, requestId: null, details };
}
