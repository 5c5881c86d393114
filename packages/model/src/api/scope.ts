import { z } from 'zod';
import {
  deviceProperties,
  mostRuleValues,
  operatorsOf,
  remediationLevels,
  ruleOperators,
  visibilityReasons,
} from '../device-group.ts';
import { builtInRoles, type Grant, grants } from '../grant.ts';
import { permissions } from '../permission.ts';
import { mostScopeSources, sourceModes } from '../source-scope.ts';

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), 'expected text without control characters');
const label = (most: number) => text(most).trim().min(1);
const ids = z.array(z.int().min(1).max(2_147_483_647)).max(1000);

/** One condition of a rule: any word of the property compares with any of the values. */
export const deviceCondition = z
  .strictObject({
    property: z.enum(deviceProperties),
    operator: z.enum(ruleOperators),
    values: z.array(label(200)).min(1).max(mostRuleValues),
  })
  .refine(({ property, operator }) => operatorsOf[property].includes(operator), {
    path: ['operator'],
    error: 'This property cannot be compared so.',
  });

/** A rule: all conditions hold, one for each property at most. */
export const deviceRule = z.strictObject({
  conditions: z
    .array(deviceCondition)
    .min(1)
    .max(deviceProperties.length)
    .refine((list) => new Set(list.map(({ property }) => property)).size === list.length, {
      error: 'Each property at most once: further values go beside the first.',
    }),
});

const assignees = { accountIds: ids, userGroupIds: ids };

/** A device group. The ungrouped have id 0, no rank and no rule. */
export const deviceGroup = z.strictObject({
  id: z.int(),
  rank: z.int().nullable(),
  name: z.string(),
  description: z.string(),
  remediation: z.enum(remediationLevels),
  rule: deviceRule.nullable(),
  devices: z.int(),
  ...assignees,
  updatedDateTime: z.string(),
  updatedBy: z.string(),
});
export type DeviceGroup = z.infer<typeof deviceGroup>;

/** A new group goes last among the ranked unless it names its rank. */
export const deviceGroupCreate = z.strictObject({
  name: label(100),
  description: text(1000).default(''),
  remediation: z.enum(remediationLevels).default('none'),
  rule: deviceRule,
  rank: z.int().min(1).max(1000).optional(),
  accountIds: ids.default([]),
  userGroupIds: ids.default([]),
});
export const deviceGroupChange = z.strictObject({
  name: label(100).optional(),
  description: text(1000).optional(),
  remediation: z.enum(remediationLevels).optional(),
  rule: deviceRule.optional(),
  rank: z.int().min(1).max(1000).optional(),
  accountIds: ids.optional(),
  userGroupIds: ids.optional(),
});
export type DeviceGroupCreate = z.infer<typeof deviceGroupCreate>;
export type DeviceGroupChange = z.infer<typeof deviceGroupChange>;

/** What a rule would take: how many devices match, how many of them a group of better rank keeps, and ten names. */
export const deviceGroupPreview = z.strictObject({
  matching: z.int(),
  taken: z.int(),
  devices: z.array(z.strictObject({ id: z.string(), name: z.string(), group: z.string() })),
});
export const deviceGroupPreviewBody = z.strictObject({ rule: deviceRule, groupId: z.int().optional() });
export type DeviceGroupPreview = z.infer<typeof deviceGroupPreview>;

/** How scope works in a tenant. */
export const scopeSettings = z.strictObject({ scopedSeeDeviceless: z.boolean() });
export type ScopeSettings = z.infer<typeof scopeSettings>;

export const userGroup = z.strictObject({ id: z.int(), name: z.string(), accountIds: ids });
export type UserGroup = z.infer<typeof userGroup>;
export const userGroupBody = z.strictObject({ name: label(100), accountIds: ids.default([]) });
export const userGroupChange = z.strictObject({ name: label(100).optional(), accountIds: ids.optional() });

const grantList = z
  .array(z.enum(grants as [Grant, ...Grant[]]))
  .min(1)
  .max(grants.length)
  .transform((list) => grants.filter((grant) => list.includes(grant)));

/** For which service sources a role is given. */
export const sourceScope = z
  .strictObject({
    mode: z.enum(sourceModes),
    sources: z
      .array(label(300))
      .max(mostScopeSources)
      .default([])
      .transform((list) => [...new Set(list)].sort()),
  })
  .refine(({ mode, sources }) => (mode === 'all') === (sources.length === 0), {
    path: ['sources'],
    error: 'Name the sources, or choose all and name none.',
  });
const limit = z.strictObject({ mode: z.enum(['selected', 'allExcept']), sources: z.array(z.string()) });

/** An assignment of a role for some sources only. */
export const limitedAssignment = z.strictObject({ ...assignees, sources: sourceScope });
export type LimitedAssignment = z.infer<typeof limitedAssignment>;
const limited = z.array(limitedAssignment).max(100);

/** The sources for which an account has its own role. */
export const accountSources = z.strictObject({ accountId: z.int(), sources: sourceScope });
export type AccountSources = z.infer<typeof accountSources>;

/** A role: built in, or made here. Those in `accountIds` and `userGroupIds` have it for all sources. */
export const accessRole = z.strictObject({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  builtIn: z.boolean(),
  grants: z.array(z.enum(grants as [Grant, ...Grant[]])),
  permissions: z.array(z.enum(permissions)),
  ...assignees,
  limited,
});
export type AccessRole = z.infer<typeof accessRole>;
export const customRoleBody = z.strictObject({
  name: label(100),
  description: text(1000).default(''),
  grants: grantList,
});
export const customRoleChange = z.strictObject({
  name: label(100).optional(),
  description: text(1000).optional(),
  grants: grantList.optional(),
});
export const roleAssignees = z.strictObject({ ...assignees, limited: limited.default([]) });

/** `{key}` of a role: the name of a built-in one, or "custom-7". */
export const roleKey = z.union([
  z.enum(builtInRoles),
  // A template literal checks the form only, not how large the number is.
  z
    .templateLiteral(['custom-', z.int()])
    .refine((key) => /^custom-[1-9]\d{0,8}$/.test(key), 'expected a role, as custom-7'),
]);
export type RoleKey = z.infer<typeof roleKey>;

/** Whether somebody sees an incident, and why. */
export const visibilityAnswer = z.strictObject({
  visible: z.boolean(),
  reason: z.enum(visibilityReasons),
  sentence: z.string(),
  permissions: z.array(z.enum(permissions)),
  /** The person's device groups; null = everything. */
  scope: z.array(z.strictObject({ id: z.int(), name: z.string() })).nullable(),
  /** The sources that the person reads; null = all. */
  sources: limit.nullable(),
  incidentSources: z.array(z.string()),
  /** The device groups of the incident's alerts. */
  incidentGroups: z.array(z.strictObject({ id: z.int(), name: z.string() })),
});
export type VisibilityAnswer = z.infer<typeof visibilityAnswer>;
