import { z } from 'zod';
import { correlationNumbers } from '../correlation-numbers.ts';
import { entityKinds } from '../entity.ts';

/** What an exception is about. `detection` is a detector by `serviceSource/detectorId`; `title` all alerts of a title. */
export const exceptionSubjects = ['detection', 'title', 'product', 'source', 'entity'] as const;
export type ExceptionSubject = (typeof exceptionSubjects)[number];

/** `standAlone`: alerts that carry it open incidents of their own. The others are for entities and how they link. */
export const exceptionEffects = ['standAlone', 'alwaysHub', 'neverHub'] as const;
export type ExceptionEffect = (typeof exceptionEffects)[number];

const exceptionFields = {
  subject: z.enum(exceptionSubjects),
  effect: z.enum(exceptionEffects),
  /** What is compared: a detector, title, product or source by its exact text, an entity by its id. */
  value: z.string().trim().min(1).max(1_000),
  /** What people call it. */
  name: z.string().trim().min(1).max(300),
  /** Of an entity. */
  kind: z.enum(entityKinds).nullable(),
  reason: z.string().trim().min(1, 'says why').max(500),
  /** From then on it does nothing; null: until it is removed. */
  expiresDateTime: z.iso.datetime().max(40).nullable(),
};

export const correlationException = z.strictObject({
  id: z.string().min(1).max(60),
  ...exceptionFields,
  createdBy: z.string(),
  createdDateTime: z.iso.datetime(),
});
export type CorrelationException = z.infer<typeof correlationException>;

/** What an organisation chose of correlation. Numbers are kept only where they differ from the default. */
export type CorrelationChoices = {
  numbers: Record<string, number>;
  restrictToDeviceGroups: boolean;
  exceptions: CorrelationException[];
};

const numbers = z.record(z.string().max(60), z.number());
export const correlationChoices = z.strictObject({
  numbers,
  restrictToDeviceGroups: z.boolean(),
  exceptions: z.array(correlationException),
});

const proposedNumbers = z.strictObject(
  Object.fromEntries(correlationNumbers.map((id) => [id, z.number().min(0).max(100_000).optional()])),
) as unknown as z.ZodType<Record<string, number>>;

/** Choices as a person proposes them: who made an exception, and when, is known here. */
export const proposedChoices = z.strictObject({
  numbers: proposedNumbers,
  restrictToDeviceGroups: z.boolean(),
  exceptions: z
    .array(
      z
        .strictObject({ id: z.string().min(1).max(60).nullable(), ...exceptionFields })
        .refine(({ subject, effect }) => subject === 'entity' || effect === 'standAlone', {
          path: ['effect'],
          message: 'is for entities only; detections, products and sources can stand alone',
        }),
    )
    .max(500, 'holds at most 500'),
});
export type ProposedChoices = z.infer<typeof proposedChoices>;

export const parameterUnits = [
  'nats',
  'weight',
  'share',
  'chance',
  'seconds',
  'minutes',
  'hours',
  'days',
  'alerts',
  'assets',
  'detectors',
  'echoes',
  'firings',
  'times',
] as const;
export type ParameterUnit = (typeof parameterUnits)[number];

export const parameterGroups = ['line', 'windows', 'limits', 'weights', 'hubs', 'habit', 'chance', 'kinds'] as const;
export type ParameterGroup = (typeof parameterGroups)[number];

/** One number of correlation, as it is explained and bounded. */
export const correlationParameter = z.strictObject({
  id: z.string(),
  group: z.enum(parameterGroups),
  label: z.string(),
  /** What it does. */
  meaning: z.string(),
  /** Why the default is what it is. */
  reason: z.string(),
  unit: z.enum(parameterUnits),
  default: z.number(),
  min: z.number(),
  max: z.number(),
  /** Whole numbers only. */
  whole: z.boolean(),
});
export type CorrelationParameter = z.infer<typeof correlationParameter>;

const versionFields = {
  /** 0: as shipped, nobody changed anything. */
  version: z.number().int(),
  choices: correlationChoices,
  comment: z.string(),
  changedBy: z.string().nullable(),
  changedDateTime: z.iso.datetime().nullable(),
  /** Since when alerts are decided with it; null while it waits, and for one that was replaced before. */
  inForceDateTime: z.iso.datetime().nullable(),
  /** The last alert decided before, by its place in the order of correlation. */
  inForceAfterAlert: z.number().int().nullable(),
};
export const correlationVersion = z.strictObject(versionFields);
export type CorrelationVersion = z.infer<typeof correlationVersion>;

export const correlationSettings = z.strictObject({
  ...versionFields,
  parameters: z.array(correlationParameter),
});
export type CorrelationSettings = z.infer<typeof correlationSettings>;

export const correlationVersions = z.strictObject({ items: z.array(correlationVersion) });

/** `version` is that of the settings as they were read. */
export const correlationSettingsChange = z.strictObject({
  version: z.number().int().min(0).max(2_147_483_647),
  comment: z.string().trim().min(1, 'says why').max(500),
  choices: proposedChoices,
});
export type CorrelationSettingsChange = z.infer<typeof correlationSettingsChange>;

/** An entity that many assets share, measured over the window that correlation looks at. */
export const measuredHub = z.strictObject({
  entityId: z.string(),
  kind: z.enum(entityKinds),
  name: z.string(),
  devices: z.number().int(),
  users: z.number().int(),
  /** All other assets seen with it. */
  assets: z.number().int(),
  alerts: z.number().int(),
  incidents: z.number().int(),
  firstSeenDateTime: z.iso.datetime(),
  /** It links nothing any more; below, it fades. */
  silent: z.boolean(),
});
export type MeasuredHub = z.infer<typeof measuredHub>;

export const measuredHubs = z.strictObject({
  items: z.array(measuredHub),
  /** Measured over the alerts of so many hours, the newest of them counted up to `alerts`. */
  windowHours: z.number(),
  alerts: z.number().int(),
  /** More alerts than were counted. */
  cut: z.boolean(),
  free: z.number(),
  cap: z.number(),
});
export type MeasuredHubs = z.infer<typeof measuredHubs>;

export const subjectQuery = z.strictObject({
  subject: z.enum(exceptionSubjects),
  search: z.string().trim().max(200).optional(),
});
/** Something an exception can be about, as it was seen in the newest alerts. */
export const subjectChoice = z.strictObject({
  value: z.string(),
  name: z.string(),
  kind: z.enum(entityKinds).nullable(),
  /** How many of the newest alerts; null for entities. */
  alerts: z.number().int().nullable(),
});
export type SubjectChoice = z.infer<typeof subjectChoice>;
export const subjectChoices = z.strictObject({ items: z.array(subjectChoice) });

const replayedIncident = z.strictObject({
  /** The incident of today that most of its alerts are in. */
  incidentId: z.number().int().nullable(),
  title: z.string(),
  /** A group of expected background. */
  background: z.boolean(),
  alerts: z.number().int(),
});
export type ReplayedIncident = z.infer<typeof replayedIncident>;

const replayCounts = z.strictObject({
  incidents: z.number().int(),
  groups: z.number().int(),
  /** Alerts in groups of expected background. */
  backgroundAlerts: z.number().int(),
  largest: z.number().int(),
  /** Incidents by how many alerts they hold: 1, 2–5, 6–20, 21–100, more. */
  sizes: z.array(z.number().int()).length(5),
});
export type ReplayCounts = z.infer<typeof replayCounts>;

export const replayComparison = z.strictObject({
  /** Alerts replayed, of how many in the time looked at. */
  alerts: z.number().int(),
  available: z.number().int(),
  cut: z.enum(['none', 'alerts', 'time']),
  firstDateTime: z.iso.datetime().nullable(),
  lastDateTime: z.iso.datetime().nullable(),
  before: replayCounts,
  after: replayCounts,
  splits: z.strictObject({
    total: z.number().int(),
    items: z.array(
      z.strictObject({ from: replayedIncident, into: z.array(replayedIncident), further: z.number().int() }),
    ),
  }),
  joins: z.strictObject({
    total: z.number().int(),
    items: z.array(
      z.strictObject({ into: replayedIncident, from: z.array(replayedIncident), further: z.number().int() }),
    ),
  }),
});
export type ReplayComparison = z.infer<typeof replayComparison>;

export const previewBody = z.strictObject({ choices: proposedChoices });
export const correlationPreview = z.strictObject({
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Alerts replayed so far, and how many there will be. */
  done: z.number().int(),
  total: z.number().int(),
  message: z.string().nullable(),
  comparison: replayComparison.nullable(),
});
export type CorrelationPreview = z.infer<typeof correlationPreview>;
