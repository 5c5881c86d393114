import { type IncidentStatus, type Severity, severities } from '@throughline/model';
import type { Db } from '../database.ts';

/** An incident as messages show it; see `IncidentView` of the notify room. */
export type IncidentFactsForMessage = {
  id: number;
  displayName: string;
  severity: Severity;
  status: IncidentStatus;
  assignedTo: string | null;
  priorityScore: number;
  reason: string;
  categories: string[];
  tags: string[];
  sources: string[];
  scope: { devices: number; users: number; mailboxes: number; apps: number; cloudResources: number };
  alertsActive: number;
  alertsTotal: number;
  firstActivity: string;
  lastActivity: string;
};

/** The incident, or the one it was merged into. */
export async function incidentForMessage(
  db: Db,
  tenantId: string,
  id: number,
): Promise<IncidentFactsForMessage | undefined> {
  const row = await db
    .selectFrom('incident')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  // A redirect leads to the last incident: merges keep it so.
  if (row?.redirect_to && row.redirect_to !== id) return incidentForMessage(db, tenantId, row.redirect_to);
  return (
    row && {
      id: row.id,
      displayName: row.display_name,
      severity: severities[row.severity] ?? 'unknown',
      status: row.status,
      assignedTo: row.assigned_to,
      priorityScore: row.priority_score,
      reason: row.reason,
      categories: row.categories,
      tags: [...row.system_tags, ...row.custom_tags],
      sources: row.service_sources,
      scope: {
        devices: row.devices,
        users: row.users,
        mailboxes: row.mailboxes,
        apps: row.apps,
        cloudResources: row.cloud_resources,
      },
      alertsActive: row.alerts_active,
      alertsTotal: row.alerts_total,
      firstActivity: row.first_activity,
      lastActivity: row.last_activity,
    }
  );
}
