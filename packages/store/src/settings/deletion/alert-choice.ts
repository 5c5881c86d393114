import type { ChoicePreview } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../database.ts';

/**
 * Alerts to delete, in whichever incidents they are: those of a source, or those that the demo sent, known by what
 * their products call them (`ids`) and, of sensors that name none, by the number of the flow; with what our own detections
 * said of its devices, which are all in `domain`.
 */
export type AlertChoice = { kind: 'source'; source: string } | { kind: 'demo'; ids: readonly string[]; domain: string };

/** The condition that an alert `a` is chosen and not being deleted already. */
export function chosen(tenantId: string, choice: AlertChoice): RawBuilder<unknown> {
  const what =
    choice.kind === 'source'
      ? sql`a.source = ${choice.source}`
      : sql`(a.provider_alert_id = any(${[...choice.ids]}::text[])
          or (a.source = 'suricata' and a.doc -> 'additionalData' ->> 'flow_id' = any(${[...choice.ids]}::text[]))
          or (a.source = 'throughlineDetection' and strpos(a.doc::text, ${choice.domain}) > 0))`;
  return sql`a.tenant_id = ${tenantId} and ${what}
    and not exists (select from deletion_item d where d.tenant_id = a.tenant_id and d.incident_id = a.incident_id)
    and not exists (select from deletion_alert x where x.alert_seq = a.seq)`;
}

/** Counts what a deletion would take, without taking it. */
export async function previewChoice(db: Db, tenantId: string, choice: AlertChoice): Promise<ChoicePreview> {
  const source = choice.kind === 'source' ? choice.source : null;
  const { rows } = await sql<ChoicePreview>`
    with touched as (
      select a.incident_id as id, count(*) as chosen from alert a where ${chosen(tenantId, choice)} group by 1
    )
    select coalesce(sum(t.chosen), 0)::bigint as alerts,
      count(*) filter (where t.chosen >= i.alerts_total) as incidents,
      count(*) filter (where t.chosen < i.alerts_total) as "incidentsKept",
      (select count(*) from dead_letter l where l.tenant_id = ${tenantId} and l.source = ${source}) as letters,
      (select coalesce(sum((b.sources ->> ${source})::bigint), 0)::bigint from intake_batch b
        where b.tenant_id = ${tenantId} and b.done_at is null) as pending
    from touched t join incident i on i.tenant_id = ${tenantId} and i.id = t.id`.execute(db);
  return rows[0] ?? { alerts: 0, incidents: 0, incidentsKept: 0, letters: 0, pending: 0 };
}
