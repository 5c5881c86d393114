/**
 * The closed and evolvable lists of the Microsoft Graph security model (v1.0 metadata).
 * Lists marked "evolvable" accept unknown members on input: a record from a newer product is kept, never refused.
 */

/** Ordered from least to most severe: the index is comparable. */
export const severities = ['unknown', 'informational', 'low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];

/** The more severe of two severities. */
export function maxSeverity(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) >= severities.indexOf(b) ? a : b;
}

export const alertStatuses = ['unknown', 'new', 'inProgress', 'resolved'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

export const incidentStatuses = ['active', 'inProgress', 'awaitingAction', 'resolved', 'redirected'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export const verdicts = ['unknown', 'suspicious', 'malicious', 'noThreatsFound'] as const;
export type Verdict = (typeof verdicts)[number];

/** Evolvable. */
export const remediationStatuses = [
  'none',
  'remediated',
  'prevented',
  'blocked',
  'notFound',
  'active',
  'pendingApproval',
  'declined',
  'unremediated',
  'running',
  'partiallyRemediated',
] as const;

/** Evolvable. */
export const evidenceRoles = [
  'unknown',
  'contextual',
  'scanned',
  'source',
  'destination',
  'created',
  'added',
  'compromised',
  'edited',
  'attacked',
  'attacker',
  'commandAndControl',
  'loaded',
  'suspicious',
  'policyViolator',
] as const;

export const investigationStates = [
  'unknown',
  'terminated',
  'successfullyRemediated',
  'benign',
  'failed',
  'partiallyRemediated',
  'running',
  'pendingApproval',
  'pendingResource',
  'queued',
  'innerFailure',
  'preexistingAlert',
  'unsupportedOs',
  'unsupportedAlertType',
  'suppressedAlert',
  'partiallyInvestigated',
  'terminatedByUser',
  'terminatedBySystem',
] as const;

/**
 * Finds the member of `list` that `value` spells, ignoring case, spaces, dashes and underscores
 * (documents and connectors disagree on case), or `null`.
 */
export function memberOf<const T extends string>(list: readonly T[], value: unknown): T | null {
  if (typeof value !== 'string') return null;
  const wanted = fold(value);
  return list.find((member) => fold(member) === wanted) ?? null;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, '');
}
