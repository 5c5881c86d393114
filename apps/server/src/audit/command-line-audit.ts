import { type AuditEvent, defaultTenant } from '@throughline/model';
import { appendAudit, auditedDb, type Db, inAuditedTransaction } from '@throughline/store';

/** An event of the command line, where whoever may read the data directory acts. */
export function commandLineEvent(
  action: AuditEvent['action'],
  target: AuditEvent['target'],
  details: AuditEvent['details'],
): AuditEvent {
  const actor = { kind: 'system' as const, name: 'command line', id: null };
  return { action, at: new Date(), actor, target, outcome: 'done', address: null, requestId: null, details };
}

/** Does the work of a verb in one transaction with its entry. */
export function inCommandLineAudit<T>(
  db: Db,
  work: (trx: Db) => Promise<T>,
  event: (result: T) => AuditEvent,
): Promise<T> {
  return inAuditedTransaction(db, work, (trx, _, result) => appendAudit(trx, defaultTenant, [event(result)]));
}

/** The database for commands that open transactions of their own and note what they change: each note is an entry. */
export function commandLineDb(db: Db, action: AuditEvent['action']): Db {
  return auditedDb(db, (trx, notes) =>
    appendAudit(
      trx,
      defaultTenant,
      notes.map(({ target, before, after }) =>
        commandLineEvent(action, target, { ...(before && { before }), ...(after && { after }) }),
      ),
    ),
  );
}
