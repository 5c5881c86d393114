import type { PastHunt } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { QueryOwner } from './saved-queries.ts';

/** How many hunts of a person are remembered, and for how long. */
export const mostPastHunts = 30;
const KEPT_DAYS = 28;

/** What a person ran lately, the newest first. */
export async function pastHunts(db: Db, owner: QueryOwner, now: Date): Promise<PastHunt[]> {
  const { rows } = await sql<PastHunt>`
    select id, query, at, result, rows::int as rows, elapsed_ms::int as "elapsedMs" from hunt_run
    where tenant_id = ${owner.tenantId} and account_id = ${owner.accountId}
      and at > ${now.toISOString()}::timestamptz - make_interval(days => ${KEPT_DAYS})
    order by id desc limit ${mostPastHunts}`.execute(db);
  return rows;
}

/** Remembers a hunt, and forgets the person's oldest. */
export async function rememberHunt(db: Db, owner: QueryOwner, hunt: Omit<PastHunt, 'id'>): Promise<void> {
  await sql`
    with kept as (
      insert into hunt_run (tenant_id, account_id, at, query, result, rows, elapsed_ms)
      values (${owner.tenantId}, ${owner.accountId}, ${hunt.at}, ${hunt.query}, ${hunt.result}, ${hunt.rows},
        ${hunt.elapsedMs}))
    delete from hunt_run where id in (
      select id from hunt_run where tenant_id = ${owner.tenantId} and account_id = ${owner.accountId}
      order by id desc offset ${mostPastHunts - 1})`.execute(db);
}
