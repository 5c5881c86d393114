import type {
  Classification,
  Determination,
  IncidentRow,
  RejectReason,
  Severity,
  TokenScope,
} from '@throughline/model';

/** How the model's terms read on screen. A new term without words does not compile. */
export const severityWords: Readonly<Record<Severity, string>> = {
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  informational: 'Informational',
  unknown: 'Unknown',
};

export const statusWords: Readonly<Record<IncidentRow['status'], string>> = {
  active: 'New',
  inProgress: 'In progress',
  awaitingAction: 'Awaiting action',
  resolved: 'Resolved',
  redirected: 'Merged',
};

export const classificationWords: Readonly<Record<Classification, string>> = {
  unknown: 'Not set',
  truePositive: 'True positive',
  informationalExpectedActivity: 'Informational, expected activity',
  falsePositive: 'False positive',
};

export const determinationWords: Readonly<Record<Determination, string>> = {
  unknown: 'Not set',
  multiStagedAttack: 'Multi-staged attack',
  maliciousUserActivity: 'Malicious user activity',
  compromisedAccount: 'Compromised account',
  malware: 'Malware',
  phishing: 'Phishing',
  unwantedSoftware: 'Unwanted software',
  securityTesting: 'Security testing',
  lineOfBusinessApplication: 'Line-of-business application',
  confirmedActivity: 'Confirmed activity',
  notMalicious: 'Not malicious',
  notEnoughDataToValidate: 'Not enough data to validate',
  other: 'Other',
  apt: 'Advanced persistent threat',
  securityPersonnel: 'Security personnel',
};

export const rejectWords: Readonly<Record<RejectReason, string>> = {
  malformedJson: 'Malformed JSON',
  malformedText: 'Malformed line',
  truncatedArchive: 'Truncated archive',
  unsupportedArchive: 'Unsupported archive',
  invalidEncoding: 'Invalid text encoding',
  bodyTooLarge: 'Body too large',
  recordTooLarge: 'Record too large',
  tooDeep: 'Nested too deeply',
  unknownFormat: 'Unknown format',
  invalidField: 'Invalid field',
  missingField: 'Missing field',
  dateOutOfRange: 'Date out of range',
  telemetryNotStored: 'Telemetry, not stored',
  notAnAlert: 'Not an alert',
  storeRefused: 'Refused by the store',
};

export const scopeWords: Readonly<Record<TokenScope, { label: string; hint: string }>> = {
  intake: { label: 'Intake', hint: 'Send alerts in' },
  read: { label: 'Read', hint: 'Read incidents, alerts and the ledger' },
  write: { label: 'Write', hint: 'Change incidents and alerts' },
};

/** "camelCaseTerm" as "Camel case term", for open lists that have no words of their own. */
export function termWords(term: string): string {
  const spaced = term
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
