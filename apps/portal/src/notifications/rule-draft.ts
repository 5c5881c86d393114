import {
  actionSources,
  type NotificationRule,
  type NotificationRuleBody,
  type NotificationSource,
  type RuleKind,
  type Severity,
} from '@throughline/model';

/** A rule while it is being written. */
export type RuleDraft = Omit<NotificationRuleBody, 'sources'> & {
  allSources: boolean;
  sources: NotificationSource[];
};

export const steps = ['basics', 'settings', 'recipients', 'review'] as const;
export type Step = (typeof steps)[number];

/** What a rule of a kind is about until somebody chooses. */
const emptyChoices = {
  incident: {},
  action: { action: { sources: [...actionSources], types: null, statuses: ['completed', 'failed'] } },
  report: { report: { changes: 'all', types: null, tags: null } },
  operations: {
    operations: {
      sourceSilent: { sources: null, minutes: null },
      ledgerUnbalanced: { minutes: 10 },
      diskLow: { percent: 10, gigabytes: null },
      jobFailing: { times: 3 },
      deadLetters: { count: 100 },
    },
  },
} satisfies Record<RuleKind, Partial<RuleDraft>>;

/** A new rule of a kind; about no device group yet where not all can be chosen. */
export function newDraft(kind: RuleKind, allGroups = true): RuleDraft {
  const grouped = kind === 'incident' || kind === 'action';
  return {
    ...emptyDraft,
    kind,
    severities: kind === 'incident' ? ['high'] : [],
    deviceGroups: grouped && !allGroups ? [] : null,
    ...emptyChoices[kind],
  };
}

export const emptyDraft: RuleDraft = {
  kind: 'incident',
  deviceGroups: null,
  action: null,
  report: null,
  operations: null,
  name: '',
  description: '',
  enabled: true,
  allSources: true,
  sources: [],
  severities: ['high'],
  firstOnly: false,
  includeOrganization: false,
  includeLink: true,
  quietMinutes: 30,
  recipients: [],
  webhooks: [],
  policyId: null,
};

export function draftOf(rule: NotificationRule): RuleDraft {
  return {
    kind: rule.kind,
    deviceGroups: rule.deviceGroups,
    action: rule.action,
    report: rule.report,
    operations: rule.operations,
    name: rule.name,
    description: rule.description,
    enabled: rule.enabled,
    allSources: rule.sources === null,
    sources: rule.sources ?? [],
    severities: rule.severities,
    firstOnly: rule.firstOnly,
    includeOrganization: rule.includeOrganization,
    includeLink: rule.includeLink,
    quietMinutes: rule.quietMinutes,
    recipients: rule.recipients,
    webhooks: rule.webhooks,
    policyId: rule.policyId,
  };
}

export function bodyOf({ allSources, sources, name, description, ...draft }: RuleDraft): NotificationRuleBody {
  return { ...draft, name: name.trim(), description: description.trim(), sources: allSources ? null : sources };
}

/** The same for a rule that is there: its kind stays. */
export function changeOf(draft: RuleDraft): Omit<NotificationRuleBody, 'kind'> {
  const { kind: _, ...change } = bodyOf(draft);
  return change;
}

/** What a step still lacks, in words for the button that waits for it; undefined when nothing. */
export function missingIn(step: Step, draft: RuleDraft): string | undefined {
  if (step === 'basics') return draft.name.trim() === '' ? 'Give the rule a name first' : undefined;
  if (step === 'settings') {
    if (draft.deviceGroups?.length === 0) return 'Choose at least one device group';
    if (draft.kind !== 'incident') return missingChoice(draft);
    if (draft.severities.length === 0) return 'Choose at least one severity';
    return draft.allSources || draft.sources.length > 0 ? undefined : 'Choose at least one source';
  }
  if (step === 'recipients') {
    const wrong = draft.recipients.find((address) => !isMailAddress(address));
    if (wrong !== undefined) return `“${wrong}” is no mail address`;
    return draft.recipients.length + draft.webhooks.length > 0 ? undefined : 'Add a recipient first';
  }
  return undefined;
}

function missingChoice({ action, report, operations }: RuleDraft): string | undefined {
  if (action !== null) {
    if (action.sources.length === 0) return 'Choose who ordered it';
    if (action.types?.length === 0) return 'Choose at least one action';
    if (action.statuses.length === 0) return 'Choose at least one status';
  }
  if (report?.types?.length === 0) return 'Choose at least one type';
  if (report?.tags?.length === 0) return 'Name at least one tag';
  if (operations !== null && Object.values(operations).every((choice) => choice === null)) {
    return 'Choose something to watch';
  }
  return operations?.sourceSilent?.sources?.length === 0 ? 'Name at least one source' : undefined;
}

/** Adds or removes a word of a list. */
export function toggleWord<Word>(list: readonly Word[], word: Word, on: boolean): Word[] {
  return on ? [...list.filter((each) => each !== word), word] : list.filter((each) => each !== word);
}

/** Whether it looks like one mailbox; the server judges in the end. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()[\]\\,;:"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(text);
}

/** Addresses in a text that was typed or pasted: between commas, semicolons, spaces or line ends. */
export function splitAddresses(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
}

export function toggleSeverity(list: readonly Severity[], severity: Severity, on: boolean): Severity[] {
  return on ? [...list.filter((each) => each !== severity), severity] : list.filter((each) => each !== severity);
}

const sameSource = (a: NotificationSource, b: Pick<NotificationSource, 'serviceSource' | 'detectionSource'>) =>
  a.serviceSource === b.serviceSource && a.detectionSource === b.detectionSource;

/** Adds or removes a source; a whole service takes the place of its parts. */
export function toggleSource(
  list: readonly NotificationSource[],
  source: Pick<NotificationSource, 'serviceSource' | 'detectionSource'>,
  on: boolean,
): NotificationSource[] {
  const others = list.filter(
    (each) =>
      !sameSource(each, source) &&
      !(on && source.detectionSource === null && each.serviceSource === source.serviceSource),
  );
  return on ? [...others, { ...source, severities: null }] : others;
}

/** Sets which severities of a source count; null = those of the rule. */
export function limitSource(
  list: readonly NotificationSource[],
  source: Pick<NotificationSource, 'serviceSource' | 'detectionSource'>,
  severities: Severity[] | null,
): NotificationSource[] {
  return list.map((each) => (sameSource(each, source) ? { ...each, severities } : each));
}
