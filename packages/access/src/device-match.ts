import {
  type DeviceCondition,
  type DeviceFacts,
  type DeviceProperty,
  type DeviceRule,
  type RuleOperator,
  ungroupedId,
} from '@throughline/model';

/** A group as matching needs it. */
export type RankedGroup = { id: number; rank: number; rule: DeviceRule };

const wordsOf: Record<DeviceProperty, keyof DeviceFacts> = {
  name: 'names',
  domain: 'domains',
  tag: 'tags',
  osPlatform: 'osPlatforms',
};

const compare: Record<RuleOperator, (word: string, value: string) => boolean> = {
  equals: (word, value) => word === value,
  isAnyOf: (word, value) => word === value,
  startsWith: (word, value) => word.startsWith(value),
  endsWith: (word, value) => word.endsWith(value),
  contains: (word, value) => word.includes(value),
};

/** Whether a device fulfils a rule: every condition, by any of its words and any of the values; case does not count. */
export function matchesRule(rule: DeviceRule, facts: DeviceFacts): boolean {
  return rule.conditions.length > 0 && rule.conditions.every((condition) => fulfils(condition, facts));
}

/** The one group of a device: the first by rank whose rule it fulfils, else the ungrouped. */
export function groupOf(groups: readonly RankedGroup[], facts: DeviceFacts): number {
  let best: RankedGroup | undefined;
  for (const group of groups) {
    if (best !== undefined && group.rank >= best.rank) continue;
    if (matchesRule(group.rule, facts)) best = group;
  }
  return best?.id ?? ungroupedId;
}

function fulfils({ property, operator, values }: DeviceCondition, facts: DeviceFacts): boolean {
  const agrees = compare[operator];
  return values.some((value) => {
    const wanted = value.trim().toLowerCase();
    return wanted !== '' && facts[wordsOf[property]].some((word) => agrees(word, wanted));
  });
}
