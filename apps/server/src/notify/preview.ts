import type { NoticeAbout, NotificationPreview, NotificationRuleBody } from '@throughline/model';
import {
  alertRefusal,
  type MessageView,
  matchesAction,
  matchesReport,
  renderAboutMail,
  renderMail,
  sampleAbout,
  sampleMessage,
} from '@throughline/notify';
import {
  alertSorts,
  conditionsSince,
  type Db,
  eventsSince,
  incidentsWithSorts,
  NotifyError,
  organizationName,
  type Viewer,
} from '@throughline/store';
import { aboutView, incidentLink, messageView } from './message-view.ts';

const days = 30;
type Where = { now: Date; portalUrl: string };

/**
 * What a rule would have told in the last 30 days, and the mail about the newest of it. Throws NotifyError `beyondScope`
 * for a rule that reaches further than the viewer sees.
 */
export async function previewRule(
  db: Db,
  viewer: Viewer,
  rule: NotificationRuleBody,
  where: Where,
): Promise<NotificationPreview> {
  const { groups, tenantId } = viewer;
  if (groups !== null && !rule.deviceGroups?.every((group) => groups.includes(group))) {
    throw new NotifyError('beyondScope', 'Choose among your device groups: the rule may be about no others.');
  }
  return rule.kind === 'incident'
    ? previewIncidents(db, tenantId, rule, where)
    : previewAbout(db, tenantId, rule, where);
}

async function previewIncidents(
  db: Db,
  tenantId: string,
  rule: NotificationRuleBody,
  { now, portalUrl }: Where,
): Promise<NotificationPreview> {
  const since = sinceOf(now);
  // The rule judges sorts of alerts, the database counts incidents: one judgement for preview and for real.
  const sorts = (await alertSorts(db, tenantId, since)).filter((sort) => alertRefusal(rule, sort) === null);
  const { count, newest } = await incidentsWithSorts(db, tenantId, since, sorts);
  const said = { ruleName: rule.name, event: 'created' as const, alerts: [], alertCount: 0, mergedFrom: [] };
  const { includeOrganization, includeLink, deviceGroups } = rule;
  const wanted = { includeOrganization, includeLink, deviceGroups };
  const real =
    newest === null
      ? undefined
      : await messageView(db, tenantId, { ...said, incidentId: newest, ...wanted }, portalUrl);
  const view: MessageView = real ?? {
    ...sampleMessage,
    ruleName: rule.name,
    ...(includeOrganization ? { organization: await organizationName(db, tenantId) } : {}),
    ...(includeLink ? { link: incidentLink(portalUrl, sampleMessage.incident.id) } : {}),
  };
  return { days, incidents: count, incidentId: real?.incident.id ?? null, mail: renderMail(view) };
}

async function previewAbout(
  db: Db,
  tenantId: string,
  rule: NotificationRuleBody,
  { now, portalUrl }: Where,
): Promise<NotificationPreview> {
  const found = await foundSince(db, tenantId, rule, sinceOf(now));
  const event = rule.kind === 'operations' ? ('opened' as const) : ('told' as const);
  const about = found[0] ?? sampleAbout[rule.kind as NoticeAbout['kind']];
  const view = await aboutView(db, tenantId, { ...rule, ruleName: rule.name, event, about }, portalUrl);
  if (view === undefined) throw new Error(`a ${rule.kind} rule has nothing to show`);
  return { days, incidents: found.length, incidentId: null, mail: renderAboutMail(view) };
}

/** What the rule would have told about, newest first. */
async function foundSince(db: Db, tenantId: string, body: NotificationRuleBody, since: Date): Promise<NoticeAbout[]> {
  const rule = { ...body, enabled: true, stopped: false };
  if (body.kind === 'operations') {
    const watched = Object.entries(body.operations ?? {}).flatMap(([kind, choice]) => (choice === null ? [] : kind));
    const sources = body.operations?.sourceSilent?.sources ?? null;
    const seen = await conditionsSince(db, tenantId, since, watched);
    return seen.filter(
      ({ condition, subject }) => condition !== 'sourceSilent' || (sources?.includes(subject) ?? true),
    );
  }
  const events = await eventsSince(db, tenantId, body.kind === 'action' ? 'action' : 'report', since);
  return events.flatMap(({ id: _, ...about }) => {
    const judged = about.kind === 'action' ? matchesAction(rule, about.event) : matchesReport(rule, about.event);
    return judged.matched ? [about] : [];
  });
}

function sinceOf(now: Date): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
