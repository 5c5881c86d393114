import { type Severity, severities } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesAlert, type Viewer } from '../query/viewer.ts';

/** A kind of alert that came in: what rules can tell apart. */
export type AlertSort = { severity: Severity; serviceSource: string; detectionSource: string; groups: number[] };

/** The sorts of alerts since `since`. */
export async function alertSorts(db: Db, tenantId: string, since: Date): Promise<AlertSort[]> {
  const rows = await db
    .selectFrom('alert')
    .select(['severity', 'service_source', 'detection_source', 'device_groups'])
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where('received_at', '>=', since.toISOString())
    .execute();
  return rows.map(({ severity, service_source, detection_source, device_groups }) => ({
    severity: severities[severity] ?? 'unknown',
    serviceSource: service_source,
    detectionSource: detection_source,
    groups: device_groups,
  }));
}

/** How many incidents (no background) hold an alert of one of the sorts since `since`, and the newest of them. */
export async function incidentsWithSorts(
  db: Db,
  tenantId: string,
  since: Date,
  sorts: readonly AlertSort[],
): Promise<{ count: number; newest: number | null }> {
  if (sorts.length === 0) return { count: 0, newest: null };
  const rows = sorts.map(({ severity, ...sort }) => ({ ...sort, severity: severities.indexOf(severity) }));
  const { rows: found } = await sql<{ count: number; newest: number | null }>`
    select count(distinct i.id) as count, max(i.id) as newest
    from alert a
    join incident i on i.tenant_id = a.tenant_id and i.id = a.incident_id and i.kind = 'incident'
    join json_to_recordset(${JSON.stringify(rows)}::json) as s (severity smallint, "serviceSource" text,
      "detectionSource" text, groups int[])
      on s.severity = a.severity and s."serviceSource" = a.service_source and s."detectionSource" = a.detection_source
        and s.groups = a.device_groups
    where a.tenant_id = ${tenantId} and a.received_at >= ${since}`.execute(db);
  return found[0] ?? { count: 0, newest: null };
}

/** Service sources that alerts the viewer sees came from, each with its detection sources; at most 500 pairs. */
export async function alertSources(
  db: Db,
  viewer: Viewer,
): Promise<{ serviceSource: string; detectionSources: string[] }[]> {
  const { rows } = await sql<{ serviceSource: string; detectionSources: string[] }>`
    select service_source as "serviceSource", array_agg(detection_source order by detection_source) as "detectionSources"
    from (select distinct service_source, detection_source from alert a where ${seesAlert(viewer)}
      order by 1, 2 limit 500) s
    group by 1 order by 1`.execute(db);
  return rows;
}
