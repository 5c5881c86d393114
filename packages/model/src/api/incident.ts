import { z } from 'zod';
import { classifications, determinations } from '../classification.ts';
import { incidentStatuses, investigationStates, severities } from '../enums.ts';
import { tactics } from '../tactic.ts';
import { filterWord, repeated } from './query-list.ts';

/** One addend of the priority score; the points of all factors, clamped to 0–100, are the score. */
export const priorityFactor = z.strictObject({ factor: z.string(), points: z.number(), detail: z.string() });
export type PriorityFactor = z.infer<typeof priorityFactor>;

/** How many distinct assets of each kind an incident touches. */
export const scopeCounts = z.strictObject({
  devices: z.int(),
  users: z.int(),
  mailboxes: z.int(),
  apps: z.int(),
  cloudResources: z.int(),
});
export type ScopeCounts = z.infer<typeof scopeCounts>;

/** A row of the queue. Instants are ISO 8601 UTC. */
export const incidentRow = z.strictObject({
  id: z.int(),
  /** `background` groups hold expected noise and are folded in the queue. */
  kind: z.enum(['incident', 'background']),
  displayName: z.string(),
  nameLocked: z.boolean(),
  severity: z.enum(severities),
  status: z.enum(incidentStatuses),
  classification: z.enum(classifications),
  determination: z.enum(determinations),
  assignedTo: z.string().nullable(),
  customTags: z.array(z.string()),
  systemTags: z.array(z.string()),
  priorityScore: z.int(),
  /** Why now, in one line: the latest and strongest reason alerts were put together. */
  reason: z.string(),
  tactics: z.array(z.enum(tactics)),
  serviceSources: z.array(z.string()),
  detectionSources: z.array(z.string()),
  /** The device groups of its alerts, by rank; "names no device" is none. */
  deviceGroups: z.array(z.strictObject({ id: z.int(), name: z.string() })),
  scope: scopeCounts,
  alertsActive: z.int(),
  alertsTotal: z.int(),
  firstActivityDateTime: z.string(),
  lastActivityDateTime: z.string(),
  createdDateTime: z.string(),
  lastUpdateDateTime: z.string(),
  redirectIncidentId: z.int().nullable(),
});
export type IncidentRow = z.infer<typeof incidentRow>;

export const incidentSorts = [
  'lastUpdate',
  'lastActivity',
  'created',
  'priority',
  'severity',
  'alerts',
  'name',
  'id',
] as const;

/** Filters of the queue, as query parameters; a repeated parameter is "any of". Absent = no restriction. */
export const incidentFilter = z.strictObject({
  /** Name, id or impacted asset. */
  q: z.string().max(200).optional(),
  status: repeated(z.enum(incidentStatuses)),
  severity: repeated(z.enum(severities)),
  /** Severity of at least one alert. */
  alertSeverity: repeated(z.enum(severities)),
  /** User names, and groups as "group:Name"; "me", "my-groups" and "unassigned" are understood. */
  assignee: repeated(filterWord),
  serviceSource: repeated(filterWord),
  detectionSource: repeated(filterWord),
  multipleSources: z.stringbool().optional(),
  tactic: repeated(z.enum(tactics)),
  category: repeated(filterWord),
  multipleCategories: z.stringbool().optional(),
  threat: repeated(filterWord),
  /** Entity name or any of its keys. */
  entity: repeated(filterWord),
  /** Ids of device groups: 0 is the ungrouped devices, -1 stands for alerts that name no device. */
  deviceGroup: repeated(z.string().regex(/^(-1|\d{1,9})$/, 'expected the id of a device group')),
  osPlatform: repeated(filterWord),
  classification: repeated(z.enum(classifications)),
  determination: repeated(z.enum(determinations)),
  investigationState: repeated(z.enum(investigationStates)),
  product: repeated(filterWord),
  /** Detector or policy of at least one alert. */
  rule: repeated(filterWord),
  tag: repeated(filterWord),
  /** Last update at or after / before, ISO 8601. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  minPriority: z.coerce.number().int().min(0).max(100).optional(),
  kind: z.enum(['incident', 'background', 'all']).default('incident'),
});
export type IncidentFilter = z.infer<typeof incidentFilter>;

export const incidentListQuery = incidentFilter.extend({
  sort: z.enum(incidentSorts).default('lastUpdate'),
  dir: z.enum(['asc', 'desc']).default('desc'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Opaque; from `next` of the previous page. */
  cursor: z.string().max(500).optional(),
});
export type IncidentListQuery = z.infer<typeof incidentListQuery>;

/** A page of the queue. `total` is exact for the filter; `next` is null on the last page. */
export const incidentPage = z.strictObject({
  items: z.array(incidentRow),
  total: z.int(),
  backgroundTotal: z.int(),
  next: z.string().nullable(),
});
export type IncidentPage = z.infer<typeof incidentPage>;

/** Numbers above the queue, over all open incidents. `oldestUnassigned` is an instant or null. */
export const incidentSummary = z.strictObject({
  open: z.int(),
  high: z.int(),
  unassigned: z.int(),
  mine: z.int(),
  oldestUnassigned: z.string().nullable(),
});
export type IncidentSummary = z.infer<typeof incidentSummary>;

/** Values with counts for the filter menus; `label` is how people know a value that is an id. */
export const incidentFacets = z.record(
  z.string(),
  z.array(z.strictObject({ value: z.string(), count: z.int(), label: z.string().optional() })),
);
export type IncidentFacets = z.infer<typeof incidentFacets>;

/** The 24-hour strip: one bucket an hour, oldest first; `start` is an instant. */
export const incidentTimeline = z.strictObject({
  buckets: z.array(z.strictObject({ start: z.string(), alerts: z.int(), incidents: z.int() })),
});
export type IncidentTimeline = z.infer<typeof incidentTimeline>;

/** An incident in full, without its lists (alerts, entities, evidence, activity have their own routes). */
export const incidentDetail = incidentRow.extend({
  tenantId: z.string(),
  description: z.string(),
  resolvingComment: z.string().nullable(),
  lastModifiedBy: z.string().nullable(),
  categories: z.array(z.string()),
  products: z.array(z.string()),
  threats: z.array(z.string()),
  factors: z.array(priorityFactor),
  /** Incidents that were merged into this one. */
  mergedFrom: z.array(z.int()),
  continues: z.int().nullable(),
  continuedBy: z.int().nullable(),
  counts: z.strictObject({
    alerts: z.int(),
    devices: z.int(),
    users: z.int(),
    mailboxes: z.int(),
    apps: z.int(),
    evidence: z.int(),
    activity: z.int(),
  }),
});
export type IncidentDetail = z.infer<typeof incidentDetail>;

/** A change to an incident: only the fields given change. `comment` is appended. */
export const incidentChange = z
  .strictObject({
    displayName: z.string().trim().min(1).max(300).optional(),
    severity: z.enum(['informational', 'low', 'medium', 'high']).optional(),
    status: z.enum(['active', 'inProgress', 'resolved']).optional(),
    assignedTo: z.string().max(200).nullable().optional(),
    classification: z.string().max(60).optional(),
    determination: z.string().max(60).optional(),
    customTags: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
    comment: z.string().trim().min(1).max(30_000).optional(),
    resolvingComment: z.string().trim().min(1).max(30_000).optional(),
    /** With status resolved: also resolve the alerts still open (default true). */
    resolveAlerts: z.boolean().optional(),
    /** Give the name back to automatic naming. */
    unlockName: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'the change names no field');
export type IncidentChange = z.infer<typeof incidentChange>;

/** One change to many incidents. Answers which were changed and why others were not. */
export const bulkIncidentChange = z.strictObject({ ids: z.array(z.int()).min(1).max(200), change: incidentChange });
export const bulkResult = z.strictObject({
  changed: z.array(z.int()),
  failed: z.array(z.strictObject({ id: z.int(), reason: z.string() })),
});
export type BulkResult = z.infer<typeof bulkResult>;
