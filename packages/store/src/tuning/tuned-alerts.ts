import type { TunedState, TuningMatches } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { WriterTransaction } from '../pipeline/writer.ts';
import { type Condition, seesAlert, type Viewer } from '../query/viewer.ts';

const days = 30;

const inGroup = sql<boolean>`exists (select from incident quiet
  where quiet.tenant_id = a.tenant_id and quiet.id = a.incident_id and quiet.kind = 'background')`;

/** The condition that a tuning rule did this to `alert a`: it hides it still, it hid it, it resolved it. */
export function tunedAs(state: TunedState): Condition {
  if (state === 'resolved')
    return sql<boolean>`(a.tuning_rule is not null and a.decision #>> '{tuning,action}' = 'resolve')`;
  const setAside = sql<boolean>`(a.tuning_rule is not null and a.decision ->> 'kind' = 'tuned')`;
  return state === 'hidden'
    ? sql<boolean>`(${setAside} and ${inGroup})`
    : sql<boolean>`(${setAside} and not ${inGroup})`;
}

/** What became of the stored alerts of a rule that the viewer sees, and how many came in on each of the last 30 days (UTC). */
export async function matchesOfRule(db: Db, viewer: Viewer, ruleId: number, now: Date): Promise<TuningMatches> {
  const { rows } = await sql<{ hidden: number; released: number; resolved: number }>`
    select count(*) filter (where ${tunedAs('hidden')})::int as hidden,
      count(*) filter (where ${tunedAs('released')})::int as released,
      count(*) filter (where ${tunedAs('resolved')})::int as resolved
    from alert a where ${seesAlert(viewer)} and a.tuning_rule = ${ruleId}`.execute(db);
  const since = new Date(Date.parse(now.toISOString().slice(0, 10)) - (days - 1) * 86_400_000);
  const counted = await sql<{ date: string; alerts: number }>`
    select to_char(a.received_at at time zone 'UTC', 'YYYY-MM-DD') as date, count(*)::int as alerts
    from alert a where ${seesAlert(viewer)} and a.tuning_rule = ${ruleId} and a.received_at >= ${since.toISOString()}
    group by 1`.execute(db);
  const byDate = new Map(counted.rows.map(({ date, alerts }) => [date, alerts]));
  const dates = Array.from({ length: days }, (_, at) =>
    new Date(since.getTime() + at * 86_400_000).toISOString().slice(0, 10),
  );
  const [counts = { hidden: 0, released: 0, resolved: 0 }] = rows;
  return { ...counts, days: dates.map((date) => ({ date, alerts: byDate.get(date) ?? 0 })) };
}

/** Whether an alert says that the rule applied to it, be the rule still there or not. */
export async function appliedOnce(db: Db, tenantId: string, ruleId: number): Promise<boolean> {
  const { rows } = await sql`
    select from alert where tenant_id = ${tenantId} and tuning_rule = ${ruleId} limit 1`.execute(db);
  return rows.length > 0;
}

/** An alert that a rule hides, and the quiet group it is in. */
export type HiddenAlert = { seq: number; incidentId: number; rule: string };

/**
 * Alerts that a rule hides and the viewer sees: those of `ids`, or (null) those of so many of its quiet groups that they
 * come to about `most`, the oldest groups first and each whole.
 */
export async function hiddenAlerts(
  trx: WriterTransaction,
  viewer: Viewer,
  { ruleId, ids, most }: { ruleId: number; ids: readonly string[] | null; most: number },
): Promise<HiddenAlert[]> {
  const named = ids === null ? sql`true` : sql`a.id = any(${ids}::text[])`;
  const { rows } = await sql<HiddenAlert>`
    with hidden as (
      select a.seq, a.incident_id, a.decision #>> '{tuning,name}' as rule from alert a
      where ${seesAlert(viewer)} and a.tuning_rule = ${ruleId} and ${tunedAs('hidden')} and ${named}
    ), grouped as (
      select incident_id, sum(count(*)) over (order by incident_id) - count(*) as before from hidden group by 1
    )
    select h.seq, h.incident_id as "incidentId", h.rule from hidden h join grouped g using (incident_id)
    where g.before < ${most} order by h.incident_id, h.seq`.execute(trx);
  return rows;
}

/** Makes quiet groups incidents that queues show. */
export async function showGroups(trx: WriterTransaction, tenantId: string, ids: readonly number[]): Promise<void> {
  await sql`
    update incident set kind = 'incident' where tenant_id = ${tenantId} and id = any(${ids}::int[])`.execute(trx);
}
