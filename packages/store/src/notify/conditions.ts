import type { NoticeAbout, OperationFacts, OperationKind } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** The rule number of the watch that always runs. */
export const standingRule = 0;

/** A condition that is not closed; `since` is when it was first seen, ms UTC. */
export type StoredCondition = {
  id: number;
  ruleId: number;
  kind: OperationKind;
  subject: string;
  state: 'suspected' | 'open';
  since: number;
  openedAt: string | null;
};

/** Conditions of a tenant that are not closed; locked until the transaction ends. */
export async function openConditions(trx: Db, tenantId: string): Promise<StoredCondition[]> {
  const { rows } = await sql<Omit<StoredCondition, 'since'> & { since: string }>`
    select id, rule_id as "ruleId", kind, subject, state, suspected_at as since, opened_at as "openedAt"
    from operation_condition where tenant_id = ${tenantId} and state <> 'closed' order by id for update`.execute(trx);
  return rows.map((row) => ({ ...row, since: Date.parse(row.since) }));
}

/** Notes that a condition began. Returns its number. */
export async function beginCondition(
  trx: Db,
  tenantId: string,
  begun: { ruleId: number; kind: OperationKind; subject: string; open: boolean; facts: OperationFacts },
  now: Date,
): Promise<number> {
  const { ruleId, kind, subject, open, facts } = begun;
  const { id } = await trx
    .insertInto('operation_condition')
    .values({
      tenant_id: tenantId,
      rule_id: ruleId,
      kind,
      subject,
      state: open ? 'open' : 'suspected',
      facts: JSON.stringify(facts),
      suspected_at: now,
      opened_at: open ? now : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Notes that a suspected condition counts. */
export async function openCondition(trx: Db, id: number, facts: OperationFacts, now: Date): Promise<void> {
  await trx
    .updateTable('operation_condition')
    .set({ state: 'open', opened_at: now, facts: JSON.stringify(facts) })
    .where('id', '=', id)
    .execute();
}

/** Notes that an open condition is over; what was measured when it began stays. */
export async function closeCondition(trx: Db, id: number, by: 'recovered' | 'unwatched', now: Date): Promise<void> {
  await trx
    .updateTable('operation_condition')
    .set({ state: 'closed', closed_at: now, closed_by: by })
    .where('id', '=', id)
    .execute();
}

/** Forgets a suspected condition that went before it counted. */
export async function forgetCondition(trx: Db, id: number): Promise<void> {
  await trx.deleteFrom('operation_condition').where('id', '=', id).execute();
}

/** Forgets conditions that closed before `before`. */
export async function pruneConditions(db: Db, before: Date): Promise<void> {
  await sql`delete from operation_condition where state = 'closed' and closed_at < ${before}`.execute(db);
}

type About = Extract<NoticeAbout, { kind: 'operations' }>;
const aboutFields = sql`c.kind as condition, c.subject, c.facts, c.opened_at as "openedAt", c.closed_at as "closedAt"`;

/** What the watch that always runs saw of these kinds since `since`, newest first. */
export async function conditionsSince(
  db: Db,
  tenantId: string,
  since: Date,
  kinds: readonly string[],
): Promise<About[]> {
  const { rows } = await sql<About>`
    select 'operations' as kind, t.* from (
      select ${aboutFields} from operation_condition c
      where c.tenant_id = ${tenantId} and c.rule_id = ${standingRule} and c.kind = any(${kinds}::text[])
        and c.opened_at >= ${since}
      order by c.id desc) t`.execute(db);
  return rows;
}

/** Open conditions, or the latest closed ones, newest first, at most 100, with the rule that watches. */
export async function listConditions(
  db: Db,
  tenantId: string,
  state: 'open' | 'closed',
): Promise<(Omit<About, 'kind'> & { id: number; ruleName: string | null })[]> {
  const { rows } = await sql<Omit<About, 'kind'> & { id: number; ruleName: string | null }>`
    select c.id, ${aboutFields}, case when c.rule_id <> ${standingRule} then coalesce(r.name, 'Rule ' || c.rule_id) end as "ruleName"
    from operation_condition c
    left join notification_rule r on r.tenant_id = c.tenant_id and r.id = c.rule_id
    where c.tenant_id = ${tenantId} and c.state = ${state} and c.opened_at is not null
    order by c.opened_at desc, c.id desc limit 100`.execute(db);
  return rows;
}
