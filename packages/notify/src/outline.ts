import type { Severity } from '@throughline/model';
import type { IncidentView, MessageView } from './incident-view.ts';
import type { AlertLine } from './plan.ts';
import { oneLine } from './safe-text.ts';

/** A message in safe words, before it takes the form of HTML or text. */
export type Outline = {
  subject: string;
  /** What happened, one sentence. */
  lead: string;
  title: string;
  severity: Severity;
  severityWord: string;
  facts: { name: string; value: string }[];
  alerts: { title: string; detail: string; severity: Severity; severityWord: string }[];
  /** "and 12 more", or empty. */
  more: string;
  link: string | null;
  /** What the link leads to. */
  linkWords: string;
  /** Where the recipient acknowledges the incident; only while it escalates. */
  acknowledge?: string;
  footer: string;
};

export const severityWords: Record<Severity, string> = {
  unknown: 'Unknown',
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
};
const statusWords: Record<IncidentView['status'], string> = {
  active: 'Active',
  inProgress: 'In progress',
  awaitingAction: 'Awaiting action',
  resolved: 'Resolved',
  redirected: 'Merged',
};
const longestList = 8;
const alertsShown = 8;

/** The words of a message: every text from outside is one line, of bounded length. */
export function outline(view: MessageView): Outline {
  const { incident, ruleName } = view;
  const name = oneLine(incident.displayName, 160) || `Incident ${incident.id}`;
  const severityWord = severityWords[incident.severity];
  const organization = view.organization === undefined ? '' : oneLine(view.organization, 80);
  const shown = view.alerts.slice(0, alertsShown);
  const more = view.alertCount - shown.length;
  return {
    // The same subject through an incident's life: some mail programs thread by it.
    subject: `${organization === '' ? '' : `${organization}: `}${severityWord} incident ${incident.id}: ${oneLine(incident.displayName, 120)}`,
    lead: lead(view),
    title: name,
    severity: incident.severity,
    severityWord,
    facts: facts(view, organization).filter(({ value }) => value !== ''),
    alerts: shown.map(alertWords),
    more: more > 0 ? `and ${counted(more, 'more alert')}` : '',
    link: view.link ?? null,
    linkWords: 'Open the incident',
    ...(view.acknowledge === undefined ? {} : { acknowledge: view.acknowledge }),
    footer: `Sent by Throughline because of the rule “${oneLine(ruleName, 100)}”.`,
  };
}

function lead({ event, incident, alertCount, mergedFrom }: MessageView): string {
  const merged = mergedFrom.length === 0 ? '' : mergedWords(mergedFrom);
  const alerts = alertCount === 0 ? '' : counted(alertCount, 'new alert');
  if (event === 'created')
    return `New incident ${incident.id}${alertCount > 1 ? ` with ${counted(alertCount, 'alert')}` : ''}.${merged && ` ${merged}`}`;
  if (event === 'merged')
    return `${merged || 'Another incident was merged into this one.'}${alerts && ` It has ${alerts}.`}`;
  if (event === 'severityRaised') {
    const news = alertCount === 0 ? '' : ` ${counted(alertCount, 'alert')} to look at.`;
    return `The severity of an alert in incident ${incident.id} was raised.${news}${merged && ` ${merged}`}`;
  }
  return `Incident ${incident.id} has ${alerts || 'changed'}.${merged && ` ${merged}`}`;
}

function mergedWords(from: readonly number[]): string {
  const ids = from.slice(0, longestList).join(', ');
  const rest = from.length > longestList ? ` and ${from.length - longestList} more` : '';
  return from.length === 1 ? `Incident ${ids} was merged into it.` : `Incidents ${ids}${rest} were merged into it.`;
}

function facts({ incident }: MessageView, organization: string): { name: string; value: string }[] {
  const { scope } = incident;
  const touched = [
    [scope.devices, 'device'],
    [scope.users, 'user'],
    [scope.mailboxes, 'mailbox', 'mailboxes'],
    [scope.apps, 'app'],
    [scope.cloudResources, 'cloud resource'],
  ] as const;
  return [
    { name: 'Organization', value: organization },
    { name: 'Why together', value: oneLine(incident.reason, 300) },
    {
      name: 'Scope',
      value: touched
        .filter(([count]) => count > 0)
        .map(([count, one, many]) => counted(count, one, many))
        .join(', '),
    },
    { name: 'Alerts', value: `${incident.alertsActive} open of ${incident.alertsTotal}` },
    { name: 'Categories', value: list(incident.categories) },
    { name: 'Tags', value: list(incident.tags) },
    { name: 'Sources', value: list(incident.sources) },
    {
      name: 'Status',
      value:
        statusWords[incident.status] +
        (incident.assignedTo === null ? ', nobody assigned' : `, ${oneLine(incident.assignedTo, 100)}`),
    },
    { name: 'Priority', value: `${incident.priorityScore} of 100` },
    { name: 'First activity', value: instantWords(incident.firstActivity) },
    { name: 'Last activity', value: instantWords(incident.lastActivity) },
  ];
}

function alertWords({
  title,
  severity,
  serviceSource,
  detectionSource,
  at,
  raisedFrom,
}: AlertLine): Outline['alerts'][number] {
  const source = spaced(oneLine(detectionSource === '' ? serviceSource : detectionSource, 80));
  return {
    title: oneLine(title, 160),
    detail: [source, instantWords(at), raisedFrom === undefined ? '' : `raised from ${severityWords[raisedFrom]}`]
      .filter((part) => part !== '')
      .join(', '),
    severity,
    severityWord: severityWords[severity],
  };
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, longestList).map((word) => spaced(oneLine(word, 60)));
  const rest = words.length - shown.length;
  return shown.filter((word) => word !== '').join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** "lateralMovement" as "Lateral movement"; words with spaces or of one case stay. */
export function spaced(word: string): string {
  if (!/^[A-Za-z][a-z\d]+(?:[A-Z][a-z\d]+)+$/.test(word)) return word;
  const words = word.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "31 Jan 2026 09:41 UTC". */
export function instantWords(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const text = at.toISOString();
  const month = monthNames[at.getUTCMonth()];
  return `${at.getUTCDate()} ${month} ${text.slice(0, text.indexOf('-', 1))} ${text.slice(-13, -8)} UTC`;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
