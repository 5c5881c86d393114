import type { Alert } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { recordSet } from '../pipeline/record-set.ts';

/** Matches of one rule on one asset within one window, of one group of batches. Times are ms UTC. */
export type FoundDetection = {
  alertId: string;
  ruleId: string;
  asset: string;
  count: number;
  first: number;
  last: number;
  /** Keys of raw records. */
  records: readonly string[];
  /** The alert, should it be new. */
  alert: Alert;
};

/** What a rule did; added to its counts of the day. */
export type RuleCounts = {
  ruleId: string;
  matches: number;
  alerts: number;
  folded: number;
  excepted: number;
  throttled: number;
  costUs: number;
};

/** An alert with all that folded into it. */
export type FoldedDetection = Pick<
  FoundDetection,
  'alertId' | 'ruleId' | 'count' | 'first' | 'last' | 'records' | 'alert'
>;

const mostRecords = 50;

type Row = { id: string; count: number; first: string; last: string; records: string[]; doc: Alert };

/** Which of these alerts there are already. */
export async function knownFolds(db: Db, tenantId: string, alertIds: readonly string[]): Promise<Set<string>> {
  if (alertIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select alert_id as id from detection_fold where tenant_id = ${tenantId} and alert_id = any(${alertIds}::text[])`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Adds matches to what is known, within the caller's transaction. Returns each alert concerned as it is now. */
export async function writeDetections(
  trx: Db,
  tenantId: string,
  found: readonly FoundDetection[],
): Promise<FoldedDetection[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ alertId }) => alertId);
  const { rows } = await sql<Row>`
    select alert_id as id, count, first_at as first, last_at as last, records, doc from detection_fold
    where tenant_id = ${tenantId} and alert_id = any(${ids}::text[]) order by alert_id for update`.execute(trx);
  const known = new Map(rows.map((row) => [row.id, row]));
  const folded = found.map((one) => fold(one, known.get(one.alertId)));
  const writes = folded.map(({ alertId, ruleId, count, first, last, records, alert }, index) => ({
    ...{ alertId, ruleId, count, records, doc: alert, asset: found[index]?.asset ?? '' },
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
  }));
  await sql`
    insert into detection_fold as f (tenant_id, alert_id, rule_id, asset, count, first_at, last_at, doc, records, told)
    select ${tenantId}, "alertId", "ruleId", asset, count, first, last, doc,
      array(select json_array_elements_text(records)), count
    from json_to_recordset(${recordSet(writes)}::json) as t ("alertId" text, "ruleId" text, asset text, count integer,
      first timestamptz, last timestamptz, doc json, records json)
    on conflict (tenant_id, alert_id) do update set count = excluded.count, first_at = excluded.first_at,
      last_at = excluded.last_at, records = excluded.records, told = excluded.told`.execute(trx);
  return folded;
}

/** Adds to the counts of rules for a day (UTC), and to the hits of exceptions. */
export async function countDetections(
  trx: Db,
  tenantId: string,
  now: Date,
  counts: readonly RuleCounts[],
  hits: ReadonlyMap<number, number>,
): Promise<void> {
  const told = counts.map((one) => ({ ...one, costUs: Math.round(one.costUs) }));
  if (told.length > 0) {
    await sql`
      insert into detection_count as c (tenant_id, rule_id, day, matches, alerts, folded, excepted, throttled, cost_us)
      select ${tenantId}, "ruleId", ${now.toISOString().slice(0, 10)}::date, matches, alerts, folded, excepted, throttled, "costUs"
      from json_to_recordset(${recordSet(told)}::json) as t ("ruleId" text, matches bigint, alerts bigint, folded bigint,
        excepted bigint, throttled bigint, "costUs" bigint)
      order by "ruleId"
      on conflict (tenant_id, rule_id, day) do update set matches = c.matches + excluded.matches,
        alerts = c.alerts + excluded.alerts, folded = c.folded + excluded.folded, excepted = c.excepted + excluded.excepted,
        throttled = c.throttled + excluded.throttled, cost_us = c.cost_us + excluded.cost_us`.execute(trx);
  }
  if (hits.size === 0) return;
  await sql`
    update detection_exception e set hits = e.hits + t.n, last_hit = ${now.toISOString()}
    from unnest(${[...hits.keys()]}::bigint[], ${[...hits.values()]}::bigint[]) as t (id, n)
    where e.tenant_id = ${tenantId} and e.id = t.id`.execute(trx);
}

/** Forgets to which alerts repeats were added, of those that ended before `before`. */
export async function pruneFolds(db: Db, tenantId: string, before: Date): Promise<void> {
  await sql`delete from detection_fold where tenant_id = ${tenantId} and last_at < ${before.toISOString()}`.execute(db);
}

function fold(found: FoundDetection, known: Row | undefined): FoldedDetection {
  const { alertId, ruleId, alert } = found;
  if (known === undefined) return { ...found, records: found.records.slice(0, mostRecords) };
  return {
    alertId,
    ruleId,
    count: known.count + found.count,
    first: Math.min(Date.parse(known.first), found.first),
    last: Math.max(Date.parse(known.last), found.last),
    records: [...new Set([...known.records, ...found.records])].slice(0, mostRecords),
    alert: { ...known.doc, evidence: merged(known.doc, alert) },
  };
}

/** The evidence of the first telling, and what is new. */
function merged(first: Alert, later: Alert): Alert['evidence'] {
  const known = new Set(first.evidence.map((one) => JSON.stringify(one)));
  return [...first.evidence, ...later.evidence.filter((one) => !known.has(JSON.stringify(one)))].slice(0, 100);
}
