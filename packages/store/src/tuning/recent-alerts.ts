import { type Alert, type Severity, severities } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesAlert, type Viewer } from '../query/viewer.ts';

/** A stored alert as a tuning rule looks at it. */
export type RecentAlert = {
  seq: number;
  incidentId: number;
  severity: Severity;
  lastActivity: string;
  groups: number[];
  alert: Alert;
};

const pageSize = 500;

/** The alerts that came in since `since` and that the viewer sees, the newest first, a page at a time. */
export async function* recentAlerts(
  db: Db,
  viewer: Viewer,
  since: Date,
  type: { serviceSource: string; detectorId: string } | null,
): AsyncGenerator<RecentAlert[]> {
  const typed =
    type === null
      ? sql`true`
      : sql`lower(a.service_source) = lower(${type.serviceSource}) and lower(a.detector_id) = lower(${type.detectorId})`;
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const { rows } = await sql<Omit<RecentAlert, 'severity'> & { severity: number }>`
      select a.seq, a.incident_id as "incidentId", a.severity, a.last_activity as "lastActivity",
        a.device_groups as groups, a.doc as alert
      from alert a
      where ${seesAlert(viewer)} and a.seq < ${before} and a.received_at >= ${since.toISOString()} and ${typed}
      order by a.seq desc limit ${pageSize}`.execute(db);
    if (rows.length === 0) return;
    yield rows.map((row) => ({ ...row, severity: severities[row.severity] ?? 'unknown' }));
    before = rows.at(-1)?.seq ?? 0;
  }
}

/** How many of the incidents (no background groups) hold no other alerts than those of `seqs`. */
export async function incidentsOnlyOf(db: Db, tenantId: string, seqs: readonly number[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select a.incident_id as id, count(*) as held from alert a
      where a.tenant_id = ${tenantId} and a.seq = any(${seqs}::bigint[]) group by 1
    ) m join incident i on i.tenant_id = ${tenantId} and i.id = m.id
    where i.kind = 'incident' and i.alerts_total = m.held`.execute(db);
  return rows[0]?.count ?? 0;
}
