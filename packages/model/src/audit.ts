import { z } from 'zod';
import { auditActions, auditActorKinds, auditFaultKinds, auditOutcomes } from './audit-event.ts';

const actor = z.strictObject({ kind: z.enum(auditActorKinds), name: z.string(), id: z.string().nullable() });
const target = z.strictObject({ kind: z.string(), id: z.string() });

/** An entry of the audit log, as the API and exports show it. */
export const auditEntry = z.strictObject({
  seq: z.int().meta({ description: 'Number in the chain of the tenant, from 1 without gaps.' }),
  at: z.iso.datetime(),
  action: z.enum(auditActions),
  actor,
  target: target.nullable(),
  outcome: z.enum(auditOutcomes),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  hash: z.string().meta({ description: 'SHA-256 over the hash of the entry before and this entry, in hex.' }),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const several = <T extends z.ZodType>(one: T) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(one).max(50));

/** Which entries; everything is optional and all given must hold. */
export const auditFilter = z.strictObject({
  actor: z.string().trim().min(1).max(200).optional().meta({ description: 'Name of the person, whatever its case.' }),
  action: several(z.enum(auditActions)).optional(),
  outcome: several(z.enum(auditOutcomes)).optional(),
  target: z
    .string()
    .regex(/^[A-Za-z]{1,40}(\/.{1,200})?$/s)
    .optional()
    .meta({ description: 'A kind of thing, or one thing: `incident`, `incident/12`.' }),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditQuery = auditFilter.extend({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(100).optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditPage = z.strictObject({
  items: z.array(auditEntry),
  next: z.string().nullable().meta({ description: 'Pass as `cursor` for the next, older page.' }),
});
export type AuditPage = z.infer<typeof auditPage>;

/** What a verification of the chain found. */
export const auditVerdict = z.strictObject({
  intact: z.boolean(),
  entries: z.int().meta({ description: 'Entries that were checked and fit.' }),
  first: z.int().nullable(),
  last: z.int().nullable(),
  checkpoints: z.int(),
  fault: z.strictObject({ kind: z.enum(auditFaultKinds), seq: z.int(), message: z.string() }).nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;

/** The state of the chain and of whoever it is forwarded to. */
export const auditState = z.strictObject({
  entries: z.int(),
  first: z.int().nullable(),
  last: z.int().nullable(),
  checkpoint: z.strictObject({ seq: z.int(), at: z.iso.datetime() }).nullable(),
  receivers: z.array(
    z.strictObject({
      name: z.string(),
      waiting: z.int(),
      lastSentDateTime: z.iso.datetime().nullable(),
      lastError: z.string().nullable(),
    }),
  ),
});
export type AuditState = z.infer<typeof auditState>;
