import {
  type DeviceProperty,
  type DeviceRule,
  deviceProperties,
  mostRuleValues,
  type RemediationLevel,
  type RuleOperator,
} from '@throughline/model';

/** A rule being written: each property with its operator and values; no values = not asked. */
export type RuleDraft = Record<DeviceProperty, { operator: RuleOperator; values: string[] }>;

/** How properties, operators and levels read on screen. */
export const propertyWords: Readonly<Record<DeviceProperty, string>> = {
  name: 'Device name',
  domain: 'Domain',
  tag: 'Tag',
  osPlatform: 'Operating system',
};
export const operatorWords: Readonly<Record<RuleOperator, string>> = {
  equals: 'equals',
  startsWith: 'starts with',
  endsWith: 'ends with',
  contains: 'contains',
  isAnyOf: 'is any of',
};
export const remediationWords: Readonly<Record<RemediationLevel, string>> = {
  none: 'No automated response',
  approveAll: 'Ask before anything',
  approveCore: 'Ask before core folders',
  approveNonTemporary: 'Ask outside of temporary folders',
  full: 'Remediate by itself',
};

/** The draft of a stored rule, or of none. */
export function draftOf(rule: DeviceRule | null): RuleDraft {
  const conditionOf = (property: DeviceProperty) => {
    const found = rule?.conditions.find((condition) => condition.property === property);
    return {
      operator: found?.operator ?? (property === 'tag' || property === 'osPlatform' ? 'isAnyOf' : 'startsWith'),
      values: found?.values ?? [],
    };
  };
  return Object.fromEntries(deviceProperties.map((property) => [property, conditionOf(property)])) as RuleDraft;
}

/** The rule of a draft; null while nothing is asked. */
export function ruleOf(draft: RuleDraft): DeviceRule | null {
  const conditions = deviceProperties
    .map((property) => ({
      property,
      operator: draft[property].operator,
      values: draft[property].values.slice(0, mostRuleValues),
    }))
    .filter(({ values }) => values.length > 0);
  return conditions.length === 0 ? null : { conditions };
}

/** "Device name starts with fin- or lab-; Tag equals vip". */
export function ruleWords(rule: DeviceRule | null): string {
  if (rule === null) return 'Devices that no other group takes';
  return rule.conditions
    .map(
      ({ property, operator, values }) =>
        `${propertyWords[property]} ${operatorWords[operator]} ${values.join(' or ')}`,
    )
    .join('; ');
}
