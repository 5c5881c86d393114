import type { AuditEvent } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { canonicalJson } from './canonical-json.ts';
import { type ChainEntry, type ChainedEntry, chainStart, entryHash } from './chain.ts';

const LONGEST_TEXT = 300;
const LONGEST_DETAILS = 20_000;
// First half of the advisory locks of chains; the second is the tenant's.
const chainLock = 7_412_610;

/**
 * Appends events to a tenant's chain, in order. The last statement but the commit of a transaction: from here on, others
 * who append for this tenant wait.
 */
export async function appendAudit(trx: Db, tenantId: string, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await lockChain(trx, tenantId);
  const head = await chainHead(trx, tenantId);
  let previous = head.hash;
  const entries = events.map((event, index): ChainedEntry => {
    const entry = entryOf(head.seq + 1 + index, event);
    previous = entryHash(previous, entry);
    return { ...entry, hash: previous };
  });
  const last = head.seq + entries.length;
  await sql`
    with moved as (
      insert into audit_chain (tenant_id, seq, hash) values (${tenantId}, ${last}, ${previous})
      on conflict (tenant_id) do update set seq = excluded.seq, hash = excluded.hash
    )
    insert into audit_entry (tenant_id, seq, at, action, actor_kind, actor_name, actor_id, target_kind, target_id,
      outcome, address, request_id, details, hash)
    values ${sql.join(
      entries.map(
        (
          entry,
        ) => sql`(${tenantId}, ${entry.seq}::bigint, ${entry.at}::timestamptz, ${entry.action}, ${entry.actor.kind},
          ${entry.actor.name}, ${entry.actor.id}, ${entry.target?.kind ?? null}, ${entry.target?.id ?? null},
          ${entry.outcome}, ${entry.address}, ${entry.requestId}, ${entry.details}, ${entry.hash}::bytea)`,
      ),
    )}`.execute(trx);
}

/** Until the transaction ends nobody else appends to the tenant's chain. */
export async function lockChain(trx: Db, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${chainLock}, hashtext(${tenantId}))`.execute(trx);
}

/** Where the chain ends: number and hash of its last entry. */
export async function chainHead(db: Db, tenantId: string): Promise<{ seq: number; hash: Buffer }> {
  const head = await db
    .selectFrom('audit_chain')
    .select(['seq', 'hash'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return head ?? { seq: 0, hash: chainStart(tenantId) };
}

function entryOf(seq: number, event: AuditEvent): ChainEntry {
  const { action, at, actor, target, outcome, address, requestId, details } = event;
  const text = canonicalJson(details);
  return {
    seq,
    at: at.toISOString(),
    action,
    actor: { kind: actor.kind, name: storable(actor.name), id: actor.id === null ? null : storable(actor.id) },
    target: target === null ? null : { kind: storable(target.kind), id: storable(target.id) },
    outcome,
    address: address === null ? null : storable(address),
    requestId: requestId === null ? null : storable(requestId),
    // What does not fit is not dropped unseen.
    details: text.length <= LONGEST_DETAILS ? text : canonicalJson({ omitted: `${text.length} characters` }),
  };
}

// PostgreSQL's text has neither NUL nor lone surrogates; names come from outside.
function storable(text: string): string {
  return text.slice(0, LONGEST_TEXT).replaceAll('\0', '\u{FFFD}').toWellFormed();
}
