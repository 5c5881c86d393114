import type { AuditActor, AuditEvent } from '@throughline/model';
import { appendAudit, type Db } from '@throughline/store';
import type { Logger } from 'pino';

const FLUSH_MS = 60_000;

/** A use that is told in sums. */
export type Use = {
  tenantId: string;
  action: AuditEvent['action'];
  actor: AuditActor;
  address: string | null;
  counts: Readonly<Record<string, number>>;
};

/** Sums of frequent uses, written once a minute and when the server stops. */
export type UseSums = {
  add(use: Use): void;
  /** Writes what was counted. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

/** Counts uses by actor, action and address; a sum that could not be written is kept for the next minute. */
export function startUseSums({ db, clock, log }: { db: Db; clock: () => Date; log: Logger }): UseSums {
  let sums = new Map<string, Use & { from: Date; counts: Record<string, number> }>();
  const add = (use: Use, from = clock()) => {
    const { tenantId, action, actor, address } = use;
    const key = JSON.stringify([tenantId, action, actor.kind, actor.id, actor.name, address]);
    const sum = sums.get(key) ?? { ...use, from, counts: {} };
    for (const [name, count] of Object.entries(use.counts)) sum.counts[name] = (sum.counts[name] ?? 0) + count;
    sums.set(key, sum);
  };
  const flush = async () => {
    const due = [...sums.values()];
    sums = new Map();
    for (const [tenantId, uses] of Map.groupBy(due, (use) => use.tenantId)) {
      const now = clock();
      const events = uses.map(
        ({ action, actor, address, counts, from }): AuditEvent => ({
          action,
          at: now,
          actor,
          target: null,
          outcome: 'done',
          address,
          requestId: null,
          details: { ...counts, from: from.toISOString() },
        }),
      );
      await db
        .transaction()
        .execute((trx) => appendAudit(trx, tenantId, events))
        .catch((error: unknown) => {
          log.warn({ err: error }, 'use was not written to the audit log; it is kept');
          for (const use of uses) add(use, use.from);
        });
    }
  };
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    add,
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
