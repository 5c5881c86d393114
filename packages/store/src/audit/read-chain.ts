import type { AuditActorKind, AuditEntry, AuditOutcome } from '@throughline/model';
import type { Selectable } from 'kysely';
import type { AuditEntryTable } from '../database/audit-tables.ts';
import type { Db } from '../database.ts';
import type { ChainedEntry } from './chain.ts';

const BATCH = 2000;

/** The entries of a tenant after number `after` up to `upTo`, oldest first, read in batches. */
export async function* readChain(
  db: Db,
  tenantId: string,
  after = 0,
  upTo = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<ChainedEntry[]> {
  for (let place = after; ; ) {
    const rows = await db
      .selectFrom('audit_entry')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('seq', '>', place)
      .where('seq', '<=', upTo)
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    if (rows.length > 0) yield rows.map(chainedEntry);
    place = rows.at(-1)?.seq ?? place;
    if (rows.length < BATCH) return;
  }
}

/** A row as it was hashed. */
export function chainedEntry(row: Selectable<AuditEntryTable>): ChainedEntry {
  return {
    seq: row.seq,
    at: row.at,
    action: row.action,
    actor: { kind: row.actor_kind, name: row.actor_name, id: row.actor_id },
    target: row.target_kind === null ? null : { kind: row.target_kind, id: row.target_id ?? '' },
    outcome: row.outcome,
    address: row.address,
    requestId: row.request_id,
    details: row.details,
    hash: row.hash,
  };
}

/** An entry as the API and exports show it. */
export function auditEntryOf(entry: ChainedEntry): AuditEntry {
  return {
    ...entry,
    action: entry.action as AuditEntry['action'],
    actor: { ...entry.actor, kind: entry.actor.kind as AuditActorKind },
    outcome: entry.outcome as AuditOutcome,
    details: JSON.parse(entry.details) as Record<string, unknown>,
    hash: entry.hash.toString('hex'),
  };
}
