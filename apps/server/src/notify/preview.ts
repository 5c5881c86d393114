import type { NotificationPreview, NotificationRuleBody } from '@throughline/model';
import { alertRefusal, type MessageView, renderMail, sampleMessage } from '@throughline/notify';
import { alertSorts, type Db, incidentsWithSorts, organizationName } from '@throughline/store';
import { incidentLink, messageView } from './message-view.ts';

const days = 30;

/** What a rule would have told in the last 30 days, and the mail about the newest such incident. */
export async function previewRule(
  db: Db,
  tenantId: string,
  rule: NotificationRuleBody,
  { now, portalUrl }: { now: Date; portalUrl: string },
): Promise<NotificationPreview> {
  const since = new Date(now.getTime() - days * 86_400_000);
  // The rule judges sorts of alerts, the database counts incidents: one judgement for preview and for real.
  const sorts = (await alertSorts(db, tenantId, since)).filter((sort) => alertRefusal(rule, sort) === null);
  const { count, newest } = await incidentsWithSorts(db, tenantId, since, sorts);
  const said = { ruleName: rule.name, event: 'created' as const, alerts: [], alertCount: 0, mergedFrom: [] };
  const { includeOrganization, includeLink } = rule;
  const real =
    newest === null
      ? undefined
      : await messageView(db, tenantId, { ...said, incidentId: newest, includeOrganization, includeLink }, portalUrl);
  const view: MessageView = real ?? {
    ...sampleMessage,
    ruleName: rule.name,
    ...(includeOrganization ? { organization: await organizationName(db, tenantId) } : {}),
    ...(includeLink ? { link: incidentLink(portalUrl, sampleMessage.incident.id) } : {}),
  };
  return { days, incidents: count, incidentId: real?.incident.id ?? null, mail: renderMail(view) };
}
