import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** A rule that is held back for a while. `facts` say what was measured. */
export type Throttle = {
  ruleId: string;
  why: 'noisy' | 'expensive';
  sinceDateTime: string;
  untilDateTime: string;
  facts: Record<string, number>;
};

/** The rules of a tenant that are held back now. */
export async function currentThrottles(db: Db, tenantId: string, now: Date): Promise<Throttle[]> {
  const { rows } = await sql<Throttle>`
    select rule_id as "ruleId", why, since as "sinceDateTime", until as "untilDateTime", facts
    from detection_throttle where tenant_id = ${tenantId} and until > ${now.toISOString()}::timestamptz
    order by rule_id`.execute(db);
  return rows;
}

/** Holds a rule back, or longer. */
export async function holdRule(db: Db, tenantId: string, throttle: Throttle): Promise<void> {
  const { ruleId, why, sinceDateTime, untilDateTime, facts } = throttle;
  await sql`
    insert into detection_throttle (tenant_id, rule_id, why, since, until, facts)
    values (${tenantId}, ${ruleId}, ${why}, ${sinceDateTime}, ${untilDateTime}, ${JSON.stringify(facts)})
    on conflict (tenant_id, rule_id) do update set why = excluded.why, since = excluded.since, until = excluded.until,
      facts = excluded.facts`.execute(db);
}
