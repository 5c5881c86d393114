import type { IncidentTimeline } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesAlert, seesIncident, type Viewer } from './viewer.ts';

/** The 24-hour strip: alerts received and incidents created in each of the last 24 clock hours (UTC), oldest first. */
export async function incidentTimeline(db: Db, viewer: Viewer, now: Date): Promise<IncidentTimeline> {
  const hour = 3_600_000;
  const start = new Date(Math.floor(now.getTime() / hour) * hour - 23 * hour).toISOString();
  const { rows } = await sql<{ start: string; alerts: number; incidents: number }>`
    with received as (
      select date_trunc('hour', received_at) as hour, count(*) as n from alert a
      where ${seesAlert(viewer)} and received_at >= ${start}::timestamptz group by 1
    ), created as (
      -- Nothing is updated before it is created: the bound on updated_at lets the queue's index answer.
      select date_trunc('hour', created_at) as hour, count(*) as n from incident i
      where ${seesIncident(viewer)} and updated_at >= ${start}::timestamptz and created_at >= ${start}::timestamptz
        and kind = 'incident' and status <> 'redirected' group by 1
    )
    select h.start, coalesce(received.n, 0) as alerts, coalesce(created.n, 0) as incidents
    from generate_series(${start}::timestamptz, ${start}::timestamptz + interval '23 hours', interval '1 hour') h (start)
    left join received on received.hour = h.start
    left join created on created.hour = h.start
    order by h.start`.execute(db);
  return { buckets: rows };
}
