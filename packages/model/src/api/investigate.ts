import { z } from 'zod';
import { activityKinds } from '../activity.ts';
import { entityKinds } from '../entity.ts';
import { severities, verdicts } from '../enums.ts';

/** A device, user, mailbox, app or cloud resource of an incident. `details` are facts from the evidence (label → text). */
export const incidentAsset = z.strictObject({
  id: z.string(),
  kind: z.enum(entityKinds),
  name: z.string(),
  /** Every name the identity goes by. */
  aliases: z.array(z.string()),
  severity: z.enum(severities),
  alertsActive: z.int(),
  alertsTotal: z.int(),
  firstSeenDateTime: z.string(),
  lastSeenDateTime: z.string(),
  /** Other open incidents that touch it. */
  otherIncidents: z.array(z.int()),
  details: z.record(z.string(), z.string()),
});
export type IncidentAsset = z.infer<typeof incidentAsset>;

/** One piece of evidence, folded over the alerts that name it. */
export const incidentEvidence = z.strictObject({
  id: z.string(),
  kind: z.enum(entityKinds),
  name: z.string(),
  verdict: z.enum(verdicts),
  remediationStatus: z.string(),
  remediationStatusDetails: z.string().nullable(),
  roles: z.array(z.string()),
  firstSeenDateTime: z.string(),
  lastSeenDateTime: z.string(),
  assets: z.array(z.strictObject({ kind: z.enum(entityKinds), id: z.string(), name: z.string() })),
  detectionSources: z.array(z.string()),
  threats: z.array(z.string()),
  alertIds: z.array(z.string()),
  details: z.record(z.string(), z.string()),
});
export type IncidentEvidence = z.infer<typeof incidentEvidence>;

/** An entry of the append-only activity log. `before`/`after` hold the changed fields only. */
export const activityEntry = z.strictObject({
  id: z.int(),
  at: z.string(),
  kind: z.enum(activityKinds),
  actor: z.strictObject({ kind: z.enum(['person', 'token', 'system']), name: z.string() }),
  incidentId: z.int(),
  alertId: z.string().nullable(),
  /** One line in words. */
  summary: z.string(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  /** Set on comments. */
  comment: z
    .strictObject({ id: z.int(), text: z.string(), editedDateTime: z.string().nullable(), versions: z.int() })
    .nullable(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

export const commentBody = z.strictObject({ comment: z.string().trim().min(1).max(30_000) });
export const commentVersions = z.array(z.strictObject({ text: z.string(), at: z.string(), by: z.string() }));
