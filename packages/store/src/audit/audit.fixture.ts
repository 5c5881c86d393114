import type { AuditEvent } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';

/** The tenant of every test database. */
export const tenant = 'default';

/** An event with everything that a test does not care about. */
export function auditEvent(change: Partial<AuditEvent> = {}): AuditEvent {
  return {
    action: 'incident.change',
    at: new Date('2026-03-01T08:00:00.000Z'),
    actor: { kind: 'person', name: 'ada', id: '1' },
    target: { kind: 'incident', id: '12' },
    outcome: 'done',
    address: '192.0.2.7',
    requestId: 'request-1',
    details: { before: { status: 'active' }, after: { status: 'resolved' } },
    ...change,
  };
}

/** Does to the tables what the triggers forbid, as whoever has the database's own password could. */
export async function tamper(db: Db, ...statements: RawBuilder<unknown>[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    for (const statement of statements) await statement.execute(trx);
  });
}
