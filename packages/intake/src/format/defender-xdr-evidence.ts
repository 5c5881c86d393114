import { type Evidence, makeEvidence } from '@throughline/model';
import {
  deviceEvidence,
  evidenceList,
  fileEvidence,
  ipEvidence,
  processEvidence,
  type UserParts,
  urlEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { type Fields, fields, list, number, text, texts } from '../field/value.ts';

type Reader = (entity: Fields, roles: string[]) => Evidence | null;

/** Devices and entities of an incidents-API alert as Graph evidence; an entity of an unknown type is kept whole. */
export function defenderEvidence(alert: Fields): Evidence[] {
  const found: (Evidence | null)[] = [];
  for (const device of list(alert.devices)) found.push(readDevice(fields(device)));
  for (const item of list(alert.entities)) {
    const entity = fields(item);
    const type = text(entity.entityType);
    if (type === null) continue;
    const evidence = (readers.get(type.toLowerCase()) ?? kept)(entity, texts(entity.roles));
    if (evidence) found.push(withVerdict(evidence, entity));
  }
  return evidenceList(...found);
}

function readDevice(device: Fields): Evidence | null {
  return deviceEvidence(device.deviceDnsName, texts(device.roles), {
    mdeDeviceId: text(device.mdatpDeviceId ?? device.deviceId),
    azureAdDeviceId: text(device.aadDeviceId),
    osPlatform: text(device.osPlatform),
    osBuild: number(device.osBuild),
    version: text(device.version),
    rbacGroupName: text(device.rbacGroupName),
    healthStatus: graphWord(device.healthStatus),
    riskScore: graphWord(device.riskScore),
    firstSeenDateTime: text(device.firstSeen),
    onboardingStatus: graphWord(device.onboardingStatus),
    tags: texts(device.tags),
  });
}

function withVerdict(evidence: Evidence, entity: Fields): Evidence {
  const verdict = graphWord(entity.verdict);
  const remediation = graphWord(entity.remediationStatus);
  if (verdict !== null) evidence.verdict = verdict;
  if (remediation !== null) evidence.remediationStatus = remediation;
  const seen = text(entity.evidenceCreationTime);
  if (seen !== null) evidence.createdDateTime = seen;
  return evidence;
}

/** An enum member as Graph spells it: this API writes a capital ("UnsupportedOs"). */
export function graphWord(value: unknown): string | null {
  const word = text(value);
  return word === null ? null : word.charAt(0).toLowerCase() + word.slice(1);
}

const kept: Reader = (entity) => ({ '@odata.type': `defenderXdr.${text(entity.entityType)}`, ...entity });

function user(entity: Fields): UserParts {
  return {
    name: entity.accountName,
    domain: entity.domainName,
    sid: entity.userSid,
    upn: entity.userPrincipalName,
    objectId: entity.aadUserId,
  };
}

const file: Reader = (entity, roles) =>
  fileEvidence(
    {
      name: entity.fileName,
      folder: entity.filePath,
      sha256: entity.sha256,
      sha1: entity.sha1,
      size: entity.fileSize,
    },
    roles,
  );

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['user', (entity, roles) => userEvidence(user(entity), roles)],
  ['ip', (entity, roles) => ipEvidence(entity.ipAddress, roles)],
  ['url', (entity, roles) => urlEvidence(entity.url, roles)],
  ['file', file],
  [
    'process',
    (entity, roles) => {
      const evidence = processEvidence(
        {
          id: entity.processId,
          commandLine: entity.processCommandLine,
          startTime: entity.processCreationTime,
          parentId: entity.parentProcessId,
          image: {
            name: entity.fileName,
            folder: entity.filePath,
            sha256: entity.sha256,
            sha1: entity.sha1,
          },
          user: user(entity),
        },
        roles,
      );
      const device = text(entity.deviceId);
      if (evidence && device !== null) evidence.mdeDeviceId = device;
      return evidence;
    },
  ],
  [
    'mailbox',
    (entity, roles) =>
      makeEvidence('mailboxEvidence', {
        roles,
        displayName: text(entity.mailboxDisplayName),
        primaryAddress: text(entity.mailboxAddress),
        upn: text(entity.userPrincipalName),
      }),
  ],
  [
    'mailmessage',
    (entity, roles) =>
      makeEvidence('analyzedMessageEvidence', {
        roles,
        subject: text(entity.subject),
        recipientEmailAddress: text(entity.recipient),
        deliveryAction: text(entity.deliveryAction),
        networkMessageId: text(entity.networkMessageId ?? entity.mailMessageId),
        internetMessageId: text(entity.internetMessageId),
        senderIp: text(entity.senderIp),
        p1Sender: { emailAddress: text(entity.sender) },
      }),
  ],
  [
    'mailcluster',
    (entity, roles) =>
      makeEvidence('mailClusterEvidence', {
        roles,
        clusterBy: text(entity.clusterBy),
        clusterByValue: text(entity.clusterByValue),
        emailCount: number(entity.mailCount ?? entity.emailCount),
      }),
  ],
  [
    'registry',
    (entity, roles) =>
      makeEvidence('registryValueEvidence', {
        roles,
        registryHive: text(entity.registryHive),
        registryKey: text(entity.registryKey),
        registryValue: text(entity.registryValue),
        registryValueName: text(entity.registryValueName),
        registryValueType: text(entity.registryValueType),
      }),
  ],
  [
    'securitygroup',
    (entity, roles) =>
      makeEvidence('securityGroupEvidence', {
        roles,
        securityGroupId: text(entity.securityGroupId),
        displayName: text(entity.securityGroupName),
      }),
  ],
  [
    'cloudapplication',
    (entity, roles) =>
      makeEvidence('cloudApplicationEvidence', {
        roles,
        appId: number(entity.applicationId),
        displayName: text(entity.applicationName),
      }),
  ],
]);
