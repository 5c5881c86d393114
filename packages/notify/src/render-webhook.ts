import type { AboutView } from './about-outline.ts';
import { conditionWords } from './condition-words.ts';
import type { MessageView } from './incident-view.ts';
import { oneLine } from './safe-text.ts';

/** The JSON body of a webhook call. `id` is the same for every try: receivers drop what they have seen. */
export function renderWebhook(id: string, view: MessageView, more: { type?: string; note?: string } = {}): string {
  const { event, ruleName, incident, alerts, alertCount, mergedFrom, organization, link } = view;
  const words = (list: readonly string[]) => list.slice(0, 50).map((word) => oneLine(word, 200));
  return JSON.stringify({
    version: 1,
    id,
    type: `incident.${more.type ?? event}`,
    ...(more.note === undefined ? {} : { note: more.note }),
    ...(view.acknowledge === undefined ? {} : { acknowledgeLink: view.acknowledge }),
    rule: oneLine(ruleName, 100),
    ...(organization === undefined ? {} : { organization: oneLine(organization, 200) }),
    ...(link === undefined ? {} : { link }),
    incident: {
      id: incident.id,
      displayName: oneLine(incident.displayName, 500),
      severity: incident.severity,
      status: incident.status,
      assignedTo: incident.assignedTo === null ? null : oneLine(incident.assignedTo, 200),
      priorityScore: incident.priorityScore,
      reason: oneLine(incident.reason, 1000),
      categories: words(incident.categories),
      tags: words(incident.tags),
      sources: words(incident.sources),
      scope: incident.scope,
      alertsActive: incident.alertsActive,
      alertsTotal: incident.alertsTotal,
      firstActivityDateTime: incident.firstActivity,
      lastActivityDateTime: incident.lastActivity,
    },
    alerts: alerts.map(({ title, severity, serviceSource, detectionSource, at, raisedFrom }) => ({
      title: oneLine(title, 500),
      severity,
      serviceSource: oneLine(serviceSource, 200),
      detectionSource: oneLine(detectionSource, 200),
      lastActivityDateTime: at,
      ...(raisedFrom === undefined ? {} : { severityBefore: raisedFrom }),
    })),
    alertCount,
    mergedIncidents: mergedFrom.slice(0, 100),
  });
}

/** The JSON body of a call about a response action, a threat report or the server itself. */
export function renderAboutWebhook(id: string, { event, ruleName, about, organization, link }: AboutView): string {
  const said =
    about.kind === 'operations'
      ? { condition: { kind: about.condition, subject: oneLine(about.subject, 200), ...conditionWords(about) } }
      : { [about.kind]: about.event };
  return JSON.stringify({
    version: 1,
    id,
    type: `${about.kind}.${event}`,
    rule: oneLine(ruleName, 100),
    ...(organization === undefined ? {} : { organization: oneLine(organization, 200) }),
    ...(link === undefined ? {} : { link }),
    ...said,
  });
}
