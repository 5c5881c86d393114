import type { AuditEvent } from '@throughline/model';
import { appendAudit } from '@throughline/store';
import { requestFacts } from '../audit/request-event.ts';
import type { PasskeyCall } from './passkey-call.ts';

/** Whose factor it is about. */
export type Told = { accountId: number; userName: string; tenantId: string };

/** Tells the audit log what a route's own entry does not: that a recovery code went, that a passkey may be a copy. */
export async function tell(
  { db, c, clock, settings }: PasskeyCall,
  who: Told,
  event: Pick<AuditEvent, 'action' | 'outcome' | 'target' | 'details'>,
): Promise<void> {
  const facts = requestFacts(c, clock(), settings.trustProxy);
  const actor = { kind: 'person' as const, name: who.userName, id: String(who.accountId) };
  await db.transaction().execute((trx) => appendAudit(trx, who.tenantId, [{ ...facts, ...event, actor }]));
}
