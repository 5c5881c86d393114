import type { MessageView } from '@throughline/notify';
import { type ClosedNotice, type Db, incidentForMessage, organizationName } from '@throughline/store';

type Said = Omit<ClosedNotice, 'stream' | 'ruleId'>;

/** What a notice says now; undefined when its incident is gone. `portalUrl` is where people reach the portal. */
export async function messageView(
  db: Db,
  tenantId: string,
  { event, ruleName, incidentId, alerts, alertCount, mergedFrom, includeOrganization, includeLink }: Said,
  portalUrl: string,
): Promise<MessageView | undefined> {
  const incident = await incidentForMessage(db, tenantId, incidentId);
  if (incident === undefined) return undefined;
  const absorbed = incident.id === incidentId ? [] : [incidentId];
  return {
    event,
    ruleName,
    incident,
    alerts,
    alertCount,
    mergedFrom: [...new Set([...mergedFrom, ...absorbed])].filter((id) => id !== incident.id),
    ...(includeOrganization ? { organization: await organizationName(db, tenantId) } : {}),
    ...(includeLink ? { link: incidentLink(portalUrl, incident.id) } : {}),
  };
}

export function incidentLink(portalUrl: string, id: number): string {
  return new URL(`/incidents/${id}`, portalUrl).href;
}
