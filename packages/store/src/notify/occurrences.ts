import { type Severity, severities } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** What correlation did with one alert; see `plan` of the notify room. */
export type StoredOccurrence = {
  incidentId: number;
  background: boolean;
  incidentCreated: string;
  alert: { id: string; title: string; at: string; severity: Severity; serviceSource: string; detectionSource: string };
  merges: { from: number; into: number }[];
};

/** That a rule has told about an incident. `quietUntil` is ms UTC. */
export type StoredThread = {
  ruleId: number;
  incidentId: number;
  rootId: number;
  window: number;
  quietUntil: number;
  open: boolean;
};

/**
 * The next alerts of a tenant that were not judged, in the order of correlation, at most `limit`; locks the position
 * until the transaction ends. `last` is the position after them; undefined when nothing is new.
 */
export async function nextOccurrences(
  trx: Db,
  tenantId: string,
  limit: number,
): Promise<{ occurrences: StoredOccurrence[]; last: number | undefined }> {
  const from = await lockPosition(trx, tenantId);
  // One writer a tenant commits in the order of seq: what is behind the position is complete.
  const { rows } = await sql<{
    seq: number;
    id: string;
    incident_id: number;
    title: string;
    severity: number;
    service_source: string;
    detection_source: string;
    last_activity: string;
    merges: { from: number; into: number }[] | null;
    background: boolean;
    created_at: string;
  }>`
    select a.seq, a.id, a.origin_incident_id as incident_id, left(a.title, 1000) as title, a.severity,
      left(a.service_source, 1000) as service_source, left(a.detection_source, 1000) as detection_source,
      a.last_activity, a.decision -> 'merges' as merges, i.kind = 'background' as background, i.created_at
    from alert a join incident i on i.tenant_id = a.tenant_id and i.id = a.origin_incident_id
    where a.tenant_id = ${tenantId} and a.seq > ${from}
    order by a.seq limit ${limit}`.execute(trx);
  const occurrences = rows.map((row) => ({
    incidentId: row.incident_id,
    background: row.background,
    incidentCreated: row.created_at,
    alert: {
      id: row.id,
      title: row.title,
      at: row.last_activity,
      severity: severities[row.severity] ?? 'unknown',
      serviceSource: row.service_source,
      detectionSource: row.detection_source,
    },
    merges: (row.merges ?? []).map(({ from: absorbed, into }) => ({ from: absorbed, into })),
  }));
  return { occurrences, last: rows.at(-1)?.seq };
}

/** Moves the position to `seq`, or past every alert there is. Belongs into the transaction that writes the plan. */
export async function movePosition(trx: Db, tenantId: string, seq: number | 'end'): Promise<void> {
  if (seq === 'end') {
    const from = await lockPosition(trx, tenantId);
    const { rows } = await sql<{ seq: number }>`
      select seq from alert where tenant_id = ${tenantId} and seq > ${from} order by seq desc limit 1`.execute(trx);
    if (rows[0] === undefined) return;
    return movePosition(trx, tenantId, rows[0].seq);
  }
  await trx.updateTable('notification_position').set({ alert_seq: seq }).where('tenant_id', '=', tenantId).execute();
}

async function lockPosition(trx: Db, tenantId: string): Promise<number> {
  const read = () =>
    trx
      .selectFrom('notification_position')
      .select('alert_seq')
      .where('tenant_id', '=', tenantId)
      .forUpdate()
      .executeTakeFirst();
  const row = await read();
  if (row !== undefined) return row.alert_seq;
  await trx
    .insertInto('notification_position')
    .values({ tenant_id: tenantId, alert_seq: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await read())?.alert_seq ?? 0;
}

/** The threads of `incidentIds`; messages of theirs that are not rendered stay so until the transaction ends. */
export async function readThreads(trx: Db, tenantId: string, incidentIds: readonly number[]): Promise<StoredThread[]> {
  const { rows } = await sql<{
    rule_id: number;
    incident_id: number;
    root_id: number;
    window_no: number;
    quiet_until: string;
    notice_id: number | null;
  }>`
    select t.rule_id, t.incident_id, t.root_id, t.window_no, t.quiet_until, n.id as notice_id
    from notification_thread t
    left join lateral (
      select id from notification_notice n
      where n.tenant_id = t.tenant_id and n.rule_id = t.rule_id and n.root_id = t.root_id
        and n.window_no = t.window_no and n.rendered_at is null
      for update
    ) n on true
    where t.tenant_id = ${tenantId} and t.incident_id = any(${incidentIds}::int[])`.execute(trx);
  return rows.map((row) => ({
    ruleId: row.rule_id,
    incidentId: row.incident_id,
    rootId: row.root_id,
    window: row.window_no,
    quietUntil: Date.parse(row.quiet_until),
    open: row.notice_id !== null,
  }));
}
