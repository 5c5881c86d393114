import { correlationActor } from '@throughline/model';
import { sql } from 'kysely';
import { type RearrangedBy, writeJournal } from '../rearrange/journal.ts';
import { recountScope } from './incident-scope.ts';
import type { WriterTransaction } from './writer.ts';

/**
 * Merges incident `from` into `into`: alerts, entities, tags and totals move; `from` stays addressable and redirects,
 * as does all that redirected to it. A name or severity that a person set survives, as does what a person decided about
 * `from` when nobody decided anything about `into`. Returns the number of its entry in the journal, and the alerts that
 * went (alert.seq).
 */
export async function mergeIncident(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  { from, into }: { from: number; into: number },
  by: RearrangedBy = { actor: correlationActor },
): Promise<{ id: number; alerts: number[] }> {
  const decided = (id: number) => sql<Record<string, unknown>>`
    (select decided(i) from incident i where i.tenant_id = ${tenantId} and i.id = ${id})`;
  const before = await sql<{ from: object; into: object }>`
    select ${decided(from)} as "from", ${decided(into)} as "into"`.execute(trx);
  const moved = await sql<{ seq: number }>`
    update alert set incident_id = ${into} where tenant_id = ${tenantId} and incident_id = ${from} returning seq`.execute(
    trx,
  );
  await sql`
    with moved as (
      delete from incident_entity where tenant_id = ${tenantId} and incident_id = ${from} returning *
    )
    insert into incident_entity as k (tenant_id, incident_id, entity_n, kind, alerts_total, first_seen, last_seen)
    select tenant_id, ${into}, entity_n, kind, alerts_total, first_seen, last_seen from moved
    on conflict (tenant_id, incident_id, entity_n) do update set alerts_total = k.alerts_total + excluded.alerts_total,
      first_seen = least(k.first_seen, excluded.first_seen), last_seen = greatest(k.last_seen, excluded.last_seen)`.execute(
    trx,
  );
  const undecided = sql`i.standing_version = 0 and f.standing_version > 0`;
  await sql`
    update incident i set
      alerts_total = i.alerts_total + f.alerts_total,
      alerts_active = i.alerts_active + f.alerts_active,
      first_activity = least(i.first_activity, f.first_activity),
      last_activity = greatest(i.last_activity, f.last_activity),
      custom_tags = array(select distinct unnest(i.custom_tags || f.custom_tags) order by 1),
      system_tags = array(select distinct unnest(i.system_tags || f.system_tags) order by 1),
      display_name = case when f.name_locked and not i.name_locked then f.display_name else i.display_name end,
      name_locked = i.name_locked or f.name_locked,
      severity = case when f.severity_locked and not i.severity_locked then f.severity else i.severity end,
      severity_locked = i.severity_locked or f.severity_locked,
      assigned_to = case when ${undecided} then f.assigned_to else i.assigned_to end,
      status = case when ${undecided} then f.status else i.status end,
      classification = case when ${undecided} then f.classification else i.classification end,
      determination = case when ${undecided} then f.determination else i.determination end,
      resolved_by_tuning = i.resolved_by_tuning and not (${undecided}),
      standing_version = greatest(i.standing_version, f.standing_version),
      updated_at = ${now}
    from incident f
    where i.tenant_id = ${tenantId} and i.id = ${into} and f.tenant_id = ${tenantId} and f.id = ${from}`.execute(trx);
  await sql`
    update incident set status = 'redirected', redirect_to = ${into}, alerts_total = 0, alerts_active = 0,
      system_tags = array(select distinct unnest(system_tags || array['Redirected']) order by 1), updated_at = ${now}
    where tenant_id = ${tenantId} and id = ${from}`.execute(trx);
  const ledOn = await sql<{ id: number }>`
    update incident set redirect_to = ${into} where tenant_id = ${tenantId} and redirect_to = ${from}
    returning id`.execute(trx);
  await recountScope(trx, tenantId, [from, into]);
  const after = await sql<{ became: object }>`select ${decided(into)} as became`.execute(trx);
  const alerts = moved.rows.map(({ seq }) => seq).sort((a, b) => a - b);
  const id = await writeJournal(trx, tenantId, now, {
    ...by,
    kind: 'merge',
    from,
    into,
    alerts,
    ledOn: ledOn.rows.map((row) => row.id),
    was: { ...before.rows[0], ...after.rows[0] },
  });
  return { id, alerts };
}
