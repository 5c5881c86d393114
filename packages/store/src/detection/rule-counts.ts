import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** What a rule did from a day on. `costUs` is in microseconds. */
export type CountsOfRule = {
  ruleId: string;
  matches: number;
  alerts: number;
  folded: number;
  excepted: number;
  throttled: number;
  costUs: number;
  /** The last day (UTC) on which it matched, YYYY-MM-DD, however long ago. */
  lastMatchDay: string | null;
};

/** What a rule did on a day (UTC), YYYY-MM-DD. */
export type DayOfRule = Omit<CountsOfRule, 'ruleId' | 'costUs' | 'lastMatchDay'> & { day: string };

/** What each rule of a tenant did from the day `since` (UTC, YYYY-MM-DD) on; rules that never did anything are left out. */
export async function countsOfRules(db: Db, tenantId: string, since: string): Promise<CountsOfRule[]> {
  const { rows } = await sql<CountsOfRule>`
    select rule_id as "ruleId", coalesce(sum(matches) filter (where day >= d.since), 0)::float8 as matches,
      coalesce(sum(alerts) filter (where day >= d.since), 0)::float8 as alerts,
      coalesce(sum(folded) filter (where day >= d.since), 0)::float8 as folded,
      coalesce(sum(excepted) filter (where day >= d.since), 0)::float8 as excepted,
      coalesce(sum(throttled) filter (where day >= d.since), 0)::float8 as throttled,
      coalesce(sum(cost_us) filter (where day >= d.since), 0)::float8 as "costUs",
      to_char(max(day) filter (where matches > 0), 'YYYY-MM-DD') as "lastMatchDay"
    from detection_count, (select ${since}::date as since) as d
    where tenant_id = ${tenantId} group by rule_id`.execute(db);
  return rows;
}

/** The days of a rule from `since` (UTC, YYYY-MM-DD) on, the oldest first; days on which it did nothing are left out. */
export async function daysOfRule(db: Db, tenantId: string, ruleId: string, since: string): Promise<DayOfRule[]> {
  const { rows } = await sql<DayOfRule>`
    select to_char(day, 'YYYY-MM-DD') as day, matches::float8 as matches, alerts::float8 as alerts,
      folded::float8 as folded, excepted::float8 as excepted, throttled::float8 as throttled
    from detection_count where tenant_id = ${tenantId} and rule_id = ${ruleId} and day >= ${since}::date
    order by detection_count.day`.execute(db);
  return rows;
}
