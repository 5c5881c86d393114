/** What a device-group rule may ask of a device. */
export const deviceProperties = ['name', 'domain', 'tag', 'osPlatform'] as const;
export type DeviceProperty = (typeof deviceProperties)[number];

/** How a value is compared, whatever its case. An operating system is one of a list: it is equal or it is not. */
export const ruleOperators = ['equals', 'startsWith', 'endsWith', 'contains', 'isAnyOf'] as const;
export type RuleOperator = (typeof ruleOperators)[number];

/** Which operators go with a property. */
export const operatorsOf: Record<DeviceProperty, readonly RuleOperator[]> = {
  name: ruleOperators,
  domain: ruleOperators,
  tag: ruleOperators,
  osPlatform: ['equals', 'isAnyOf'],
};

/** Most values one condition compares with. */
export const mostRuleValues = 10;
/** Most device groups of a tenant: every incident carries the numbers of its groups in an index. */
export const mostDeviceGroups = 200;

/** The group of every device that no rule claims: always there, always last. */
export const ungroupedId = 0;
/** Stands for "names no device" among the groups of an alert. */
export const devicelessId = -1;

/** How much may be done to devices of a group without asking; stored for automation, which is yet to obey it. */
export const remediationLevels = ['none', 'approveAll', 'approveCore', 'approveNonTemporary', 'full'] as const;
export type RemediationLevel = (typeof remediationLevels)[number];

/** True for a device of which any word of the property compares with any of the values. */
export type DeviceCondition = { property: DeviceProperty; operator: RuleOperator; values: string[] };
/** True for a device that fulfils every condition; at most one for each property. */
export type DeviceRule = { conditions: DeviceCondition[] };

/** What is known of a device that rules ask about, in lower case. */
export type DeviceFacts = { names: string[]; domains: string[]; tags: string[]; osPlatforms: string[] };

/** Why somebody can or cannot see an incident: the closed list of the explainer. */
export const visibilityReasons = [
  'accountDisabled',
  'roleDoesNotRead',
  'noSuchIncident',
  'unscoped',
  'sourceInScope',
  'sourcesOutOfScope',
  'deviceInScope',
  'devicelessShown',
  'devicelessHidden',
  'devicesOutOfScope',
] as const;
export type VisibilityReason = (typeof visibilityReasons)[number];
