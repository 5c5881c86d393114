import type { AuditAction, AuditActor } from '@throughline/model';
import { appendAudit, auditedDb, type Db } from '@throughline/store';
import type { Context } from 'hono';
import { requestFacts } from '../audit/request-event.ts';
import type { HttpEnv } from '../http/http-env.ts';

/** A database whose transactions tell what they change under an action of their own, beside the request's entry. */
export function toldAs(
  action: AuditAction,
  actor: AuditActor,
  {
    c,
    db,
    clock,
    settings,
    tenantId,
  }: { c: Context<HttpEnv>; db: Db; clock: () => Date; settings: { trustProxy: boolean }; tenantId: string },
): Db {
  return auditedDb(db, (trx, notes) =>
    appendAudit(
      trx,
      tenantId,
      notes.map(({ target, before = {}, after = {} }) => ({
        ...requestFacts(c, clock(), settings.trustProxy),
        action,
        actor,
        target,
        outcome: 'done' as const,
        details: { before, after },
      })),
    ),
  );
}
