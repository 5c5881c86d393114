import { type RawBuilder, sql } from 'kysely';
import { appendAudit } from '../../audit/append-audit.ts';
import { noteChange } from '../../audit/audited.ts';
import { inTransaction } from '../../command/in-transaction.ts';
import type { Db } from '../../database.ts';
import { lockGeneration, raiseGeneration } from './correlation-generation.ts';

/** How much would be deleted; `oldest` is the last change of the incident untouched for longest (ISO 8601). */
export type DeletionPreview = { incidents: number; alerts: number; oldest: string | null };

/** What a retention of so many days would delete now. */
export async function previewRetention(db: Db, tenantId: string, days: number, now: Date): Promise<DeletionPreview> {
  const { rows } = await sql<DeletionPreview>`
    select count(*) as incidents, coalesce(sum(i.alerts_total), 0)::int as alerts, min(i.updated_at) as oldest
    from incident i where ${tooOld(tenantId, days, now)}`.execute(db);
  return rows[0] ?? { incidents: 0, alerts: 0, oldest: null };
}

/**
 * Begins to delete what the retention of a tenant no longer keeps. Returns the number of the deletion; null when there
 * is nothing to delete.
 */
export function startRetention(db: Db, tenantId: string, days: number, now: Date): Promise<number | null> {
  const deletion = { kind: 'retention', reason: `Resolved and untouched for ${days} days`, by: 'retention' } as const;
  return start(db, tenantId, now, deletion, tooOld(tenantId, days, now));
}

/** Begins to delete an incident for good, whatever its state. Returns null when there is none of that number. */
export function startIncidentDeletion(
  db: Db,
  { tenantId, by, now }: { tenantId: string; by: string; now: Date },
  incidentId: number,
  reason: string,
): Promise<number | null> {
  const wanted = sql`i.tenant_id = ${tenantId} and i.id = ${incidentId} and i.redirect_to is null`;
  return start(db, tenantId, now, { kind: 'incident', reason, by }, wanted);
}

type Deletion = { kind: 'retention' | 'incident'; reason: string; by: string };

function start(
  db: Db,
  tenantId: string,
  now: Date,
  { kind, reason, by }: Deletion,
  wanted: RawBuilder<unknown>,
): Promise<number | null> {
  return inTransaction(db, async (trx) => {
    // Correlation may be about to add to one of them: what it commits first is looked at, what comes later is refused.
    await lockGeneration(trx, tenantId);
    const { rows } = await sql<{ id: number; merged: boolean }>`
      with recursive family (id, merged) as (
        select i.id, false from incident i where ${wanted} and not exists (
          select from deletion_item d where d.tenant_id = i.tenant_id and d.incident_id = i.id)
        union
        select m.id, true from family f join incident m on m.tenant_id = ${tenantId} and m.redirect_to = f.id
      ) select id, merged from family`.execute(trx);
    if (rows.length === 0) return null;
    const made = await sql<{ id: number }>`
      insert into deletion (tenant_id, kind, reason, started_by, started_at)
      values (${tenantId}, ${kind}, ${reason}, ${by}, ${now.toISOString()}) returning id`.execute(trx);
    const deletionId = made.rows[0]?.id ?? 0;
    const ids = rows.map(({ id }) => id);
    await sql`
      insert into deletion_item (tenant_id, incident_id, deletion_id)
      select ${tenantId}, id, ${deletionId} from unnest(${ids}::int[]) id`.execute(trx);
    await raiseGeneration(trx, tenantId);
    const incidents = rows.filter(({ merged }) => !merged).map(({ id }) => id);
    const target = { kind: 'deletion', id: String(deletionId) };
    const after = { kind, reason, incidents: incidents.length, first: incidents.slice(0, 100) };
    if (kind === 'incident') noteChange(trx, { target, after });
    else {
      const actor = { kind: 'system' as const, name: by, id: null };
      const told = { outcome: 'done' as const, address: null, requestId: null, details: { after } };
      await appendAudit(trx, tenantId, [{ action: 'data.delete', at: now, actor, target, ...told }]);
    }
    return deletionId;
  });
}

function tooOld(tenantId: string, days: number, now: Date): RawBuilder<unknown> {
  const before = new Date(now.getTime() - days * 86_400_000).toISOString();
  return sql`i.tenant_id = ${tenantId} and i.status = 'resolved' and i.redirect_to is null
    and i.updated_at < ${before} and i.last_activity < ${before}`;
}
