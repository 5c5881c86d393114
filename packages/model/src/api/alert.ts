import { z } from 'zod';
import { alertSchema } from '../alert.ts';
import { classifications, determinations } from '../classification.ts';
import { decisionKinds, refusalReasons, signals } from '../decision.ts';
import { entityKinds } from '../entity.ts';
import { alertStatuses, severities } from '../enums.ts';
import { rearrangementReasons } from '../rearrangement.ts';
import { tactics } from '../tactic.ts';
import { tunedStates, tuningActions } from '../tuning.ts';
import { filterWord, repeated } from './query-list.ts';

export const term = z.strictObject({
  signal: z.enum(signals),
  entity: z.strictObject({ kind: z.enum(entityKinds), id: z.string(), name: z.string() }).nullable(),
  weight: z.number(),
  rarity: z.number(),
  ageMs: z.number(),
  contribution: z.number(),
  alertId: z.string().nullable(),
  /** What it was counted from; alerts decided before this was kept have none. */
  basis: z
    .discriminatedUnion('of', [
      z.strictObject({ of: z.literal('asset'), firedHours: z.number(), watchedHours: z.number() }),
      z.strictObject({ of: z.literal('artefact'), assets: z.int(), elsewhere: z.int(), days: z.int() }),
      z.strictObject({ of: z.literal('incident'), alerts: z.int() }),
    ])
    .optional(),
});

/** An incident that was considered and is not the one. `entity`: what they share, where that is the reason; ms apart. */
export const linkRefusal = z.strictObject({
  incidentId: z.int(),
  reason: z.enum(refusalReasons),
  score: z.number(),
  entity: z.strictObject({ kind: z.enum(entityKinds), id: z.string(), name: z.string() }).nullable(),
  ageMs: z.number().nullable(),
  /** All of it in words. */
  sentence: z.string(),
});

/** The last move of an alert by a person. `intoIncidentId` is where it went then; merges may have led on since. */
export const alertMove = z.strictObject({
  dateTime: z.string(),
  actor: z.strictObject({ kind: z.enum(['person', 'token', 'system']), name: z.string() }),
  reason: z.enum(rearrangementReasons).nullable(),
  note: z.string(),
  fromIncidentId: z.int(),
  intoIncidentId: z.int(),
  /** Whether it took an earlier move or merge back. */
  undoing: z.boolean(),
});
export type AlertMove = z.infer<typeof alertMove>;

/** Why an alert is where it is. `sentence` says it in words; `terms` sum to `score`. */
export const alertLink = z.strictObject({
  kind: z.enum(decisionKinds),
  incidentId: z.int(),
  /** The incident it was first put in, when merges moved it. */
  originIncidentId: z.int(),
  continues: z.int().nullable(),
  novelty: z.number(),
  score: z.number(),
  threshold: z.number(),
  terms: z.array(term),
  /** What was considered and refused, what a rule forbade first, then the nearest. */
  refusals: z.array(linkRefusal),
  sentence: z.string(),
  /** The tuning rule that applied when it came in. */
  tuning: z
    .strictObject({
      ruleId: z.int(),
      version: z.int(),
      name: z.string(),
      action: z.enum(tuningActions),
      by: z.string(),
      comment: z.string(),
      classification: z.enum(classifications),
      determination: z.enum(determinations),
    })
    .nullable(),
  decidedDateTime: z.string(),
  moved: alertMove.nullable(),
});
export type AlertLink = z.infer<typeof alertLink>;

export const assetBadge = z.strictObject({ kind: z.enum(entityKinds), id: z.string(), name: z.string() });
export type AssetBadge = z.infer<typeof assetBadge>;

/** A row of an alert list. */
export const alertRow = z.strictObject({
  id: z.string(),
  incidentId: z.int(),
  incidentName: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  status: z.enum(alertStatuses),
  classification: z.enum(classifications),
  determination: z.enum(determinations),
  category: z.string().nullable(),
  tactics: z.array(z.enum(tactics)),
  serviceSource: z.string(),
  detectionSource: z.string(),
  productName: z.string().nullable(),
  assignedTo: z.string().nullable(),
  assets: z.array(assetBadge),
  firstActivityDateTime: z.string(),
  lastActivityDateTime: z.string(),
  createdDateTime: z.string(),
  link: alertLink,
});
export type AlertRow = z.infer<typeof alertRow>;

export const alertPage = z.strictObject({ items: z.array(alertRow), total: z.int(), next: z.string().nullable() });
export type AlertPage = z.infer<typeof alertPage>;

export const alertListQuery = z.strictObject({
  q: z.string().max(200).optional(),
  status: repeated(z.enum(alertStatuses)),
  severity: repeated(z.enum(severities)),
  assignee: repeated(filterWord),
  serviceSource: repeated(filterWord),
  detectionSource: repeated(filterWord),
  category: repeated(filterWord),
  tactic: repeated(z.enum(tactics)),
  classification: repeated(z.enum(classifications)),
  determination: repeated(z.enum(determinations)),
  entity: repeated(filterWord),
  product: repeated(filterWord),
  rule: repeated(filterWord),
  /** Alerts to which this tuning rule applied when they came in. */
  tuningRule: z.coerce.number().int().optional(),
  /** Alerts that a tuning rule hides still, hid and somebody released, or resolved as they came in. */
  tuned: z.enum(tunedStates).optional(),
  incident: z.coerce.number().int().optional(),
  /** Last activity at or after / before. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  sort: z.enum(['lastActivity', 'firstActivity', 'created', 'severity', 'title']).default('lastActivity'),
  dir: z.enum(['asc', 'desc']).default('desc'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type AlertListQuery = z.infer<typeof alertListQuery>;

/** An alert in full, with its link and the entities it names. */
export const alertDetail = z.strictObject({
  alert: alertSchema,
  link: alertLink,
  incident: z.strictObject({ id: z.int(), displayName: z.string() }),
  entities: z.array(assetBadge.extend({ roles: z.array(z.string()) })),
});
export type AlertDetail = z.infer<typeof alertDetail>;

/** A change to an alert: only the fields given change. */
export const alertChange = z
  .strictObject({
    status: z.enum(['new', 'inProgress', 'resolved']).optional(),
    assignedTo: z.string().max(200).nullable().optional(),
    classification: z.string().max(60).optional(),
    determination: z.string().max(60).optional(),
    comment: z.string().trim().min(1).max(30_000).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'the change names no field');
export type AlertChange = z.infer<typeof alertChange>;
