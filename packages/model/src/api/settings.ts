import { z } from 'zod';

/** Where a setting stood when it was read: sent back with a change, so that nobody overwrites what they have not seen. */
const lastChange = { updatedDateTime: z.iso.datetime(), updatedBy: z.string() };

/** The name and the time zone of an organisation. `timeZone` null: times are shown in each person's own zone. */
export const generalSettings = z.strictObject({
  organizationName: z.string(),
  timeZone: z.string().nullable(),
  ...lastChange,
});
export type GeneralSettings = z.infer<typeof generalSettings>;

export const generalSettingsChange = z.strictObject({
  organizationName: z.string().trim().min(1).max(100).optional(),
  timeZone: z.string().max(60).refine(isTimeZone, 'is no IANA time zone; one is Europe/Berlin').nullable().optional(),
  updatedDateTime: z.iso.datetime().max(40),
});
export type GeneralSettingsChange = z.infer<typeof generalSettingsChange>;

/** A source of alerts: what it sent, and what people say about it. */
export const sourceSettings = z.strictObject({
  source: z.string(),
  displayName: z.string(),
  note: z.string(),
  /** It is expected to send at least this often; null when nobody said. */
  expectedMinutes: z.number().int().nullable(),
  enabled: z.boolean(),
  received: z.number().int(),
  stored: z.number().int(),
  duplicate: z.number().int(),
  rejected: z.number().int(),
  /** Of the stored, deleted since. */
  deleted: z.number().int(),
  lastReceivedDateTime: z.iso.datetime().nullable(),
  /** Requests refused while it was disabled. */
  refused: z.number().int(),
  lastRefusedDateTime: z.iso.datetime().nullable(),
  /** Null until somebody changed it. */
  updatedDateTime: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
});
export type SourceSettings = z.infer<typeof sourceSettings>;

export const sourceSettingsChange = z.strictObject({
  displayName: z.string().trim().max(100).optional(),
  note: z.string().trim().max(1_000).optional(),
  expectedMinutes: z.number().int().min(1).max(525_600).nullable().optional(),
  enabled: z.boolean().optional(),
  updatedDateTime: z.iso.datetime().max(40).nullable(),
});
export type SourceSettingsChange = z.infer<typeof sourceSettingsChange>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** How long data is kept; days null keeps incidents for ever. Audit days 0 keep entries for ever. */
export const retentionSettings = z.strictObject({
  incidentDays: z.number().int().nullable(),
  /** Raw bytes of dead letters; reason, line and time stay. */
  deadLetterDays: z.number().int(),
  /** Batches of the intake log, from when their alerts are stored. */
  intakeDays: z.number().int(),
  /** Live updates: a browser that was away for longer reads everything again. */
  liveDays: z.number().int(),
  /** The text of sent messages; that they were sent, to whom and when, stays. */
  messageDays: z.number().int(),
  auditDays: z.number().int(),
  ...lastChange,
});
export type RetentionSettings = z.infer<typeof retentionSettings>;

const incidentDays = z.number().int().min(30, 'is at least 30 days').max(36_500);
const days = z.number().int().min(1, 'is at least 1 day').max(36_500);
export const retentionChange = z.strictObject({
  incidentDays: incidentDays.nullable().optional(),
  deadLetterDays: days.optional(),
  intakeDays: days.optional(),
  liveDays: days.optional(),
  messageDays: days.optional(),
  updatedDateTime: z.iso.datetime().max(40),
});
export type RetentionChange = z.infer<typeof retentionChange>;

export const retentionPreview = z.strictObject({
  incidents: z.number().int(),
  alerts: z.number().int(),
  oldest: z.iso.datetime().nullable(),
});
export type RetentionPreview = z.infer<typeof retentionPreview>;
export const retentionPreviewQuery = z.strictObject({ days: z.coerce.number().pipe(incidentDays) });

/** Something deleted for good, or being deleted; `incidents` and `alerts` are gone so far. */
export const deletion = z.strictObject({
  id: z.number().int(),
  kind: z.enum(['retention', 'incident', 'demo', 'source']),
  reason: z.string(),
  /** Whose data it is, of kind source. */
  source: z.string().nullable(),
  startedBy: z.string(),
  startedDateTime: z.iso.datetime(),
  endedDateTime: z.iso.datetime().nullable(),
  incidents: z.number().int(),
  alerts: z.number().int(),
  /** Dead letters gone so far. */
  letters: z.number().int(),
  alertsWaiting: z.number().int(),
  incidentsWaiting: z.number().int(),
});
export type Deletion = z.infer<typeof deletion>;

/** `confirm` repeats the number, typed by a person. */
export const deletionBody = z
  .strictObject({
    incidentId: z.number().int().min(1),
    confirm: z.string().max(40),
    reason: z.string().trim().min(1).max(500),
  })
  .refine(({ incidentId, confirm }) => confirm.trim() === String(incidentId), {
    path: ['confirm'],
    message: 'is not the number of the incident',
  });
export type DeletionBody = z.infer<typeof deletionBody>;

/** What a deletion of chosen alerts would take: those of the demo, or of a source. */
export const choicePreview = z.strictObject({
  alerts: z.number().int(),
  /** They hold nothing else: they go whole. */
  incidents: z.number().int(),
  /** They stay, without these alerts. */
  incidentsKept: z.number().int(),
  letters: z.number().int(),
  /** Accepted and not stored yet: they stay. */
  pending: z.number().int(),
});
export type ChoicePreview = z.infer<typeof choicePreview>;

/** `confirm` repeats the name of the source, typed by a person. */
export const sourceDeletionBody = z.strictObject({
  confirm: z.string().max(100),
  reason: z.string().trim().min(1).max(500),
});
export type SourceDeletionBody = z.infer<typeof sourceDeletionBody>;

/** Why a person is erased; told in the audit log. */
export const eraseBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });
export type EraseBody = z.infer<typeof eraseBody>;

/** What everybody in it knows of an organisation. */
export const organization = z.strictObject({ name: z.string(), timeZone: z.string().nullable() });
export type Organization = z.infer<typeof organization>;
