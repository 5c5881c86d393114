import {
  type TunedState,
  type TuningAction,
  type TuningGroup,
  type TuningOperator,
  type TuningProperty,
  type TuningRule,
  type TuningTrigger,
  tuningExpiryWarningMs,
} from '@throughline/model';

export const actionWords: Readonly<Record<TuningAction, string>> = {
  hide: 'Hide the alert',
  behaviour: 'Keep as behaviour',
  resolve: 'Resolve the alert',
};

/** What became of an alert that a rule was about. */
export const tunedWords: Readonly<Record<TunedState, string>> = {
  hidden: 'Hidden',
  released: 'Released',
  resolved: 'Resolved',
};

export const actionHints: Readonly<Record<TuningAction, string>> = {
  hide: 'It is stored and can be found, in a background group that no queue shows by itself.',
  behaviour: 'Like hiding, marked as behaviour worth hunting for later.',
  resolve: 'The alert, and an incident it opens, arrive resolved.',
};

export const triggerWords: Readonly<Record<TuningTrigger, string>> = {
  device: 'Device',
  user: 'User',
  file: 'File',
  process: 'Process',
  ip: 'IP address',
  url: 'URL or domain',
  mail: 'E-mail',
  cloudResource: 'Cloud resource',
  registry: 'Registry key',
};

export const propertyWords: Readonly<Record<TuningProperty, string>> = {
  title: 'Title',
  detector: 'Detector',
  severity: 'Severity',
  category: 'Category',
  serviceSource: 'Service source',
  detectionSource: 'Detection source',
  product: 'Product',
  technique: 'Technique',
  'device.name': 'Device name',
  'device.domain': 'Device domain',
  'device.tag': 'Device tag',
  'device.os': 'Device operating system',
  'device.group': 'Device group (of the vendor)',
  'user.name': 'User name',
  'user.upn': 'User principal name',
  'file.name': 'File name',
  'file.path': 'File path',
  'file.hash': 'File hash',
  'process.name': 'Process name',
  'process.commandLine': 'Process command line',
  'process.parent': 'Parent process',
  'ip.address': 'IP address',
  'url.url': 'URL',
  'url.domain': 'Domain',
  'mail.sender': 'Mail sender',
  'mail.subject': 'Mail subject',
  'mail.recipient': 'Mail recipient',
  'cloudResource.name': 'Cloud resource',
  'registry.key': 'Registry key',
};

export const operatorWords: Readonly<Record<TuningOperator, string>> = {
  equals: 'equals',
  isAnyOf: 'is any of',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  wildcard: 'fits (* and ?)',
  inNetwork: 'is in network',
};

export const stopWords: Readonly<Record<NonNullable<TuningRule['stopped']>, string>> = {
  authorDisabled: 'Stopped: whoever saved it last is disabled. Save it to take it over.',
  authorMayNot: 'Stopped: whoever saved it last may not make rules any more. Save it to take it over.',
  authorScope: 'Stopped: whoever saved it last does not see all it is about any more. Save it to take it over.',
  expired: 'Ended: its time is over.',
};

/** "Title contains “patch” and (File name equals “a.exe” or …)". */
export function conditionsInWords(group: TuningGroup): string {
  const parts = group.items.map((item) =>
    'items' in item
      ? `(${conditionsInWords(item)})`
      : `${propertyWords[item.property]} ${operatorWords[item.operator]} ${item.values.map((v) => `“${v}”`).join(', ')}`,
  );
  return parts.join(group.match === 'all' ? ' and ' : ' or ');
}

/** What a rule is about in one line. */
export function aboutInWords({ alertType, conditions }: Pick<TuningRule, 'alertType' | 'conditions'>): string {
  const type = alertType === null ? 'Any alert type' : `${alertType.detectorId} of ${alertType.serviceSource}`;
  return conditions.items.length === 0 ? type : `${type}: ${conditionsInWords(conditions)}`;
}

/** Whether a rule ends within a week. `now` is ms UTC. */
export function endsSoon({ expiresDateTime, stopped }: TuningRule, now: number): boolean {
  return stopped === null && expiresDateTime !== null && Date.parse(expiresDateTime) - now < tuningExpiryWarningMs;
}
