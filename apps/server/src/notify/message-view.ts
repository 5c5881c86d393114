import type { SourceLimit } from '@throughline/model';
import type { AboutView, MessageView } from '@throughline/notify';
import { alertsWithin, type ClosedNotice, type Db, incidentForMessage, organizationName } from '@throughline/store';

/** `sources`: nothing else may be told; left out or null = all. */
type Said = Omit<ClosedNotice, 'stream' | 'ruleId' | 'about'> & { sources?: SourceLimit | null };
type SaidAbout = Pick<ClosedNotice, 'event' | 'ruleName' | 'about' | 'includeOrganization' | 'includeLink'>;

/**
 * What a notice says now; undefined when its incident is gone, or is of none of the rule's device groups any more.
 * `portalUrl` is where people reach the portal.
 */
export async function messageView(
  db: Db,
  tenantId: string,
  said: Said,
  portalUrl: string,
): Promise<MessageView | undefined> {
  const { event, ruleName, incidentId, deviceGroups, mergedFrom, includeOrganization, includeLink } = said;
  const incident = await incidentForMessage(db, tenantId, incidentId, deviceGroups, said.sources ?? null);
  if (incident === undefined) return undefined;
  const alerts = await linesWithin(db, tenantId, said.alerts, deviceGroups);
  const alertCount = said.alertCount - (said.alerts.length - alerts.length);
  // Everything it was about has left the rule's device groups since.
  if (said.alertCount > 0 && alertCount === 0 && mergedFrom.length === 0) return undefined;
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

async function linesWithin(db: Db, tenantId: string, alerts: Said['alerts'], groups: readonly number[] | null) {
  if (groups === null || alerts.length === 0) return alerts;
  const ids = alerts.flatMap(({ id }) => id ?? []);
  const within = await alertsWithin(db, tenantId, ids, groups);
  return alerts.filter(({ id }) => id !== undefined && within.has(id));
}

/** What a notice says that is not about an incident; undefined when it is. */
export async function aboutView(
  db: Db,
  tenantId: string,
  { event, ruleName, about, includeOrganization, includeLink }: SaidAbout,
  portalUrl: string,
): Promise<AboutView | undefined> {
  if (about === null) return undefined;
  const path = about.kind === 'operations' ? '/settings/notifications?tab=operations' : '/';
  return {
    event,
    ruleName,
    about,
    ...(includeOrganization ? { organization: await organizationName(db, tenantId) } : {}),
    ...(includeLink ? { link: new URL(path, portalUrl).href } : {}),
  };
}

export function incidentLink(portalUrl: string, id: number): string {
  return new URL(`/incidents/${id}`, portalUrl).href;
}
