import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** How often a rule spoke or stayed silent for a reason; see `matchReasons` of the notify room. */
export type RuleCount = { ruleId: number; reason: string; count: number };

/** Adds to the counts of the day (UTC). Belongs into the transaction that judges. */
export async function addRuleCounts(trx: Db, tenantId: string, counts: readonly RuleCount[], now: Date): Promise<void> {
  if (counts.length === 0) return;
  await sql`
    insert into notification_rule_count (tenant_id, rule_id, day, reason, count)
    select ${tenantId}, "ruleId", (${now}::timestamptz at time zone 'utc')::date, reason, sum(count)
    from json_to_recordset(${JSON.stringify(counts)}::json) as t ("ruleId" int, reason text, count int)
    group by 2, 4
    on conflict (tenant_id, rule_id, day, reason) do update set count = notification_rule_count.count + excluded.count`.execute(
    trx,
  );
}

/** Forgets the counts of days before `before`. */
export async function pruneRuleCounts(db: Db, before: Date): Promise<void> {
  await sql`delete from notification_rule_count where day < (${before}::timestamptz at time zone 'utc')::date`.execute(
    db,
  );
}
