import { z } from 'zod';
import { classifications, determinations } from './classification.ts';
import { alertStatuses, severities } from './enums.ts';
import type { Evidence } from './evidence.ts';
import { tactics } from './tactic.ts';

/** An instant: ISO 8601, UTC, "2026-01-31T09:02:11.123Z". */
export const instant = z.iso.datetime({ offset: true });

/** A comment on an alert or incident as it came from, or goes to, an API. */
export const alertComment = z.looseObject({
  comment: z.string(),
  createdByDisplayName: z.string().nullish(),
  createdDateTime: z.string().nullish(),
});

/**
 * An alert as every room sees it: Microsoft Graph security names (`alert`, v1.0), whatever the vendor. Instants are ISO
 * 8601 UTC. `tactics`, `site` and `tenantId` are ours. Evidence that no schema knows is kept whole.
 */
export const alertSchema = z.strictObject({
  /** Opaque; derived from source and provider id, so that a re-delivered alert has the same id. */
  id: z.string(),
  tenantId: z.string(),
  providerAlertId: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  severity: z.enum(severities),
  status: z.enum(alertStatuses),
  classification: z.enum(classifications),
  determination: z.enum(determinations),
  /** The vendor's own category or kill-chain word. */
  category: z.string().nullable(),
  /** ATT&CK tactics in kill-chain order, from category, techniques or the vendor's own tags. */
  tactics: z.array(z.enum(tactics)),
  mitreTechniques: z.array(z.string()),
  /** The product that raised it (Graph `serviceSource`, any vendor: "suricata", "microsoftDefenderForEndpoint"). */
  serviceSource: z.string(),
  /** The sensor or technique (Graph `detectionSource`). */
  detectionSource: z.string(),
  productName: z.string().nullable(),
  /** Stable name of the rule or detector within the product: correlation learns how often it fires. */
  detectorId: z.string(),
  /** Sensor, network or domain that scopes private addresses and short host names; null = one flat network. */
  site: z.string().nullable(),
  createdDateTime: instant,
  firstActivityDateTime: instant,
  lastActivityDateTime: instant,
  lastUpdateDateTime: instant,
  resolvedDateTime: instant.nullable(),
  assignedTo: z.string().nullable(),
  actorDisplayName: z.string().nullable(),
  threatDisplayName: z.string().nullable(),
  threatFamilyName: z.string().nullable(),
  recommendedActions: z.string().nullable(),
  alertWebUrl: z.string().nullable(),
  alertPolicyId: z.string().nullable(),
  investigationState: z.string().nullable(),
  comments: z.array(alertComment),
  systemTags: z.array(z.string()),
  customDetails: z.record(z.string(), z.unknown()),
  /** What the vendor sent and no field above holds; the whole vendor record where the format is not Graph's. */
  additionalData: z.record(z.string(), z.unknown()),
  evidence: z.array(z.custom<Evidence>()),
});
export type Alert = z.infer<typeof alertSchema>;

/** What a format must know of an alert; the rest has defaults. */
export type AlertSeed = Pick<
  Alert,
  'id' | 'tenantId' | 'providerAlertId' | 'title' | 'serviceSource' | 'detectorId' | 'createdDateTime'
> &
  Partial<Alert>;

/** Completes a seed with the defaults of a new alert: activity times = createdDateTime, status new, nothing classified. */
export function makeAlert(seed: AlertSeed): Alert {
  return {
    description: null,
    severity: 'unknown',
    status: 'new',
    classification: 'unknown',
    determination: 'unknown',
    category: null,
    tactics: [],
    mitreTechniques: [],
    detectionSource: seed.serviceSource,
    productName: null,
    site: null,
    firstActivityDateTime: seed.createdDateTime,
    lastActivityDateTime: seed.lastActivityDateTime ?? seed.firstActivityDateTime ?? seed.createdDateTime,
    lastUpdateDateTime: seed.createdDateTime,
    resolvedDateTime: null,
    assignedTo: null,
    actorDisplayName: null,
    threatDisplayName: null,
    threatFamilyName: null,
    recommendedActions: null,
    alertWebUrl: null,
    alertPolicyId: null,
    investigationState: null,
    comments: [],
    systemTags: [],
    customDetails: {},
    additionalData: {},
    evidence: [],
    ...seed,
  };
}
