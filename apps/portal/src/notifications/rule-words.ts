import {
  type ActionSource,
  actionStatusWords,
  actionTypeWords,
  type NotificationRule,
  type NotificationRuleBody,
  type OperationKind,
  type ReportChange,
  type RuleGroups,
  type RuleKind,
  type RuleStop,
  reportTypeWords,
} from '@throughline/model';
import { severityWords, termWords } from '../app/words.ts';

export const kindWords: Record<RuleKind, string> = {
  incident: 'incidents',
  action: 'response actions',
  report: 'threat reports',
  operations: 'this server',
};
export const kindNames: Record<RuleKind, string> = {
  incident: 'Incidents',
  action: 'Response actions',
  report: 'Threat reports',
  operations: 'Operations',
};
export const actionSourceWords: Record<ActionSource, string> = { manual: 'A person', automated: 'Automation' };
export const reportChangeWords: Record<ReportChange, string> = {
  all: 'New and updated reports',
  new: 'New reports',
  updated: 'Updated reports',
};
export const operationWords: Record<OperationKind, string> = {
  sourceSilent: 'A source is silent',
  sourceClock: 'The clock of a source is off',
  ledgerUnbalanced: 'The ledger does not balance',
  diskLow: 'Disk space runs out',
  jobFailing: 'Recurring work fails',
  deadLetters: 'Dead letters are rising',
};
export const stopWords: Record<RuleStop, string> = {
  authorDisabled: 'Whoever saved it last is disabled. Save it yourself to take it over.',
  authorMayNot: 'Whoever saved it last may not make rules any more. Save it yourself to take it over.',
  authorScope: 'Whoever saved it last does not see all that it is about any more. Save it yourself to take it over.',
};

type About = Pick<NotificationRuleBody, 'kind' | 'severities' | 'sources' | 'action' | 'report' | 'operations'>;

/** "High, Medium of all sources". */
export function whenWords({ kind, severities, sources, action, report, operations }: About): string {
  if (action !== null) {
    const types = action.types === null ? 'All actions' : action.types.map((type) => actionTypeWords[type]).join(', ');
    return `${types}: ${action.statuses.map((status) => actionStatusWords[status].toLowerCase()).join(', ')}`;
  }
  if (report !== null) {
    const types =
      report.types === null ? '' : ` of type ${report.types.map((type) => reportTypeWords[type]).join(', ')}`;
    return `${reportChangeWords[report.changes]}${types}${report.tags === null ? '' : ` tagged ${report.tags.join(', ')}`}`;
  }
  if (operations !== null) {
    const watched = (Object.keys(operationWords) as OperationKind[]).filter((each) => operations[each] !== null);
    return watched.map((each) => operationWords[each]).join('; ');
  }
  if (kind !== 'incident') return '';
  const words = severities
    .toReversed()
    .map((severity) => severityWords[severity])
    .join(', ');
  if (sources === null) return `${words} of all sources`;
  const names = sources.map(({ serviceSource, detectionSource }) =>
    detectionSource === null ? termWords(serviceSource) : `${termWords(serviceSource)}: ${termWords(detectionSource)}`,
  );
  return `${words} of ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

/** "ada@example.com and 2 more, 1 webhook". */
export function whomWords({ recipients, webhooks }: Pick<NotificationRule, 'recipients' | 'webhooks'>): string {
  const [first] = recipients;
  const mails =
    first === undefined ? [] : [recipients.length === 1 ? first : `${first} and ${recipients.length - 1} more`];
  const hooks = webhooks.length === 0 ? [] : [`${webhooks.length} webhook${webhooks.length === 1 ? '' : 's'}`];
  return [...mails, ...hooks].join(', ');
}

/** Names of the device groups a rule is about. */
export function groupWords(ids: readonly number[] | null, known: RuleGroups['items']): string {
  if (ids === null) return 'All';
  return ids.map((id) => known.find((group) => group.id === id)?.name ?? `Group ${id}`).join(', ');
}

/** "Incidents, Finance": what a rule is about and within which device groups. */
export function aboutWords(
  { kind, deviceGroups }: Pick<NotificationRule, 'kind' | 'deviceGroups'>,
  known: RuleGroups['items'],
): string {
  return deviceGroups === null ? kindNames[kind] : `${kindNames[kind]}, ${groupWords(deviceGroups, known)}`;
}

const told = ['firstMatch', 'newAlert', 'severityRaised'];
const countWords: readonly [string, string][] = [
  ['severityNotChosen', 'severity not chosen'],
  ['sourceNotChosen', 'source not chosen'],
  ['groupNotChosen', 'device group not chosen'],
  ['typeNotChosen', 'type not chosen'],
  ['statusNotChosen', 'status not chosen'],
  ['changeNotChosen', 'change not chosen'],
  ['tagNotChosen', 'tag not chosen'],
  ['toldBefore', 'told before'],
  ['beganBefore', 'began before the recipients were added'],
  ['background', 'background'],
  ['disabled', 'while off'],
  ['stopped', 'while stopped'],
];

/** "12 told, 40 severity not chosen, 3 told before": what became of what the rule judged in 30 days. */
export function countsWords(counts: NotificationRule['counts']): string {
  const sum = told.reduce((total, reason) => total + (counts[reason] ?? 0), 0);
  const silent = countWords.filter(([reason]) => (counts[reason] ?? 0) > 0);
  return [`${sum} told`, ...silent.map(([reason, words]) => `${counts[reason]} ${words}`)].join(', ');
}
