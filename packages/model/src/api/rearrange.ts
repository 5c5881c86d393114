import { z } from 'zod';
import { mostMerged, mostMoved, rearrangementKinds, rearrangementReasons } from '../rearrangement.ts';

const number = z.int().min(1).max(2_147_483_647);
const why = {
  reason: z.enum(rearrangementReasons),
  /** Goes into the activity log of every incident concerned. */
  note: z.string().trim().max(2_000).optional(),
};

/** Merge incidents into one. Without `into` the engine chooses: the one people work on, else the oldest. */
export const mergeBody = z.strictObject({
  incidentIds: z.array(number).min(2).max(mostMerged),
  into: number.optional(),
  ...why,
});
export type MergeBody = z.infer<typeof mergeBody>;

/** Move alerts of one incident to another, or (null) to a new one. */
export const moveBody = z.strictObject({
  alertIds: z.array(z.string().min(1).max(300)).min(1).max(mostMoved),
  into: number.nullable(),
  ...why,
});
export type MoveBody = z.infer<typeof moveBody>;

export const undoBody = z.strictObject({ note: why.note });
export type UndoBody = z.infer<typeof undoBody>;

/** What the writer is asked to do. */
export type RearrangementRequest =
  | ({ kind: 'merge' } & MergeBody)
  | ({ kind: 'move' } & MoveBody)
  | ({ kind: 'undo'; rearrangementId: number } & UndoBody)
  /** Alerts that a tuning rule hides; null: all of them, some thousand at a time. */
  | { kind: 'release'; ruleId: number; alertIds: string[] | null; note?: string | undefined };

/** Why it was not done: closed list. */
export const rearrangementRefusals = [
  'notFound',
  'beyondScope',
  'redirected',
  'resolved',
  'differentOwner',
  'differentClassification',
  'full',
  'tooManyEntities',
  'deviceGroup',
  'nothingLeft',
  'nothingToDo',
  'alreadyUndone',
  'failed',
] as const;
export type RearrangementRefusal = (typeof rearrangementRefusals)[number];

/** What became of a request. `incidentId` is where to look now. */
export const rearrangementResult = z.strictObject({
  incidentId: z.int(),
  rearrangementIds: z.array(z.int()),
  movedAlerts: z.int(),
  /** Alerts that were not taken back, since they were moved again meanwhile. */
  keptAlerts: z.int(),
});
export type RearrangementResult = z.infer<typeof rearrangementResult>;

/** An entry of the journal, as seen from one incident. */
export const rearrangementEntry = z.strictObject({
  id: z.int(),
  kind: z.enum(rearrangementKinds),
  dateTime: z.string(),
  actor: z.strictObject({ kind: z.enum(['person', 'token', 'system']), name: z.string() }),
  reason: z.enum(rearrangementReasons).nullable(),
  note: z.string(),
  fromIncidentId: z.int(),
  intoIncidentId: z.int(),
  alerts: z.int(),
  undoneBy: z.int().nullable(),
  undoes: z.int().nullable(),
});
export type RearrangementEntry = z.infer<typeof rearrangementEntry>;

/** What an incident falls into without an entity: the largest part first, which stays. */
export const splitPreview = z.strictObject({
  entity: z.strictObject({ id: z.string(), kind: z.string(), name: z.string() }),
  parts: z.array(
    z.strictObject({
      alertIds: z.array(z.string()),
      titles: z.array(z.string()),
      firstActivityDateTime: z.string(),
      lastActivityDateTime: z.string(),
    }),
  ),
});
export type SplitPreview = z.infer<typeof splitPreview>;
