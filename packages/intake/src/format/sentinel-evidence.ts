import { type Evidence, makeEvidence } from '@throughline/model';
import {
  deviceEvidence,
  domainEvidence,
  evidenceList,
  type FileParts,
  fileEvidence,
  ipEvidence,
  processEvidence,
  type UserParts,
  urlEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { at, type Fields, fields, firstText, isFields, list, text } from '../field/value.ts';

type Resolve = (value: unknown) => Fields;
type Reader = (entity: Fields, resolve: Resolve) => Evidence | null;

/** Entities of one alert that are read; more are in the row itself. */
const entityLimit = 200;

/** Sentinel's entities as Graph evidence. `{"$ref": "4"}` stands for the entity with `$id` 4, one level deep, never followed in circles. */
export function sentinelEvidence(entities: readonly unknown[], row: Fields): Evidence[] {
  const byId = new Map<string, Fields>();
  for (const entity of entities) {
    const id = text(at(entity, '$id'));
    if (id !== null) byId.set(id, fields(entity));
  }
  const resolve: Resolve = (value) => {
    const reference = text(at(value, '$ref'));
    return reference === null ? fields(value) : (byId.get(reference) ?? {});
  };
  const found = entities.slice(0, entityLimit).map((entity) => {
    if (!isFields(entity)) return null;
    const type = text(entity.Type)?.toLowerCase().replace(/[-_ ]/g, '') ?? '';
    const reader = readers.get(type);
    return reader ? reader(entity, resolve) : kept(entity, type);
  });
  const hosts = found.some((evidence) => evidence?.['@odata.type'].endsWith('.deviceEvidence'));
  const compromised = text(row.CompromisedEntity);
  if (!hosts && compromised !== null && !/[@/\\ ]/.test(compromised)) {
    found.unshift(deviceEvidence(compromised, ['compromised']));
  }
  return evidenceList(...found);
}

function kept(entity: Fields, type: string): Evidence | null {
  return type === '' ? null : { ...entity, '@odata.type': `sentinel.${type}` };
}

const host: Reader = (entity) => {
  const name = text(entity.HostName);
  const domain = text(entity.DnsDomain);
  const more = {
    ntDomain: text(entity.NTDomain),
    osPlatform: text(entity.OSFamily),
    mdeDeviceId: text(entity.MdatpDeviceId),
  };
  const full =
    name !== null && domain !== null && !name.includes('.')
      ? `${name}.${domain}`
      : firstText(name, entity.FQDN, entity.NetBiosName);
  return deviceEvidence(full, [], { ...more, azureAdDeviceId: text(entity.AadDeviceId) });
};

function accountOf(entity: Fields): UserParts {
  const name = text(entity.Name);
  const suffix = text(entity.UPNSuffix);
  return {
    name,
    domain: firstText(entity.NTDomain, entity.DnsDomain),
    upn: name !== null && suffix !== null && !name.includes('@') ? `${name}@${suffix}` : entity.UserPrincipalName,
    sid: entity.Sid,
    objectId: firstText(entity.AadUserId, entity.ObjectGuid),
    displayName: entity.DisplayName,
  };
}

function fileOf(entity: Fields, resolve: Resolve): FileParts {
  const hashes = list(entity.FileHashes).map((hash) => resolve(hash).Value);
  const ofLength = (length: number) => hashes.find((hash) => typeof hash === 'string' && hash.length === length);
  return {
    name: entity.Name,
    folder: entity.Directory,
    sha256: ofLength(64),
    sha1: ofLength(40),
    md5: ofLength(32),
  };
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['host', host],
  ['account', (entity) => userEvidence(accountOf(entity))],
  ['ip', (entity) => ipEvidence(entity.Address)],
  ['url', (entity) => urlEvidence(entity.Url)],
  ['dns', (entity) => domainEvidence(entity.DomainName)],
  ['dnsresolution', (entity) => domainEvidence(entity.DomainName)],
  ['file', (entity, resolve) => fileEvidence(fileOf(entity, resolve))],
  [
    'filehash',
    (entity) => makeEvidence('fileHashEvidence', { algorithm: text(entity.Algorithm), value: text(entity.Value) }),
  ],
  [
    'process',
    (entity, resolve) => {
      const parent = resolve(entity.ParentProcess);
      return processEvidence({
        id: entity.ProcessId,
        commandLine: entity.CommandLine,
        startTime: entity.CreationTimeUtc,
        image: fileOf(resolve(entity.ImageFile), resolve),
        parentId: parent.ProcessId,
        parentImage: fileOf(resolve(parent.ImageFile), resolve),
        user: accountOf(resolve(entity.Account)),
      });
    },
  ],
  [
    'hostlogonsession',
    (entity) =>
      makeEvidence('hostLogonSessionEvidence', {
        sessionId: text(entity.SessionId),
        startUtcDateTime: text(entity.StartTimeUtc),
        endUtcDateTime: text(entity.EndTimeUtc),
      }),
  ],
  [
    'cloudlogonsession',
    (entity) =>
      makeEvidence('cloudLogonSessionEvidence', {
        sessionId: text(entity.SessionId),
        userAgent: text(entity.UserAgent),
      }),
  ],
  ['azureresource', (entity) => makeEvidence('azureResourceEvidence', { resourceId: text(entity.ResourceId) })],
  ['cloudapplication', (entity) => makeEvidence('cloudApplicationEvidence', { displayName: text(entity.Name) })],
  [
    'registrykey',
    (entity) => makeEvidence('registryKeyEvidence', { registryHive: text(entity.Hive), registryKey: text(entity.Key) }),
  ],
  [
    'registryvalue',
    (entity, resolve) =>
      makeEvidence('registryValueEvidence', {
        registryKey: text(resolve(entity.Key).Key),
        registryValueName: text(entity.Name),
        registryValue: text(entity.Value),
      }),
  ],
  [
    'securitygroup',
    (entity) =>
      makeEvidence('securityGroupEvidence', {
        displayName: text(entity.DistinguishedName),
        sid: text(entity.SID),
        securityGroupId: text(entity.ObjectGuid),
      }),
  ],
  [
    'mailbox',
    (entity) =>
      makeEvidence('mailboxEvidence', {
        primaryAddress: text(entity.MailboxPrimaryAddress),
        displayName: text(entity.DisplayName),
        upn: text(entity.Upn),
      }),
  ],
  [
    'mailcluster',
    (entity) =>
      makeEvidence('mailClusterEvidence', {
        query: text(entity.Query),
        clusterByValue: text(entity.ClusterGroup),
      }),
  ],
  [
    'mailmessage',
    (entity) =>
      makeEvidence('analyzedMessageEvidence', {
        recipientEmailAddress: text(entity.Recipient),
        subject: text(entity.Subject),
        networkMessageId: text(entity.NetworkMessageId),
        internetMessageId: text(entity.InternetMessageId),
        senderIp: firstText(entity.SenderIP, entity.SenderIp),
        deliveryAction: text(entity.DeliveryAction),
        p1Sender: { emailAddress: firstText(entity.P1Sender, entity.Sender) },
      }),
  ],
  [
    'malware',
    (entity) => makeEvidence('malwareEvidence', { name: text(entity.Name), category: text(entity.Category) }),
  ],
]);
