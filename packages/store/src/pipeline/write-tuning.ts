import { sql } from 'kysely';
import type { ActivityWrite } from './record-activity.ts';
import { recordSet } from './record-set.ts';
import type { AlertWrite } from './write-alerts.ts';
import type { WriterTransaction } from './writer.ts';

/** Counts the alerts to which tuning rules applied. `now` is ISO 8601. */
export async function countTuned(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  alerts: readonly AlertWrite[],
): Promise<void> {
  const counts = new Map<number, number>();
  for (const { decision } of alerts) {
    if (decision.tuning) counts.set(decision.tuning.ruleId, (counts.get(decision.tuning.ruleId) ?? 0) + 1);
  }
  if (counts.size === 0) return;
  const rows = [...counts].map(([rule, matched]) => ({ rule, matched }));
  await sql`
    insert into tuning_match as m (tenant_id, rule_id, matched, last_match_at)
    select ${tenantId}, rule, matched, ${now}::timestamptz
    from json_to_recordset(${recordSet(rows)}::json) as t (rule int, matched bigint) order by rule
    on conflict (tenant_id, rule_id) do update
      set matched = m.matched + excluded.matched, last_match_at = excluded.last_match_at`.execute(trx);
}

/**
 * Opens the incidents among `ids` that arrived resolved by a tuning rule and now hold an alert that is not resolved,
 * unless a person decided about them. Returns what the activity log says of it.
 */
export async function reopenTuned(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  ids: readonly number[],
): Promise<ActivityWrite[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    update incident set status = 'active', resolved_by_tuning = false, resolved_at = null, resolving_comment = null,
      classification = 'unknown', determination = 'unknown', updated_at = ${now}
    where tenant_id = ${tenantId} and id = any(${ids}::int[]) and resolved_by_tuning and status = 'resolved'
      and standing_version = 0 and alerts_active > 0
    returning id`.execute(trx);
  return rows
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .map((incidentId) => ({
      kind: 'statusChanged' as const,
      incidentId,
      alertId: null,
      summary: 'Opened: it was resolved on arrival by a tuning rule and now holds an alert that is not resolved',
      before: { status: 'resolved' },
      after: { status: 'active' },
    }));
}
