import type { AuditAction, AuditEvent, AuditOutcome, AuditTarget } from '@throughline/model';
import { type AuditNote, appendAudit, auditedDb, type Db, inAuditedTransaction } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';
import { apiErrorOf } from '../http/error-response.ts';
import type { AuditedCall, AuditLog } from './audit-log.ts';
import { auditActor, requestFacts, tenantOf } from './request-event.ts';
import type { RouteAudit } from './route-audit.ts';
import type { Use } from './use-sums.ts';

/**
 * Runs a handler so that its entry is there before its answer: in the transaction of the change where there is one.
 * What is refused or fails is told too, with the reason.
 */
export async function runAudited<Call extends AuditedCall, Answer>(
  audit: RouteAudit<Call, Answer>,
  call: Call,
  log: AuditLog,
  handle: (call: Call) => Answer | Promise<Answer>,
): Promise<Answer> {
  if (audit.summed !== undefined) return runSummed(audit, call, log, handle);
  const tenantId = tenantOf(call.principal);
  const event = await eventMaker(audit, call);
  try {
    if (audit.atomic === true) {
      return await inAuditedTransaction(
        call.db,
        async (trx) => handle({ ...call, db: trx }),
        (trx, notes, answer) => appendAudit(trx, tenantId, eventsOf(event, notes, answer)),
      );
    }
    let told = false;
    const db = auditedDb(call.db, async (trx, notes) => {
      await appendAudit(
        trx,
        tenantId,
        notes.map((note) => event('done', undefined, note)),
      );
      told = true;
    });
    const answer = await handle({ ...call, db });
    if (!told) await append(call.db, tenantId, event('done', answer));
    return answer;
  } catch (error) {
    await tellFailure(audit, call, log, error, event);
    throw error;
  }
}

/** Tells that the guard refused somebody who is signed in. */
export async function tellRefused(
  { action, summed }: RouteAudit<never, never>,
  call: AuditedCall,
  log: AuditLog,
  error: unknown,
): Promise<void> {
  if (call.principal === undefined) return;
  if (summed === undefined) await tellFailure({ action }, call, log, error, await eventMaker({ action }, call));
  else log.sums.add({ ...useOf(action, call), counts: refusedOnce });
}

type Event<Answer> = (outcome: AuditOutcome, answer: Answer | undefined, note?: AuditNote) => AuditEvent;

async function eventMaker<Call extends AuditedCall, Answer>(
  { action, actor, target, details }: RouteAudit<Call, Answer>,
  call: Call,
): Promise<Event<Answer>> {
  const { c, clock, settings, principal } = call;
  const facts = requestFacts(c, clock(), settings.trustProxy);
  const who = (await actor?.(call)) ?? auditActor(principal, c.get('tokenId'));
  const by = principal?.kind === 'token' ? { token: principal.tokenName } : {};
  return (outcome, answer, note) => ({
    ...facts,
    action,
    outcome,
    actor: note?.actor ?? who,
    target: target?.(call, answer) ?? targetOf(note),
    requestId: facts.requestId,
    details: { ...by, ...details?.(call, answer), ...changeOf(note) },
  });
}

function eventsOf<Answer>(event: Event<Answer>, notes: readonly AuditNote[], answer: Answer): AuditEvent[] {
  return notes.length === 0 ? [event('done', answer)] : notes.map((note) => event('done', answer, note));
}

function targetOf(note: AuditNote | undefined): AuditTarget | null {
  return note?.target ?? null;
}

function changeOf(note: AuditNote | undefined): Record<string, unknown> {
  const { before, after } = note ?? {};
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

async function append(db: Db, tenantId: string, event: AuditEvent): Promise<void> {
  await db.transaction().execute((trx) => appendAudit(trx, tenantId, [event]));
}

// The refusal is what the caller must hear; that it could not be told is for the server's own log.
async function tellFailure<Call extends AuditedCall, Answer>(
  audit: RouteAudit<Call, Answer>,
  call: Call,
  log: AuditLog,
  thrown: unknown,
  event: Event<Answer>,
): Promise<void> {
  const error = thrown instanceof ApiError ? thrown : apiErrorOf(thrown);
  const made = event(error.status >= 500 ? 'failed' : 'refused', undefined);
  const paced = error.status === 429 && !log.isFirst(`${audit.action} ${made.address}`, made.at);
  if (paced) return;
  const told = { ...made, details: { ...made.details, reason: error.code } };
  await append(call.db, tenantOf(call.principal), told).catch((cause: unknown) => {
    call.log.error({ err: cause, requestId: made.requestId }, 'a refusal was not written to the audit log');
  });
}

const refusedOnce = { requests: 1, refused: 1 };

function useOf(action: AuditAction, { c, clock, settings, principal }: AuditedCall): Omit<Use, 'counts'> {
  const { address } = requestFacts(c, clock(), settings.trustProxy);
  return { tenantId: tenantOf(principal), action, actor: auditActor(principal, c.get('tokenId')), address };
}

async function runSummed<Call extends AuditedCall, Answer>(
  { action, summed }: RouteAudit<Call, Answer>,
  call: Call,
  { sums }: AuditLog,
  handle: (call: Call) => Answer | Promise<Answer>,
): Promise<Answer> {
  // Before the work: a connection that breaks meanwhile has no address any more.
  const use = useOf(action, call);
  try {
    const answer = await handle(call);
    sums.add({ ...use, counts: { requests: 1, ...summed?.(answer) } });
    return answer;
  } catch (error) {
    sums.add({ ...use, counts: refusedOnce });
    throw error;
  }
}
