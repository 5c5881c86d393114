import { z } from 'zod';
import {
  actionSources,
  actionStatuses,
  actionTypes,
  type OperationKind,
  operationKinds,
  reportChanges,
  reportTypes,
} from '../rule-kind.ts';

const some = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z
    .array(z.enum(words))
    .min(1)
    .max(words.length)
    .transform((list) => words.filter((word) => (list as readonly string[]).includes(word)) as Words[number][]);

/** Which response actions a rule tells about. `types` null = all, also those to come. */
export const actionChoice = z.strictObject({
  sources: some(actionSources),
  types: some(actionTypes).nullable(),
  statuses: some(actionStatuses),
});
export type ActionChoice = z.infer<typeof actionChoice>;

/** Which threat reports a rule tells about; null = whatever type or tag. */
export const reportChoice = z.strictObject({
  changes: z.enum(reportChanges),
  types: some(reportTypes).nullable(),
  tags: z.array(z.string().trim().min(1).max(100)).min(1).max(50).nullable(),
});
export type ReportChoice = z.infer<typeof reportChoice>;

/** What of the server a rule watches; null = not. */
export const operationsChoice = z
  .strictObject({
    /** `sources` null = any; `minutes` null = by the source's own rhythm. */
    sourceSilent: z
      .strictObject({
        sources: z.array(z.string().min(1).max(200)).min(1).max(100).nullable(),
        minutes: z.int().min(1).max(43_200).nullable(),
      })
      .nullable(),
    /** Times that are this far from arrival, steadily. Rules of before have none. */
    sourceClock: z
      .strictObject({ minutes: z.int().min(1).max(1440) })
      .nullable()
      .optional(),
    /** Out of balance for longer than this. */
    ledgerUnbalanced: z.strictObject({ minutes: z.int().min(1).max(1440) }).nullable(),
    /** Free space below a share of the disk, or below a size. */
    diskLow: z
      .strictObject({
        percent: z.int().min(1).max(90).nullable(),
        gigabytes: z.number().min(0.1).max(100_000).nullable(),
      })
      .refine(({ percent, gigabytes }) => percent !== null || gigabytes !== null, 'expected percent or gigabytes')
      .nullable(),
    /** Failed this often in a row. */
    jobFailing: z.strictObject({ times: z.int().min(1).max(100) }).nullable(),
    /** More than this many within an hour. */
    deadLetters: z.strictObject({ count: z.int().min(1).max(1_000_000) }).nullable(),
  })
  .refine((choice) => Object.values(choice).some((each) => (each ?? null) !== null), 'expected something to watch');
export type OperationsChoice = z.infer<typeof operationsChoice>;

/** A response action, as whatever carries it out tells of it. */
export const actionEvent = z.strictObject({
  source: z.enum(actionSources),
  type: z.enum(actionTypes),
  status: z.enum(actionStatuses),
  /** What it was done to. */
  target: z.string(),
  /** Of the devices concerned; −1 alone = no device. */
  deviceGroups: z.array(z.int()).min(1),
  by: z.string(),
  incidentId: z.int().nullable(),
  /** Instant. */
  at: z.string(),
});
export type ActionEvent = z.infer<typeof actionEvent>;

/** A threat report that came out or changed. */
export const reportEvent = z.strictObject({
  change: z.enum(['new', 'updated']),
  title: z.string(),
  type: z.enum(reportTypes),
  tags: z.array(z.string()),
  summary: z.string(),
  /** Instant. */
  at: z.string(),
});
export type ReportEvent = z.infer<typeof reportEvent>;

/** What was measured, by name: numbers in the unit that the name says, instants and words as text. */
export const operationFacts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
export type OperationFacts = z.infer<typeof operationFacts>;

/** What a message is about that is not about an incident. */
export type NoticeAbout =
  | { kind: 'action'; event: ActionEvent }
  | { kind: 'report'; event: ReportEvent }
  | {
      kind: 'operations';
      condition: OperationKind;
      subject: string;
      facts: OperationFacts;
      /** Instants. */
      openedAt: string;
      closedAt: string | null;
    };

/** Something about the server that is or was not as it should be. */
export const operationCondition = z.strictObject({
  id: z.int(),
  kind: z.enum(operationKinds),
  /** A source, a job; empty where there is one only. */
  subject: z.string(),
  title: z.string(),
  detail: z.string(),
  openedDateTime: z.string(),
  closedDateTime: z.string().nullable(),
  /** null = the watch that always runs, which tells nobody. */
  ruleName: z.string().nullable(),
});
export type OperationCondition = z.infer<typeof operationCondition>;

export const jobState = z.strictObject({
  name: z.string(),
  lastRunDateTime: z.string(),
  lastSuccessDateTime: z.string().nullable(),
  lastFailureDateTime: z.string().nullable(),
  lastError: z.string().nullable(),
  /** In a row; 0 = the last run went well. */
  failures: z.int(),
});
export type JobState = z.infer<typeof jobState>;

/** How the server is: what is wrong now, what was, and its recurring work. */
export const operationsView = z.strictObject({
  open: z.array(operationCondition),
  /** Closed ones, newest first. */
  history: z.array(operationCondition),
  jobs: z.array(jobState),
  /** Of the data directory, bytes; null = it cannot be known. */
  disk: z.strictObject({ free: z.number(), total: z.number() }).nullable(),
  /** The database runs elsewhere: its disk is not watched. */
  databaseElsewhere: z.boolean(),
  /** When the watch last looked; null = not yet. */
  lastLookDateTime: z.string().nullable(),
});
export type OperationsView = z.infer<typeof operationsView>;

/** A device group to choose for a rule. −1 = alerts that name no device. */
export const ruleGroup = z.strictObject({ id: z.int(), name: z.string() });
export const ruleGroups = z.strictObject({
  items: z.array(ruleGroup),
  /** Whether a rule of theirs may be about all groups. */
  all: z.boolean(),
});
export type RuleGroups = z.infer<typeof ruleGroups>;

/** What happens to rules when a device group is deleted. */
export const groupEffect = z.strictObject({ lose: z.int(), removed: z.int() });
export type GroupEffect = z.infer<typeof groupEffect>;
