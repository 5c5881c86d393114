import type {
  AlertDetail,
  TuningCondition,
  TuningGroup,
  TuningItem,
  TuningProperty,
  TuningRule,
  TuningRuleBody,
} from '@throughline/model';

/** A rule nobody has said anything about yet. `groups`: the device groups it is limited to from the start. */
export function emptyDraft(groups: number[] | null): TuningRuleBody {
  return {
    name: '',
    comment: '',
    enabled: true,
    action: 'resolve',
    alertType: null,
    deviceGroups: groups,
    trigger: null,
    conditions: { match: 'all', items: [emptyCondition()] },
    classification: 'informationalExpectedActivity',
    determination: 'confirmedActivity',
    expiresDateTime: null,
  };
}

export function emptyCondition(): TuningCondition {
  return { property: 'title', operator: 'contains', values: [] };
}

/** A rule as its editor begins. */
export function draftOfRule(rule: TuningRule): TuningRuleBody {
  const { name, comment, enabled, action, alertType, deviceGroups, trigger, conditions } = rule;
  const { classification, determination, expiresDateTime } = rule;
  const about = { alertType, deviceGroups, trigger, conditions };
  return { name, comment, enabled, action, ...about, classification, determination, expiresDateTime };
}

/** A rule about alerts like this one: its alert type and the first thing its evidence names. */
export function draftOfAlert(detail: AlertDetail, groups: number[] | null): TuningRuleBody {
  const { title, serviceSource, detectorId } = detail.alert;
  return {
    ...emptyDraft(groups),
    name: title.slice(0, 120),
    alertType: { serviceSource, detectorId },
    conditions: { match: 'all', items: suggestionsOf(detail).slice(0, 1) },
  };
}

const propertyOf: Partial<Record<AlertDetail['entities'][number]['kind'], TuningProperty>> = {
  file: 'file.name',
  process: 'process.name',
  registry: 'registry.key',
  url: 'url.url',
  domain: 'url.domain',
  mailbox: 'mail.recipient',
  message: 'mail.subject',
  cloudResource: 'cloudResource.name',
  cloudApplication: 'cloudResource.name',
  ip: 'ip.address',
  user: 'user.name',
  device: 'device.name',
};
const order = Object.keys(propertyOf);

/** Conditions that an alert's evidence fulfils, artefacts before assets. */
export function suggestionsOf({ entities }: AlertDetail): TuningCondition[] {
  const sorted = [...entities].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return sorted.flatMap(({ kind, name }) => {
    const property = kind === 'user' && name.includes('@') ? 'user.upn' : propertyOf[kind];
    const value = name.trim().slice(0, 500);
    return property === undefined || value === '' ? [] : [{ property, operator: 'equals' as const, values: [value] }];
  });
}

/** A group with the item at `at` replaced, or without it. */
export function withItem(group: TuningGroup, at: number, item: TuningItem | null): TuningGroup {
  return { ...group, items: group.items.flatMap((old, place) => (place !== at ? [old] : item === null ? [] : [item])) };
}

/** What is missing before a rule can be tried. */
export function missingOf({ name, alertType, conditions, deviceGroups }: TuningRuleBody): string | undefined {
  if (name.trim() === '') return 'Give the rule a name';
  if (alertType !== null && (alertType.serviceSource.trim() === '' || alertType.detectorId.trim() === '')) {
    return 'Say the source and detector, or choose any alert type';
  }
  if (deviceGroups?.length === 0) return 'Choose a device group';
  if (alertType === null && conditions.items.length === 0) return 'Add a condition';
  return isWhole(conditions) ? undefined : 'Every condition needs a value, every group a condition';
}

function isWhole({ items }: TuningGroup): boolean {
  return items.every((item) => ('items' in item ? item.items.length > 0 && isWhole(item) : item.values.length > 0));
}
