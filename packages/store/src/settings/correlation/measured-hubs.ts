import { assetKinds, type MeasuredHub } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../../database.ts';

export type HubMeasure = { since: string; free: number; cap: number; mostAlerts: number };

/**
 * Entities that more than `free` other assets share, over the alerts that happened since `since` (ISO 8601), the newest
 * `mostAlerts` of them: those that most share come first, at most 100. `alerts` is how many were looked at.
 */
export async function measureHubs(
  db: Db,
  tenantId: string,
  { since, free, cap, mostAlerts }: HubMeasure,
): Promise<{ items: MeasuredHub[]; alerts: number; cut: boolean }> {
  const recent = sql`
    select seq, incident_id from alert where tenant_id = ${tenantId} and last_activity >= ${since}::timestamptz
    order by last_activity desc, seq desc limit ${mostAlerts}`;
  const { rows } = await sql<MeasuredHub>`
    with recent as materialized (${recent}),
    named as materialized (
      select r.seq, r.incident_id, e.n, e.kind
      from recent r join alert_entity m on m.alert_seq = r.seq join entity f on f.n = m.entity_n
        join entity e on e.n = coalesce(f.redirect_to, f.n)
    ),
    pairs as (
      select h.n, o.n as other, o.kind from named h join named o on o.seq = h.seq and o.n <> h.n
      where o.kind = any(${[...assetKinds]}::text[]) group by 1, 2, 3
    ),
    hubs as (
      select n, count(*) as assets, count(*) filter (where kind = 'device') as devices,
        count(*) filter (where kind = 'user') as users
      from pairs group by n having count(*) > ${free} order by count(*) desc, n limit 100
    )
    select e.id as "entityId", e.kind, e.name, h.devices, h.users, h.assets,
      (select count(distinct seq) from named where named.n = h.n) as alerts,
      (select count(distinct incident_id) from named where named.n = h.n) as incidents,
      e.first_seen as "firstSeenDateTime", h.assets >= ${cap} as silent
    from hubs h join entity e on e.n = h.n order by h.assets desc, h.n`.execute(db);
  const { rows: counted } = await sql<{ alerts: number }>`
    select count(*) as alerts from (
      select 1 from alert where tenant_id = ${tenantId} and last_activity >= ${since}::timestamptz
      limit ${mostAlerts + 1}) c`.execute(db);
  const alerts = counted[0]?.alerts ?? 0;
  return { items: rows, alerts: Math.min(alerts, mostAlerts), cut: alerts > mostAlerts };
}
