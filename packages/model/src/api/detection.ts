import { z } from 'zod';
import { detectionLevels, exceptionOperators } from '../detection.ts';
import { tactics } from '../tactic.ts';

const reason = z.string().trim().min(1).max(500);
const windowMinutes = z.int().min(1).max(10_080).nullable();
const counts = {
  /** Events that fitted. */
  matches: z.int(),
  /** Alerts raised. */
  alerts: z.int(),
  /** Matches added to an alert there was. */
  folded: z.int(),
  /** Matches that an exception made no alert. */
  excepted: z.int(),
  /** Matches not told while the rule was held back. */
  throttled: z.int(),
};

/** A rule as it holds now, with what it did in the last 30 days. */
export const detectionRule = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** "" when the rule names none. */
  author: z.string(),
  /** As the rule states it, "" when it does not. */
  licence: z.string(),
  level: z.enum(detectionLevels),
  status: z.string(),
  kind: z.enum(['rule', 'correlation']),
  tactics: z.array(z.enum(tactics)),
  techniques: z.array(z.string()),
  /** "windows · process_creation"; "" for a correlation. */
  logSource: z.string(),
  /** Where it comes from: a folder of the server, or a pack that people added. */
  origin: z.enum(['disk', 'pack']),
  path: z.string(),
  enabled: z.boolean(),
  /** Why it is as it is, in words of who changed it last; "" when nobody did. */
  reason: z.string(),
  /** Minutes for which repeats on one asset fold; null: the usual. */
  windowMinutes,
  /** Set while the rule is held back. `facts` are what was measured. */
  held: z
    .strictObject({
      why: z.enum(['noisy', 'expensive']),
      sinceDateTime: z.string(),
      untilDateTime: z.string(),
      facts: z.record(z.string(), z.number()),
    })
    .nullable(),
  ...counts,
  /** Its part of the time that all rules took, 0–1. */
  costShare: z.number(),
  /** The last day (UTC) on which it matched, YYYY-MM-DD. */
  lastMatchDay: z.string().nullable(),
});
export type DetectionRule = z.infer<typeof detectionRule>;

/** A rule that cannot be used. */
export const detectionFault = z.strictObject({
  path: z.string(),
  line: z.int(),
  reason: z.string(),
  title: z.string().nullable(),
});
export type DetectionFault = z.infer<typeof detectionFault>;

export const detectionList = z.strictObject({ items: z.array(detectionRule), faults: z.array(detectionFault) });
export type DetectionList = z.infer<typeof detectionList>;

const condition = z.strictObject({
  /** By its name in the event, or as a column of a hunting table. */
  field: z.string().trim().min(1).max(200),
  operator: z.enum(exceptionOperators),
  values: z.array(z.string().trim().min(1).max(1_000)).min(1).max(50),
});

/** An exception to make: matches for which every condition holds are no alert. */
export const detectionExceptionBody = z.strictObject({
  conditions: z.array(condition).min(1).max(10),
  reason,
  expiresDateTime: z.iso.datetime({ offset: true }).max(40).nullable().default(null),
});
export type DetectionExceptionBody = z.input<typeof detectionExceptionBody>;

export const detectionExceptionRow = z.strictObject({
  id: z.int(),
  /** Null: of any rule. */
  ruleId: z.string().nullable(),
  conditions: z.array(condition),
  reason: z.string(),
  expiresDateTime: z.string().nullable(),
  createdDateTime: z.string(),
  createdBy: z.string(),
  hits: z.int(),
  lastHitDateTime: z.string().nullable(),
});
export type DetectionExceptionRow = z.infer<typeof detectionExceptionRow>;

/** A rule with its text, its days and its exceptions. */
export const detectionDetail = detectionRule.extend({
  /** The file the rule stands in. */
  text: z.string(),
  description: z.string(),
  /** What to do about a match, by the rule's own word; empty when it has none. */
  recommendation: z.string(),
  falsePositives: z.array(z.string()),
  references: z.array(z.string()),
  /** Each of the last 30 days, the oldest first. */
  days: z.array(z.strictObject({ day: z.string(), ...counts })),
  exceptions: z.array(detectionExceptionRow),
});
export type DetectionDetail = z.infer<typeof detectionDetail>;

/** What is left out stays. The reason is shown beside the rule. */
export const detectionChange = z
  .strictObject({ enabled: z.boolean().optional(), windowMinutes: windowMinutes.optional(), reason })
  .refine(
    ({ enabled, windowMinutes: minutes }) => enabled !== undefined || minutes !== undefined,
    'the change names neither enabled nor windowMinutes',
  );
export type DetectionChange = z.infer<typeof detectionChange>;
