import { type Fields, fields, isFields } from '../field/value.ts';
import type { IntakeFormat } from '../outcome.ts';

type Shape = { name: string; about: string; is: (record: Fields) => boolean };

/** Keys may come in lower case from data lakes. */
function has(record: Fields, ...names: string[]): boolean {
  return names.every((name) => name in record || name.toLowerCase() in record);
}

/** Events that are known and are no alerts, the most specific first. */
const shapes: readonly Shape[] = [
  {
    name: 'zeek',
    about: 'Zeek logs',
    is: (r) => r['@proc'] === 'zeek' || '_path' in r || ('uid' in r && ('id.orig_h' in r || 'id_orig_h' in r)),
  },
  { name: 'cloudtrail', about: 'AWS CloudTrail records', is: (r) => has(r, 'eventSource', 'eventName') },
  {
    name: 'googleCloudAudit',
    about: 'Google Cloud audit logs',
    is: (r) => has(r, 'protoPayload') || has(r, 'logName', 'insertId'),
  },
  {
    name: 'kubernetesAudit',
    about: 'Kubernetes audit events',
    is: (r) => 'auditID' in r || (has(r, 'objectRef') && has(r, 'requestURI')),
  },
  {
    name: 'osquery',
    about: 'osquery results',
    is: (r) => has(r, 'hostIdentifier') && ('columns' in r || 'snapshot' in r || 'diffResults' in r),
  },
  {
    name: 'windowsEvent',
    about: 'Windows events (Sysmon, Security, PowerShell)',
    is: (r) =>
      (has(r, 'EventID') && (has(r, 'Channel') || 'SourceName' in r)) ||
      'winlog' in r ||
      isFields(fields(r.Event).System),
  },
  {
    name: 'defenderHunting',
    about: 'Defender hunting table rows',
    is: (r) => 'Timestamp' in r && ('ActionType' in r || 'DeviceId' in r || 'AlertId' in r || 'NetworkMessageId' in r),
  },
  {
    name: 'defenderEndpointRaw',
    about: 'Defender for Endpoint raw process events',
    is: (r) => 'CreatedProcessName' in r && 'InitiatingProcessName' in r,
  },
  {
    name: 'officeActivity',
    about: 'Microsoft 365 audit records',
    is: (r) =>
      'Operation' in r &&
      ('RecordType' in r || 'OfficeWorkload' in r || 'Workload' in r || ('UserId' in r && 'ClientIP' in r)),
  },
  {
    name: 'entra',
    about: 'Entra ID sign-in and audit logs',
    is: (r) =>
      (has(r, 'operationName') && ('properties' in r || 'TenantId' in r || 'tenantId' in r)) ||
      ('OperationName' in r && 'TenantId' in r) ||
      ('createdDateTime' in r && 'appDisplayName' in r),
  },
  {
    name: 'okta',
    about: 'Okta System Log events',
    is: (r) => has(r, 'eventType') && (has(r, 'outcome') || has(r, 'published') || 'actorId' in r || 'sourceIP' in r),
  },
  {
    name: 'falconReplicator',
    about: 'CrowdStrike Falcon Data Replicator events',
    is: (r) => has(r, 'event_simpleName') && 'aid' in r,
  },
  {
    name: 'elasticEvent',
    about: 'Elastic Common Schema events',
    is: (r) => '@timestamp' in r && ('ecs' in r || 'ecs.version' in r || isFields(r.event)),
  },
];

function detail(about: string): string {
  return `${about} are telemetry, not alerts`;
}

/** Recognised telemetry: no room stores it yet, so it is counted under its own name. */
export const telemetryFormats: readonly IntakeFormat[] = [
  ...shapes.map(
    (shape): IntakeFormat => ({
      name: shape.name,
      about: `${shape.about} (counted as telemetry)`,
      recognises: (record) => isFields(record) && shape.is(record),
      read: () => [{ reject: { reason: 'telemetryNotStored', detail: detail(shape.about) } }],
    }),
  ),
  {
    name: 'auditd',
    about: 'Linux audit lines (counted as telemetry)',
    recognises: (record) => typeof record === 'string' && /^(?:node=\S+ )?type=\S+ msg=audit\(/.test(record),
    read: () => [{ reject: { reason: 'telemetryNotStored', detail: detail('Linux audit lines') } }],
  },
  {
    name: 'syslog',
    about: 'Syslog lines that are neither CEF nor LEEF (counted as telemetry)',
    recognises: (record) =>
      typeof record === 'string' && /^\s*(?:<\d{1,3}>|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d )/.test(record),
    read: () => [{ reject: { reason: 'telemetryNotStored', detail: detail('syslog lines') } }],
  },
];
