import { type NoticeEvent, noticeEvents } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordSet } from '../pipeline/record-set.ts';
import { startEscalations } from './escalations.ts';
import type { StoredThread } from './occurrences.ts';
import { addRuleCounts, type RuleCount } from './rule-counts.ts';
import type { StoredAlertLine, StoredRecipient } from './stored-shapes.ts';

type Content = {
  ruleId: number;
  rootId: number;
  window: number;
  incidentId: number;
  event: NoticeEvent;
  alerts: readonly StoredAlertLine[];
  alertCount: number;
  mergedFrom: readonly number[];
};

/** What is to be written of a plan; times are ms UTC. */
export type PlanWrite = {
  notices: readonly (Content & { ruleName: string; due: number; recipients: readonly StoredRecipient[] })[];
  additions: readonly Content[];
  dropped: readonly { ruleId: number; rootId: number; window: number }[];
  threads: readonly StoredThread[];
  endedThreads: readonly { ruleId: number; incidentId: number }[];
  counts: readonly RuleCount[];
};

/** Names a message to one recipient: what is repeated with the same key is the same message. */
export function deliveryKey(thread: string, window: number): string {
  return `${thread}/${window}`;
}

/** Messages of one rule about one incident to one recipient are a thread. */
export function deliveryThread(
  ruleId: number,
  rootId: number,
  { channel, target }: Pick<StoredRecipient, 'channel' | 'target'>,
): string {
  return `${ruleId}/${rootId}/${channel}/${target.toLowerCase()}`;
}

/**
 * Writes a plan within the caller's transaction. `lines` is how many alerts a message lists, `patience` for how long it
 * is tried, ms.
 */
export async function writePlan(
  trx: Db,
  tenantId: string,
  plan: PlanWrite,
  { now, lines, patience }: { now: Date; lines: number; patience: number },
): Promise<void> {
  await addToNotices(trx, tenantId, plan.additions, lines);
  await dropNotices(trx, tenantId, plan.dropped);
  await endThreads(trx, tenantId, plan.endedThreads);
  await putThreads(trx, tenantId, plan.threads);
  await insertNotices(trx, tenantId, plan.notices, now, patience);
  await startEscalations(trx, tenantId, plan.notices, now);
  await addRuleCounts(trx, tenantId, plan.counts, now);
}

async function insertNotices(trx: Db, tenantId: string, notices: PlanWrite['notices'], now: Date, patience: number) {
  if (notices.length === 0) return;
  const rows = notices.map(({ recipients: _, ...notice }, ord) => ({ ord, ...notice }));
  const { rows: ids } = await sql<{ id: number; rule_id: number; root_id: number; window_no: number }>`
    insert into notification_notice
      (tenant_id, rule_id, rule_name, root_id, window_no, incident_id, event, alerts, alert_count, merged_from, created_at)
    select ${tenantId}, "ruleId", "ruleName", "rootId", "window", "incidentId", event, alerts, "alertCount",
      "mergedFrom", ${now}
    from json_to_recordset(${recordSet(rows)}::json) as t (ord int, "ruleId" int, "ruleName" text, "rootId" int,
      "window" int, "incidentId" int, event text, alerts jsonb, "alertCount" int, "mergedFrom" int[])
    order by ord
    returning id, rule_id, root_id, window_no`.execute(trx);
  const idOf = new Map(ids.map((row) => [`${row.rule_id}/${row.root_id}/${row.window_no}`, row.id]));
  const outgoing = notices.map((notice) => ({
    ...notice,
    notice: idOf.get(`${notice.ruleId}/${notice.rootId}/${notice.window}`) ?? 0,
  }));
  await insertDeliveries(trx, tenantId, outgoing, now, patience);
}

/** Puts messages into the outbox: one for each recipient, due at `due` (ms UTC) and tried for `patience` ms. */
export async function insertDeliveries(
  trx: Db,
  tenantId: string,
  notices: readonly {
    notice: number;
    ruleId: number;
    rootId: number;
    window: number;
    due: number;
    recipients: readonly StoredRecipient[];
  }[],
  now: Date,
  patience: number,
): Promise<void> {
  const deliveries = notices.flatMap(({ notice, ruleId, rootId, window, due, recipients }) =>
    recipients.map((recipient) => {
      const thread = deliveryThread(ruleId, rootId, recipient);
      const { channel, target } = recipient;
      const times = { due: new Date(due), giveUp: new Date(due + patience) };
      return { notice, key: deliveryKey(thread, window), thread, channel, target, ...times };
    }),
  );
  await sql`
    insert into notification_delivery
      (tenant_id, notice_id, key, thread_key, channel, target, due_at, give_up_at, created_at)
    select ${tenantId}, notice, key, thread, channel, target, due, "giveUp", ${now}
    from json_to_recordset(${recordSet(deliveries)}::json) as t (notice bigint, key text, thread text, channel text,
      target text, due timestamptz, "giveUp" timestamptz)`.execute(trx);
}

async function addToNotices(trx: Db, tenantId: string, additions: readonly Content[], lines: number) {
  if (additions.length === 0) return;
  const { rows } = await sql`
    update notification_notice n set
      incident_id = t."incidentId",
      event = case when array_position(${[...noticeEvents]}::text[], n.event) <= array_position(${[...noticeEvents]}::text[], t.event)
        then n.event else t.event end,
      alerts = jsonb_path_query_array(k.others || t.alerts, '$[0 to $last]', jsonb_build_object('last', ${lines - 1}::int)),
      alert_count = n.alert_count - k.repeated + t."alertCount",
      merged_from = n.merged_from || t."mergedFrom"
    from json_to_recordset(${recordSet(additions)}::json) as t ("ruleId" int, "rootId" int, "window" int,
      "incidentId" int, event text, alerts jsonb, "alertCount" int, "mergedFrom" int[])
    cross join lateral (${openNotice(tenantId)}) m
    cross join lateral (${alertsKept}) k
    where n.id = m.id
    returning n.id`.execute(trx);
  if (rows.length !== additions.length) {
    throw new Error('a message was rendered while it was added to: the plan is made again');
  }
}

async function dropNotices(trx: Db, tenantId: string, dropped: PlanWrite['dropped']) {
  if (dropped.length === 0) return;
  await sql`
    delete from notification_notice n
    using json_to_recordset(${recordSet(dropped)}::json) as t ("ruleId" int, "rootId" int, "window" int)
    cross join lateral (${openNotice(tenantId)}) m
    where n.id = m.id`.execute(trx);
}

// Alerts of the message that are not named anew: one whose severity rose stands once.
const alertsKept = sql`
  select coalesce(jsonb_agg(line order by place) filter (where not again), '[]') as others,
    count(*) filter (where again) as repeated
  from (select line, place, coalesce(t.alerts @> jsonb_build_array(jsonb_build_object('id', line -> 'id'))
      and line ? 'id', false) as again
    from notification_notice o, jsonb_array_elements(o.alerts) with ordinality e (line, place) where o.id = m.id) lines`;

// The limit makes it a look-up by key for each row, whatever the planner believes about the table's size.
function openNotice(tenantId: string) {
  return sql`select id from notification_notice o where o.tenant_id = ${tenantId} and o.rule_id = t."ruleId"
    and o.root_id = t."rootId" and o.window_no = t."window" and o.rendered_at is null limit 1`;
}

async function putThreads(trx: Db, tenantId: string, threads: readonly StoredThread[]) {
  if (threads.length === 0) return;
  const rows = threads.map((thread) => ({ ...thread, quietUntil: new Date(thread.quietUntil) }));
  await sql`
    insert into notification_thread (tenant_id, rule_id, incident_id, root_id, window_no, quiet_until)
    select ${tenantId}, "ruleId", "incidentId", "rootId", "window", "quietUntil"
    from json_to_recordset(${recordSet(rows)}::json) as t ("ruleId" int, "incidentId" int, "rootId" int, "window" int,
      "quietUntil" timestamptz)
    on conflict (tenant_id, rule_id, incident_id) do update set root_id = excluded.root_id,
      window_no = excluded.window_no, quiet_until = excluded.quiet_until`.execute(trx);
}

async function endThreads(trx: Db, tenantId: string, ended: PlanWrite['endedThreads']) {
  if (ended.length === 0) return;
  await sql`
    delete from notification_thread n
    using json_to_recordset(${recordSet(ended)}::json) as t ("ruleId" int, "incidentId" int)
    where n.tenant_id = ${tenantId} and n.rule_id = t."ruleId" and n.incident_id = t."incidentId"`.execute(trx);
}
