import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { standingRule } from './conditions.ts';

/** How long after the time they carry alerts arrive, ms: the middle, and the width of the middle half. */
export type MeasuredLag = { medianMs: number; spreadMs: number; alerts: number };

/** A device whose alerts arrive unlike those of its source. */
export type DeviceLag = MeasuredLag & { source: string; entityId: string; name: string };

const newest = 5_000;
const mostDevices = 5;
const fewestAlerts = 5;
const leastDifferenceMs = 60_000;

/** The newest few thousand alerts of the last day, of which clocks are told. */
const recent = (tenantId: string) => sql`
  select seq, source, (extract(epoch from received_at - created_at) * 1000)::float8 as lag from alert
  where tenant_id = ${tenantId} and received_at > now() - interval '1 day'
  order by received_at desc limit ${newest}`;

const quartiles = sql`count(*)::int as alerts, percentile_cont(0.25) within group (order by lag) as low,
  percentile_cont(0.5) within group (order by lag) as median, percentile_cont(0.75) within group (order by lag) as high`;

type Quartiles = { low: number; median: number; high: number; alerts: number };

/** By source, over the newest few thousand alerts of the last day. */
export async function sourceLags(db: Db, tenantId: string): Promise<Map<string, MeasuredLag>> {
  const { rows } = await sql<Quartiles & { source: string }>`
    select source, ${quartiles} from (${recent(tenantId)}) as recent group by source`.execute(db);
  return new Map(rows.map((row) => [row.source, lagOf(row)]));
}

/**
 * Devices of which at least five alerts arrive a minute or more sooner or later than is usual for their source, and
 * steadily so: of each source the five furthest off, over the same alerts as {@link sourceLags}.
 */
export async function deviceLags(db: Db, tenantId: string): Promise<DeviceLag[]> {
  const { rows } = await sql<Quartiles & { source: string; entityId: string; name: string }>`
    with recent as materialized (${recent(tenantId)}),
    usual as (select source, percentile_cont(0.5) within group (order by lag) as lag from recent group by source),
    own as (
      select r.source, e.id as "entityId", e.name, ${quartiles}
      from recent r join alert_entity ae on ae.alert_seq = r.seq join entity e on e.n = ae.entity_n
      where e.kind = 'device' group by r.source, e.id, e.name having count(*) >= ${fewestAlerts}
    ),
    ranked as (
      select own.*, row_number() over (partition by source order by abs(own.median - usual.lag) desc, own.name) as place
      from own join usual using (source)
      where abs(own.median - usual.lag) >= greatest(${leastDifferenceMs}, own.high - own.low)
    )
    select source, "entityId", name, alerts, low, median, high from ranked where place <= ${mostDevices}
    order by source, place`.execute(db);
  return rows.map(({ source, entityId, name, ...row }) => ({ source, entityId, name, ...lagOf(row) }));
}

/** Since when the watch that always runs has found a source's clock off, by source; ISO 8601. */
export async function clockConditions(db: Db, tenantId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ subject: string; since: string }>`
    select subject, suspected_at as since from operation_condition
    where tenant_id = ${tenantId} and rule_id = ${standingRule} and kind = 'sourceClock' and state <> 'closed'`.execute(
    db,
  );
  return new Map(rows.map(({ subject, since }) => [subject, since]));
}

function lagOf({ low, median, high, alerts }: Quartiles): MeasuredLag {
  return { medianMs: Math.round(median), spreadMs: Math.round(high - low), alerts };
}
