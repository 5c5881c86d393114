import type { Alert } from './alert.ts';
import type { EntityKind, EntityMention } from './entity.ts';
import {
  deviceKeys,
  domainKeys,
  fileKeys,
  ipKeys,
  isBuiltInAccount,
  mailboxKeys,
  namedKeys,
  processKeys,
  urlKeys,
  userKeys,
} from './entity-keys.ts';
import { type Evidence, type EvidenceOf, type EvidenceTypeName, evidenceTypeName } from './evidence.ts';

type Found = { kind: EntityKind; keys: string[]; name: string | null | undefined };
type Account = EvidenceOf<'userEvidence'>['userAccount'];
type FileDetails = EvidenceOf<'processEvidence'>['imageFile'];
type Context = { site: string | null; device: string | null };
type Reader<T extends EvidenceTypeName> = (evidence: EvidenceOf<T>, context: Context) => Found[];

/**
 * Every entity an alert's evidence names, one mention per identity, in order of first appearance. Built-in accounts and
 * loopback addresses name nothing and are left out.
 */
export function entitiesOf(alert: Alert): EntityMention[] {
  const mentions = new Map<string, EntityMention>();
  const context: Context = { site: alert.site, device: deviceOf(alert) };
  alert.evidence.forEach((evidence, evidenceIndex) => {
    for (const { kind, keys, name } of read(evidence, context)) {
      const [strongest] = keys;
      if (strongest === undefined) continue;
      const id = `${kind} ${strongest}`;
      const known = mentions.get(id);
      const roles = Array.isArray(evidence.roles) ? evidence.roles : [];
      if (known) {
        for (const key of keys) if (!known.keys.includes(key)) known.keys.push(key);
        for (const role of roles) if (!known.roles.includes(role)) known.roles.push(role);
      } else {
        mentions.set(id, { kind, keys: [...keys], name: name || bareKey(strongest), roles: [...roles], evidenceIndex });
      }
    }
  });
  return [...mentions.values()];
}

function bareKey(key: string): string {
  return key.replace(/^[a-z0-9]+[:~]/, '');
}

/** The device on which the alert's processes ran: its first device evidence. */
function deviceOf(alert: Alert): string | null {
  for (const evidence of alert.evidence) {
    if (evidenceTypeName(evidence) !== 'deviceEvidence') continue;
    const device = evidence as EvidenceOf<'deviceEvidence'>;
    return device.mdeDeviceId ?? device.deviceDnsName ?? device.hostName ?? null;
  }
  return null;
}

function read(evidence: Evidence, context: Context): Found[] {
  const reader = readers[evidenceTypeName(evidence) as EvidenceTypeName] as Reader<EvidenceTypeName> | undefined;
  return reader ? reader(evidence as EvidenceOf<EvidenceTypeName>, context) : [];
}

function userOf(account: Account, context: Context): Found[] {
  if (!account || isBuiltInAccount(accountPath(account), account.userSid)) return [];
  const keys = userKeys({
    objectId: account.azureAdUserId,
    sid: account.userSid,
    upn: account.userPrincipalName,
    domain: account.domainName,
    name: account.accountName,
    site: context.site,
  });
  return [{ kind: 'user', keys, name: account.userPrincipalName ?? account.accountName ?? account.displayName }];
}

function accountPath(account: NonNullable<Account>): string | null {
  const { domainName, accountName } = account;
  if (!accountName) return null;
  return domainName && /^nt |^window|^font/i.test(domainName) ? `${domainName}\\${accountName}` : accountName;
}

function mailboxOf(address: string | null | undefined, name?: string | null): Found[] {
  return [
    { kind: 'mailbox', keys: mailboxKeys(address), name: address ?? name },
    { kind: 'user', keys: address?.includes('@') ? userKeys({ upn: address }) : [], name: address },
  ];
}

function fileOf(details: FileDetails): Found[] {
  return details ? [{ kind: 'file', keys: fileKeys(details), name: details.fileName }] : [];
}

function ipOf(address: string | null | undefined, context: Context): Found[] {
  return [{ kind: 'ip', keys: ipKeys(address, context.site), name: address }];
}

function nestedIp(value: unknown, context: Context): Found[] {
  const address = typeof value === 'object' && value !== null ? (value as { ipAddress?: unknown }).ipAddress : null;
  return typeof address === 'string' ? ipOf(address, context) : [];
}

function urlOf(value: string | null | undefined): Found[] {
  const { url, host } = urlKeys(value);
  return [
    { kind: 'url', keys: url, name: value },
    { kind: 'domain', keys: domainKeys(host), name: host },
  ];
}

function resource(scheme: string, id: string | null | undefined, name: string | null | undefined): Found[] {
  return [{ kind: 'cloudResource', keys: namedKeys(scheme, id ?? name), name: name ?? id }];
}

const readers: { [T in EvidenceTypeName]?: Reader<T> } = {
  deviceEvidence: (e, context) => [
    {
      kind: 'device',
      keys: deviceKeys({ ...e, dnsName: e.deviceDnsName ?? fullName(e.hostName, e.dnsDomain), site: context.site }),
      name: e.deviceDnsName ?? e.hostName,
    },
  ],
  ioTDeviceEvidence: (e, context) => [
    {
      kind: 'device',
      keys: [...namedKeys('iot', e.deviceId), ...deviceKeys({ dnsName: e.deviceName, site: context.site })],
      name: e.deviceName,
    },
    ...nestedIp(e.ipAddress, context),
  ],
  userEvidence: (e, context) => userOf(e.userAccount, context),
  mailboxEvidence: (e, context) => [
    ...mailboxOf(e.primaryAddress ?? e.upn, e.displayName),
    ...userOf(e.userAccount, context),
  ],
  mailboxConfigurationEvidence: (e) => mailboxOf(e.mailboxPrimaryAddress ?? e.upn, e.displayName),
  analyzedMessageEvidence: (e, context) => [
    {
      kind: 'message',
      keys: [...namedKeys('nmid', e.networkMessageId), ...namedKeys('imid', e.internetMessageId)],
      name: e.subject,
    },
    ...mailboxOf(e.recipientEmailAddress),
    ...ipOf(e.senderIp, context),
    ...(e.urls ?? []).slice(0, 16).flatMap(urlOf),
  ],
  submissionMailEvidence: (e, context) => [
    { kind: 'message', keys: namedKeys('nmid', e.networkMessageId), name: e.subject },
    ...mailboxOf(e.recipient),
    ...ipOf(e.senderIp, context),
  ],
  mailClusterEvidence: (e) => [
    { kind: 'mailCluster', keys: namedKeys('cluster', e.clusterByValue), name: e.clusterByValue },
  ],
  fileEvidence: (e) => fileOf(e.fileDetails),
  fileHashEvidence: (e) => [
    { kind: 'file', keys: fileKeys({ [String(e.algorithm).toLowerCase()]: e.value }), name: e.value },
  ],
  processEvidence: (e, context) => [
    {
      kind: 'process',
      keys: processKeys({
        device: e.mdeDeviceId ?? context.device,
        processId: e.processId,
        startTime: e.processCreationDateTime,
      }),
      name: e.imageFile?.fileName ?? e.processCommandLine,
    },
    ...fileOf(e.imageFile),
    ...userOf(e.userAccount, context),
  ],
  ipEvidence: (e, context) => ipOf(e.ipAddress, context),
  networkConnectionEvidence: (e, context) => [
    ...nestedIp(e.sourceAddress, context),
    ...nestedIp(e.destinationAddress, context),
  ],
  urlEvidence: (e) => urlOf(e.url),
  dnsEvidence: (e) => [{ kind: 'domain', keys: domainKeys(e.domainName), name: e.domainName }],
  registryKeyEvidence: (e) => [registryOf(e.registryHive, e.registryKey, null)],
  registryValueEvidence: (e) => [registryOf(e.registryHive, e.registryKey, e.registryValueName)],
  securityGroupEvidence: (e) => [
    {
      kind: 'securityGroup',
      keys: [...namedKeys('group', e.securityGroupId), ...namedKeys('sid', e.sid)],
      name: e.displayName,
    },
  ],
  cloudApplicationEvidence: (e) => [
    {
      kind: 'cloudApplication',
      keys: namedKeys('saas', e.appId === null || e.appId === undefined ? e.displayName : String(e.appId)),
      name: e.displayName,
    },
  ],
  oauthApplicationEvidence: (e) => [
    {
      kind: 'cloudApplication',
      keys: [...namedKeys('app', e.appId), ...namedKeys('oid', e.objectId)],
      name: e.displayName,
    },
  ],
  servicePrincipalEvidence: (e) => [
    {
      kind: 'cloudApplication',
      keys: [...namedKeys('app', e.appId), ...namedKeys('oid', e.servicePrincipalObjectId)],
      name: e.servicePrincipalName,
    },
  ],
  cloudLogonSessionEvidence: (e) => [{ kind: 'session', keys: namedKeys('session', e.sessionId), name: e.sessionId }],
  cloudLogonRequestEvidence: (e) => [{ kind: 'session', keys: namedKeys('request', e.requestId), name: e.requestId }],
  hostLogonSessionEvidence: (e, context) => [
    {
      kind: 'session',
      keys: context.device ? namedKeys('logon', e.sessionId && `${context.device}|${e.sessionId}`) : [],
      name: e.sessionId,
    },
  ],
  azureResourceEvidence: (e) => resource('azure', e.resourceId, e.resourceName),
  amazonResourceEvidence: (e) => resource('aws', e.amazonResourceId, e.resourceName),
  googleCloudResourceEvidence: (e) => resource('gcp', e.fullResourceName, e.resourceName),
  blobContainerEvidence: (e) => resource('blob', e.url, e.name),
  blobEvidence: (e) => resource('blob', e.url, e.name),
  kubernetesClusterEvidence: (e) => resource('k8s', e.name, e.name),
  kubernetesPodEvidence: (e) => resource('pod', e.name, e.name),
  containerEvidence: (e) => resource('container', e.containerId, e.name),
  gitHubRepoEvidence: (e) => resource('github', e.baseUrl ?? e.login, e.login),
  gitHubUserEvidence: (e) => [
    { kind: 'user', keys: namedKeys('github', e.userId ?? e.login), name: e.login ?? e.name },
  ],
};

function fullName(host: string | null | undefined, domain: string | null | undefined): string | null {
  if (!host) return null;
  return domain && !host.includes('.') ? `${host}.${domain}` : host;
}

function registryOf(
  hive: string | null | undefined,
  key: string | null | undefined,
  value: string | null | undefined,
): Found {
  const path = key ? [hive, key, value].filter(Boolean).join('\\') : null;
  return { kind: 'registry', keys: namedKeys('reg', path), name: path };
}
