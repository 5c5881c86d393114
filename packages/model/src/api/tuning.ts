import { z } from 'zod';
import { classifications, determinations } from '../classification.ts';
import { severities } from '../enums.ts';
import { mostMoved } from '../rearrangement.ts';
import { ruleStops } from '../rule-kind.ts';
import {
  type TuningGroup,
  tuningActions,
  tuningLimits,
  tuningOperators,
  tuningProperties,
  tuningTriggers,
} from '../tuning.ts';

const condition = z.strictObject({
  property: z.enum(tuningProperties),
  operator: z.enum(tuningOperators),
  values: z.array(z.string().trim().min(1).max(tuningLimits.valueLength)).min(1).max(tuningLimits.values),
});
const lowest = z.strictObject({ match: z.enum(['all', 'any']), items: z.array(condition).min(1).max(50) });
const middle = z.strictObject({
  match: z.enum(['all', 'any']),
  items: z
    .array(z.union([condition, lowest]))
    .min(1)
    .max(50),
});
const highest = z.strictObject({
  match: z.enum(['all', 'any']),
  items: z.array(z.union([condition, middle])).max(50),
});

/** The conditions of a rule: up to three levels of groups and 50 conditions. No item at all: every alert of the alert type. */
export const tuningConditions = highest.refine(
  (group) => countConditions(group) <= tuningLimits.conditions,
  `a rule has at most ${tuningLimits.conditions} conditions`,
);

function countConditions(group: TuningGroup): number {
  return group.items.reduce((sum, item) => sum + ('items' in item ? countConditions(item) : 1), 0);
}

const fields = {
  name: z.string().trim().min(1).max(120),
  comment: z.string().trim().max(1_000),
  enabled: z.boolean(),
  action: z.enum(tuningActions),
  /** One alert type: service source and detector. Null: any. */
  alertType: z
    .strictObject({ serviceSource: z.string().trim().min(1).max(200), detectorId: z.string().trim().min(1).max(500) })
    .nullable(),
  /** Every device that the alert names is in one of these; −1: alerts that name none. Null: all. */
  deviceGroups: z.array(z.int()).min(1).max(200).nullable(),
  /** The conditions of this kind of evidence hold on one and the same. */
  trigger: z.enum(tuningTriggers).nullable(),
  conditions: tuningConditions,
  /** Of alerts that it resolves. */
  classification: z.enum(classifications),
  determination: z.enum(determinations),
  /** From then on the rule does nothing. Null: never. */
  expiresDateTime: z.iso.datetime({ offset: true }).max(40).nullable(),
};

/** What people say of a tuning rule. */
export const tuningRuleBody = z.strictObject({
  ...fields,
  comment: fields.comment.default(''),
  enabled: fields.enabled.default(true),
  alertType: fields.alertType.default(null),
  deviceGroups: fields.deviceGroups.default(null),
  trigger: fields.trigger.default(null),
  classification: fields.classification.default('unknown'),
  determination: fields.determination.default('unknown'),
  expiresDateTime: fields.expiresDateTime.default(null),
});
export type TuningRuleBody = z.infer<typeof tuningRuleBody>;

/** What is left out stays. */
export const tuningRuleChange = z
  .strictObject(fields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'the change names no field');
export type TuningRuleChange = z.infer<typeof tuningRuleChange>;

/** A tuning rule with what became of it. */
export const tuningRule = z.strictObject({
  id: z.int(),
  version: z.int(),
  ...fields,
  /** Why it does nothing although it is on. */
  stopped: z.enum([...ruleStops, 'expired']).nullable(),
  matched: z.int(),
  lastMatchDateTime: z.string().nullable(),
  createdDateTime: z.string(),
  createdBy: z.string(),
  lastUpdateDateTime: z.string(),
  lastModifiedBy: z.string(),
});
export type TuningRule = z.infer<typeof tuningRule>;

/** What a rule would have done in the last 30 days. */
export const tuningPreview = z.strictObject({
  /** Alerts looked at; fewer than there were when `complete` is false. */
  examined: z.int(),
  complete: z.boolean(),
  matched: z.int(),
  bySeverity: z.partialRecord(z.enum(severities), z.int()),
  /** Incidents all of whose alerts match: they would not have been opened, or would have arrived resolved. */
  incidents: z.int(),
  samples: z.array(
    z.strictObject({
      id: z.string(),
      incidentId: z.int(),
      title: z.string(),
      severity: z.enum(severities),
      lastActivityDateTime: z.string(),
    }),
  ),
});
export type TuningPreview = z.infer<typeof tuningPreview>;

/** What became of the stored alerts of a rule. */
export const tuningMatches = z.strictObject({
  hidden: z.int(),
  released: z.int(),
  resolved: z.int(),
  /** Alerts that came in on each of the last 30 days, UTC, the oldest first. */
  days: z.array(z.strictObject({ date: z.string(), alerts: z.int() })),
});
export type TuningMatches = z.infer<typeof tuningMatches>;

/** Which hidden alerts of a rule come to the queue. Left out: all. */
export const tuningReleaseBody = z.strictObject({
  alertIds: z.array(z.string().min(1).max(300)).min(1).max(mostMoved).optional(),
  /** Goes into the activity log of every incident concerned. */
  note: z.string().trim().max(1_000).optional(),
});
export type TuningReleaseBody = z.infer<typeof tuningReleaseBody>;

/** What was released. `remaining` > 0: there are more than one request takes; ask again. */
export const tuningRelease = z.strictObject({
  released: z.int(),
  remaining: z.int(),
  /** Where the first of them are now. */
  incidentId: z.int(),
});
export type TuningRelease = z.infer<typeof tuningRelease>;
