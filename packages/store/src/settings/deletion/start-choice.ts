import { sql } from 'kysely';
import { noteChange } from '../../audit/audited.ts';
import { inTransaction } from '../../command/in-transaction.ts';
import { type Db, statementTimeouts } from '../../database.ts';
import { type AlertChoice, chosen } from './alert-choice.ts';
import { lockGeneration, raiseGeneration } from './correlation-generation.ts';

/**
 * Begins to delete chosen alerts: incidents that hold nothing else go whole, out of the others the alerts are taken. All
 * are marked at once, so what comes in later stays. Returns the number of the deletion; null when nothing is chosen.
 */
export function startChoice(
  db: Db,
  { tenantId, by, now }: { tenantId: string; by: string; now: Date },
  choice: AlertChoice,
  reason: string,
): Promise<number | null> {
  const source = choice.kind === 'source' ? choice.source : null;
  return inTransaction(db, async (trx) => {
    await sql`select set_config('statement_timeout', ${String(statementTimeouts.pipeline)}, true)`.execute(trx);
    // Correlation may be about to add to one of them: what it commits first is looked at, what comes later stays.
    await lockGeneration(trx, tenantId);
    const made = await sql<{ id: number }>`
      insert into deletion (tenant_id, kind, reason, source, started_by, started_at)
      values (${tenantId}, ${choice.kind}, ${reason}, ${source}, ${by}, ${now.toISOString()}) returning id`.execute(
      trx,
    );
    const deletionId = made.rows[0]?.id ?? 0;
    const marked = await sql`
      insert into deletion_alert (alert_seq, deletion_id)
      select a.seq, ${deletionId} from alert a where ${chosen(tenantId, choice)}`.execute(trx);
    const alerts = Number(marked.numAffectedRows ?? 0);
    if (choice.kind === 'demo') {
      // Told again when the demo is loaded again.
      await sql`delete from detection_fold where tenant_id = ${tenantId} and strpos(doc::text, ${choice.domain}) > 0`.execute(
        trx,
      );
    }
    const whole = await sql<{ merged: boolean }>`
      with recursive touched as (
        select a.incident_id as id, count(*) as chosen
        from deletion_alert x join alert a on a.seq = x.alert_seq where x.deletion_id = ${deletionId} group by 1
      ), family (id, merged) as (
        select i.id, false from touched t join incident i on i.tenant_id = ${tenantId} and i.id = t.id
        where t.chosen >= i.alerts_total
        union
        select m.id, true from family f join incident m on m.tenant_id = ${tenantId} and m.redirect_to = f.id
      )
      insert into deletion_item (tenant_id, incident_id, deletion_id)
      select ${tenantId}, id, ${deletionId} from family
      on conflict do nothing returning (select merged from family f where f.id = incident_id) as merged`.execute(trx);
    await sql`
      delete from deletion_alert x using alert a, deletion_item d
      where x.deletion_id = ${deletionId} and a.seq = x.alert_seq and d.tenant_id = a.tenant_id
        and d.incident_id = a.incident_id`.execute(trx);
    const letters = await sql<{ n: number }>`
      select count(*) as n from dead_letter where tenant_id = ${tenantId} and source = ${source}`.execute(trx);
    const incidents = whole.rows.filter(({ merged }) => !merged).length;
    if (alerts === 0 && letters.rows[0]?.n === 0) {
      await sql`delete from deletion where id = ${deletionId}`.execute(trx);
      return null;
    }
    if (alerts > 0) await raiseGeneration(trx, tenantId);
    const after = {
      kind: choice.kind,
      reason,
      ...(source !== null && { source }),
      incidents,
      alerts,
      letters: letters.rows[0]?.n,
    };
    noteChange(trx, { target: { kind: 'deletion', id: String(deletionId) }, after });
    return deletionId;
  });
}
