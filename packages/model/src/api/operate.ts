import { z } from 'zod';
import { accountKinds, permissions, roles, tokenScopes } from '../permission.ts';
import { rejectReasons } from '../reject.ts';

/** The one shape of every error answer. `code` is stable; `message` is for people. */
export const errorBody = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    requestId: z.string(),
    target: z.string().optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;

const engineHealth = z.strictObject({
  status: z.enum(['starting', 'ready', 'restarting', 'failed']),
  restarts: z.int(),
  since: z.string(),
  lastError: z.string().nullable(),
});
export const health = z.strictObject({
  status: z.enum(['starting', 'ready', 'degraded']),
  version: z.string(),
  engines: z.record(z.string(), engineHealth),
});
export type Health = z.infer<typeof health>;

export const me = z.strictObject({
  id: z.int(),
  userName: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  permissions: z.array(z.enum(permissions)),
  tenantId: z.string(),
  hasPassword: z.boolean(),
  /** This session can do nothing but set up a second factor. */
  secondFactorRequired: z.boolean(),
  /** Signed in with a break-glass account, while sign-in by password is off: the portal says so. */
  breakGlass: z.boolean(),
  /** Send it back as header `x-csrf-token` with every change. */
  csrfToken: z.string(),
});
export type Me = z.infer<typeof me>;

export const signInBody = z.strictObject({
  userName: z.string().min(1).max(200),
  password: z.string().min(1).max(1000),
});
export const linkSignInBody = z.strictObject({ token: z.string().min(1).max(200) });
export const passwordBody = z.strictObject({
  current: z.string().max(1000).optional(),
  password: z.string().min(12).max(1000),
});

export const account = z.strictObject({
  id: z.int(),
  kind: z.enum(accountKinds),
  userName: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  disabled: z.boolean(),
  createdDateTime: z.string(),
  lastSignInDateTime: z.string().nullable(),
});
export type Account = z.infer<typeof account>;
export const accountCreate = z.strictObject({
  userName: z.string().trim().min(1).max(200),
  displayName: z.string().trim().min(1).max(200),
  role: z.enum(roles),
});
export const accountChange = z.strictObject({
  displayName: z.string().trim().min(1).max(200).optional(),
  role: z.enum(roles).optional(),
  disabled: z.boolean().optional(),
});
/** A one-time link, shown once. */
export const oneTimeLink = z.strictObject({ url: z.string(), expiresDateTime: z.string() });

export const apiToken = z.strictObject({
  id: z.int(),
  name: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  createdDateTime: z.string(),
  expiresDateTime: z.string().nullable(),
  lastUsedDateTime: z.string().nullable(),
  /** It ends within 14 days; false once it has ended. */
  expiringSoon: z.boolean(),
});
export type ApiToken = z.infer<typeof apiToken>;
export const apiTokenCreate = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(tokenScopes)).min(1).max(20),
  /** Days until it expires; null = never. */
  expiresInDays: z.int().min(1).max(3650).nullable().default(90),
});
/** `token` is shown this once. */
export const apiTokenCreated = apiToken.extend({ token: z.string() });

/** Answer to an intake request: the batch is durable. */
export const intakeReceipt = z.strictObject({
  batchId: z.string(),
  received: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  reasons: z.record(z.enum(rejectReasons), z.int()).or(z.record(z.string(), z.int())),
  /** The first rejects, at most 20, with line and reason. */
  rejects: z.array(
    z.strictObject({ line: z.int(), source: z.string(), reason: z.enum(rejectReasons), detail: z.string() }),
  ),
});
export type IntakeReceipt = z.infer<typeof intakeReceipt>;

/** received = stored + duplicate + rejected + pending; `deleted` of the stored were deleted since. `reasons` counts the rejected and, as "updated"/"unchanged", the duplicates. */
export const ledgerRow = z.strictObject({
  source: z.string(),
  received: z.int(),
  stored: z.int(),
  duplicate: z.int(),
  rejected: z.int(),
  pending: z.int(),
  deleted: z.int(),
  /** Of those stored, when they came in: hidden, or resolved, by tuning rules. */
  hidden: z.int(),
  autoResolved: z.int(),
  reasons: z.record(z.string(), z.int()),
  lastReceivedDateTime: z.string().nullable(),
});
export const ledger = z.strictObject({ sources: z.array(ledgerRow), balanced: z.boolean() });
export type Ledger = z.infer<typeof ledger>;

const lag = z.strictObject({
  /** How long after the time they carry alerts arrive, ms (negative: before): the middle, and the width of the middle half. */
  medianMs: z.number(),
  spreadMs: z.number(),
  /** Alerts it was measured over. */
  alerts: z.int(),
});

/** The clock of a source, as far as the arrival of its newest alerts tells. */
export const sourceClock = lag.extend({
  source: z.string(),
  /** How far the clock is behind, ms (negative: ahead); null = arrival cannot tell. */
  offsetMs: z.number().nullable(),
  /** Since when it has been off by ten minutes or more; null = it is not. */
  sinceDateTime: z.string().nullable(),
  /** Devices that are off from the rest of the source by a minute or more, the furthest first, at most five. */
  devices: z.array(lag.extend({ entityId: z.string(), name: z.string() })),
});
export const sourceClocks = z.strictObject({ items: z.array(sourceClock) });
export type SourceClock = z.infer<typeof sourceClock>;

export const deadLetter = z.strictObject({
  id: z.int(),
  at: z.string(),
  source: z.string(),
  reason: z.enum(rejectReasons),
  detail: z.string(),
  line: z.int(),
  batchId: z.string(),
  /** Bytes of the raw record; null once retention removed it. */
  size: z.int().nullable(),
  replayedDateTime: z.string().nullable(),
});
export const deadLetterPage = z.strictObject({
  items: z.array(deadLetter),
  total: z.int(),
  next: z.string().nullable(),
});
export type DeadLetterPage = z.infer<typeof deadLetterPage>;
export const deadLetterQuery = z.strictObject({
  source: z.string().max(100).optional(),
  reason: z.enum(rejectReasons).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
});

/** The first-run checklist. */
export const firstRun = z.strictObject({
  demoLoaded: z.boolean(),
  hasPassword: z.boolean(),
  hasToken: z.boolean(),
  hasAlerts: z.boolean(),
});
export type FirstRun = z.infer<typeof firstRun>;

/** Server-sent events on /api/events; each has an increasing id for `Last-Event-ID`. */
export const liveEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('incident.created'),
    incidentId: z.int(),
    kind: z.enum(['incident', 'background']),
  }),
  z.strictObject({
    type: z.literal('incident.updated'),
    incidentId: z.int(),
    kind: z.enum(['incident', 'background']),
  }),
  z.strictObject({ type: z.literal('incident.merged'), incidentId: z.int(), into: z.int() }),
  /** Too far behind to resume: read everything again. */
  z.strictObject({ type: z.literal('reset') }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;
