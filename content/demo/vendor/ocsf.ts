import type { Person } from '../cast/people.ts';
import { after } from '../clock.ts';
import type { Entry } from '../entry.ts';
import { guid } from '../stable-id.ts';

const severities = { 1: 'Informational', 2: 'Low', 3: 'Medium', 4: 'High', 5: 'Critical' } as const;
const accountNumber = '111122223333';

export type OcsfFinding = {
  name: string;
  time: Date;
  title: string;
  description: string;
  /** GuardDuty's finding type: the detector. */
  type: string;
  severity: keyof typeof severities;
  tactic?: { uid: string; name: string };
  technique?: { uid: string; name: string };
  /** The service that was called or the resource that was touched. */
  resource: { uid: string; name: string; type: string };
  actor?: Person;
  sourceIp: string;
  operation?: string;
  country?: string;
};

/** A detection finding (OCSF 1.1, class 2004) as a cloud's security hub exports it. */
export function ocsfFinding(finding: OcsfFinding): Entry {
  const uid = guid(`ocsf ${finding.name}`);
  const time = finding.time.getTime();
  const user = finding.actor && {
    name: finding.actor.upn,
    uid: finding.actor.objectId,
    email_addr: finding.actor.upn,
    type: 'User',
    type_id: 1,
  };
  const record = {
    activity_id: 1,
    activity_name: 'Create',
    category_name: 'Findings',
    category_uid: 2,
    class_name: 'Detection Finding',
    class_uid: 2004,
    type_name: 'Detection Finding: Create',
    type_uid: 200401,
    time,
    severity: severities[finding.severity],
    severity_id: finding.severity,
    status: 'New',
    status_id: 1,
    message: finding.title,
    cloud: { provider: 'AWS', region: 'eu-central-1', account: { uid: accountNumber } },
    metadata: {
      version: '1.1.0',
      uid,
      profiles: ['cloud', 'datetime'],
      product: { name: 'GuardDuty', vendor_name: 'Amazon', uid: 'guardduty' },
    },
    finding_info: {
      uid,
      title: finding.title,
      desc: finding.description,
      types: [finding.type],
      analytic: { name: finding.type, type: 'Rule', type_id: 1, uid: finding.type },
      created_time: time,
      first_seen_time: after(finding.time, -240).getTime(),
      last_seen_time: time,
      ...(finding.tactic && {
        attacks: [
          { version: '14.1', tactic: finding.tactic, ...(finding.technique && { technique: finding.technique }) },
        ],
      }),
    },
    evidences: [
      {
        src_endpoint: { ip: finding.sourceIp, ...(finding.country && { location: { country: finding.country } }) },
        ...(user && { actor: { user } }),
        ...(finding.operation && { api: { operation: finding.operation, service: { name: 's3' } } }),
      },
    ],
    resources: [finding.resource],
    observables: [
      { name: 'evidences[].src_endpoint.ip', type: 'IP Address', type_id: 2, value: finding.sourceIp },
      ...(finding.actor
        ? [{ name: 'evidences[].actor.user.name', type: 'User Name', type_id: 4, value: finding.actor.upn }]
        : []),
    ],
  };
  return { feed: 'ocsf', id: uid, time: finding.time, line: JSON.stringify(record) };
}

/** A bucket of the company. */
export function bucket(name: string): OcsfFinding['resource'] {
  return { uid: `arn:aws:s3:::${name}`, name, type: 'AwsS3Bucket' };
}
