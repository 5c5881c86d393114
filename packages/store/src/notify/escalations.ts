import type { EscalationStep, IncidentEscalation } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordSet } from '../pipeline/record-set.ts';

/** An escalation whose next step is due. */
export type DueEscalation = {
  id: number;
  tenantId: string;
  ruleId: number;
  ruleName: string;
  policyName: string;
  rootId: number;
  incidentId: number;
  steps: EscalationStep[];
  repeats: number;
  /** The step that is due, from 0 over all rounds. */
  step: number;
};

/**
 * Begins escalations with the first messages of rules that have a policy, within the transaction that writes those.
 * What began once does not begin again.
 */
export async function startEscalations(
  trx: Db,
  tenantId: string,
  notices: readonly { ruleId: number; rootId: number; window: number; incidentId: number | null }[],
  now: Date,
): Promise<void> {
  const first = notices
    .filter(({ window, incidentId }) => window === 0 && incidentId !== null)
    .map(({ ruleId, rootId, incidentId }) => ({ ruleId, rootId, incidentId }));
  if (first.length === 0) return;
  await sql`
    insert into notification_escalation (tenant_id, rule_id, rule_name, policy_id, policy_name, steps, repeats, root_id,
      incident_id, started_at, next_at)
    select r.tenant_id, r.id, r.name, p.id, p.name, p.steps, p.repeats, t."rootId", t."incidentId", ${now},
      ${now}::timestamptz + make_interval(mins => (p.steps -> 0 ->> 'afterMinutes')::int)
    from json_to_recordset(${recordSet(first)}::json) as t ("ruleId" int, "rootId" int, "incidentId" int)
    join notification_rule r on r.tenant_id = ${tenantId} and r.id = t."ruleId" and r.kind = 'incident'
    join escalation_policy p on p.tenant_id = r.tenant_id and p.id = r.policy_id
    on conflict (tenant_id, rule_id, root_id) do nothing`.execute(trx);
}

/**
 * Ends what runs although somebody took the incident up or it changed otherwise, follows merges, and discards steps'
 * messages that wait for nothing. The incident's row decides, whoever changed it and however.
 */
export async function endEscalations(db: Db, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`
      update notification_escalation e set incident_id = i.redirect_to from incident i
      where e.state = 'running' and i.tenant_id = e.tenant_id and i.id = e.incident_id and i.redirect_to is not null
        and i.redirect_to <> i.id`.execute(trx);
    await sql`
      update notification_escalation e set ended_at = ${now}, next_at = null, ended_by = x.by, state = x.state
      from (
        select e.id, i.last_modified_by as by, case
          when r.id is null or not r.enabled then 'ruleGone'
          when i.assigned_to is not null then 'assigned'
          when i.status <> 'active' then 'statusChanged'
          when exists (select from notification_escalation o where o.tenant_id = e.tenant_id and o.rule_id = e.rule_id
            and o.incident_id = e.incident_id and o.state = 'running' and o.id < e.id) then 'merged'
          end as state
        from notification_escalation e
        join incident i on i.tenant_id = e.tenant_id and i.id = e.incident_id
        left join notification_rule r on r.tenant_id = e.tenant_id and r.id = e.rule_id
        where e.state = 'running'
      ) x where x.id = e.id and e.state = 'running' and x.state is not null`.execute(trx);
    await sql`
      delete from notification_delivery d using notification_escalation e
      where e.id = d.escalation_id and e.state <> 'running' and d.state = 'waiting'
        and d.said ->> 'kind' = 'escalated'`.execute(trx);
  });
}

/** Escalations whose next step is due, locked until the transaction ends; what another process holds is left out. */
export async function dueEscalations(trx: Db, now: Date, limit: number): Promise<DueEscalation[]> {
  const { rows } = await sql<DueEscalation>`
    select id, tenant_id as "tenantId", rule_id as "ruleId", rule_name as "ruleName", policy_name as "policyName",
      root_id as "rootId", incident_id as "incidentId", steps, repeats, step
    from notification_escalation where state = 'running' and next_at <= ${now}
    order by next_at, id limit ${limit} for update skip locked`.execute(trx);
  return rows;
}

/** Notes that a step was told; `nextAt` null = no step is left. Belongs into the transaction that writes its messages. */
export async function moveEscalation(trx: Db, id: number, step: number, nextAt: Date | null): Promise<void> {
  await trx.updateTable('notification_escalation').set({ step, next_at: nextAt }).where('id', '=', id).execute();
}

/** The escalation that a rule runs for an incident's thread: while it runs, messages carry an acknowledge link. */
export async function runningEscalation(
  db: Db,
  tenantId: string,
  ruleId: number,
  incidentId: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('notification_escalation')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('rule_id', '=', ruleId)
    .where('incident_id', '=', incidentId)
    .where('state', '=', 'running')
    .orderBy('id')
    .executeTakeFirst();
  return row?.id;
}

/** How the rule of an escalation shows incidents. `deviceGroups`: nothing else may be told; null = all. */
export type EscalationShows = {
  running: boolean;
  deviceGroups: number[] | null;
  includeOrganization: boolean;
  includeLink: boolean;
};

/** undefined when its rule is gone. */
export async function escalationShows(db: Db, id: number): Promise<EscalationShows | undefined> {
  const { rows } = await sql<EscalationShows>`
    select e.state = 'running' as running, r.device_groups as "deviceGroups",
      coalesce((r.definition ->> 'includeOrganization')::boolean, false) as "includeOrganization",
      coalesce((r.definition ->> 'includeLink')::boolean, false) as "includeLink"
    from notification_escalation e join notification_rule r on r.tenant_id = e.tenant_id and r.id = e.rule_id
    where e.id = ${id}`.execute(db);
  return rows[0];
}

/** What tells installations apart in Message-IDs. */
export async function notificationStream(db: Db, tenantId: string): Promise<string> {
  const row = await db
    .selectFrom('notification_position')
    .select('stream')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return row?.stream ?? tenantId;
}

/** The escalation of an incident that runs, else the last; null when there was none. */
export async function escalationOf(db: Db, tenantId: string, incidentId: number): Promise<IncidentEscalation | null> {
  const { rows } = await sql<IncidentEscalation>`
    select id, policy_name as "policyName", rule_name as "ruleName", state, started_at as "startedDateTime",
      next_at as "nextDateTime", ended_by as "endedBy", ended_at as "endedDateTime"
    from notification_escalation where tenant_id = ${tenantId} and incident_id = ${incidentId}
    order by (state = 'running') desc, id desc limit 1`.execute(db);
  return rows[0] ?? null;
}
