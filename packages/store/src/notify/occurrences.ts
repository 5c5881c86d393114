import { type Severity, severities } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** What correlation did with one alert; see `plan` of the notify room. */
export type StoredOccurrence = {
  incidentId: number;
  background: boolean;
  incidentCreated: string;
  alert: {
    id: string;
    title: string;
    at: string;
    severity: Severity;
    serviceSource: string;
    detectionSource: string;
    groups: number[];
  };
  /** Set when its source raised the severity of an alert that is known. */
  raisedFrom?: Severity;
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

/** A stretch of what happened. Belongs into one transaction with the plan and `movePosition`. */
export type Stretch = {
  occurrences: StoredOccurrence[];
  /** The position after the alerts; undefined when no alert is new. */
  last: number | undefined;
  /** Raised severities that are judged with it. */
  raises: number[];
  /** There may be more. */
  more: boolean;
};

/**
 * The next alerts of a tenant that were not judged, in the order of correlation, at most `limit`, then the severities
 * that were raised of alerts judged before; locks the position until the transaction ends.
 */
export async function nextOccurrences(trx: Db, tenantId: string, limit: number): Promise<Stretch> {
  const from = await lockPosition(trx, tenantId);
  // One writer a tenant commits in the order of seq: what is behind the position is complete. An alert whose severity
  // was raised meanwhile is judged as it came; that it was raised follows.
  const { rows } = await sql<Row>`
    select a.seq, ${alertFields}, a.decision -> 'merges' as merges, a.origin_incident_id as incident_id,
      coalesce((select r.severity_before from notification_raise r where r.tenant_id = a.tenant_id
        and r.alert_seq = a.seq order by r.id limit 1), a.severity) as severity
    from alert a join incident i on i.tenant_id = a.tenant_id and i.id = a.origin_incident_id
    where a.tenant_id = ${tenantId} and a.seq > ${from}
    order by a.seq limit ${limit}`.execute(trx);
  const last = rows.at(-1)?.seq;
  const full = rows.length === limit;
  const raised = full ? [] : await nextRaises(trx, tenantId, last ?? from, limit);
  return {
    occurrences: [...rows.map(occurrenceOf), ...raised.map(occurrenceOf)],
    last,
    raises: raised.map(({ raise_id }) => raise_id ?? 0),
    more: full || raised.length === limit,
  };
}

type Row = {
  seq: number;
  raise_id?: number;
  raised_from?: number;
  id: string;
  incident_id: number;
  title: string;
  severity: number;
  service_source: string;
  detection_source: string;
  last_activity: string;
  groups: number[];
  merges: { from: number; into: number }[] | null;
  background: boolean;
  created_at: string;
};

const alertFields = sql`a.id, left(a.title, 1000) as title, left(a.service_source, 1000) as service_source,
  left(a.detection_source, 1000) as detection_source, a.last_activity, a.device_groups as groups,
  i.kind = 'background' or a.tuned_resolved as background, i.created_at`;

/** Raised severities in order, up to the first of an alert that is not judged yet. */
async function nextRaises(trx: Db, tenantId: string, judged: number, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select a.seq, r.id as raise_id, r.severity_before as raised_from, r.severity_after as severity, ${alertFields},
      null::json as merges, a.incident_id
    from notification_raise r
    join alert a on a.tenant_id = r.tenant_id and a.seq = r.alert_seq
    join incident i on i.tenant_id = a.tenant_id and i.id = a.incident_id
    where r.tenant_id = ${tenantId}
    order by r.id limit ${limit}`.execute(trx);
  const early = rows.findIndex(({ seq }) => seq > judged);
  return early < 0 ? rows : rows.slice(0, early);
}

function occurrenceOf(row: Row): StoredOccurrence {
  const { raised_from } = row;
  return {
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
      groups: row.groups,
    },
    ...(raised_from === undefined ? {} : { raisedFrom: severities[raised_from] ?? 'unknown' }),
    merges: (row.merges ?? []).map(({ from, into }) => ({ from, into })),
  };
}

/** Forgets raised severities that were judged. */
export async function dropRaises(trx: Db, tenantId: string, ids: readonly number[] | 'all'): Promise<void> {
  const which = ids === 'all' ? sql`true` : sql`id = any(${ids}::bigint[])`;
  await sql`delete from notification_raise where tenant_id = ${tenantId} and ${which}`.execute(trx);
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
