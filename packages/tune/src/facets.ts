import {
  type Alert,
  type AlertProperty,
  type Evidence,
  type EvidenceProperty,
  evidenceTypeName,
  type TuningTrigger,
} from '@throughline/model';

/** What one evidence says of one kind of thing, in lower case. */
export type Facet = { kind: TuningTrigger; words: Partial<Record<EvidenceProperty, string[]>> };

/** Longer texts are looked at up to here, UTF-16 code units: what comes later cannot match. */
export const longestText = 16_384;

/** The words of the alert itself, in lower case. */
export function alertWords(alert: Alert, property: AlertProperty): string[] {
  switch (property) {
    case 'title':
      return words(alert.title);
    case 'detector':
      return words(alert.detectorId);
    case 'severity':
      return words(alert.severity);
    case 'category':
      return words(alert.category);
    case 'serviceSource':
      return words(alert.serviceSource);
    case 'detectionSource':
      return words(alert.detectionSource);
    case 'product':
      return words(alert.productName);
    case 'technique':
      return words(...alert.mitreTechniques);
  }
}

/** Everything the alert's evidence says, one facet for each thing. Values of the wrong type say nothing. */
export function facetsOf(alert: Alert): Facet[] {
  const facets: Facet[] = [];
  for (const evidence of alert.evidence) {
    const type = evidenceTypeName(evidence);
    if (Object.hasOwn(readers, type)) facets.push(...(readers[type]?.(evidence) ?? []));
  }
  return facets;
}

type Reader = (evidence: Evidence) => Facet[];

const readers: Record<string, Reader> = {
  deviceEvidence: (e) => [
    {
      kind: 'device',
      words: {
        'device.name': words(e['deviceDnsName'], e['hostName']),
        'device.domain': words(e['dnsDomain'], e['ntDomain']),
        'device.tag': words(...list(e.tags)),
        'device.os': words(e['osPlatform'], e['version']),
        'device.group': words(e['rbacGroupName']),
      },
    },
    ...['lastIpAddress', 'lastExternalIpAddress'].flatMap((field) => ip(e[field])),
    ...list(e['ipInterfaces']).flatMap(ip),
  ],
  ioTDeviceEvidence: (e) => [
    {
      kind: 'device',
      words: {
        'device.name': words(e['deviceName'], e['deviceId']),
        'device.tag': words(...list(e.tags)),
        'device.os': words(e['operatingSystem']),
      },
    },
    ...ip(field(e['ipAddress'], 'ipAddress')),
  ],
  userEvidence: (e) => user(e['userAccount']),
  processEvidence: (e) => [
    {
      kind: 'process',
      words: {
        'process.name': words(field(e['imageFile'], 'fileName')),
        'process.commandLine': words(e['processCommandLine']),
        'process.parent': words(field(e['parentProcessImageFile'], 'fileName'), pathOf(e['parentProcessImageFile'])),
      },
    },
    ...file(e['imageFile']),
    ...user(e['userAccount']),
  ],
  fileEvidence: (e) => file(e['fileDetails']),
  fileHashEvidence: (e) => [{ kind: 'file', words: { 'file.hash': words(e['value']) } }],
  ipEvidence: (e) => ip(e['ipAddress']),
  networkConnectionEvidence: (e) =>
    ['sourceAddress', 'destinationAddress'].flatMap((side) => ip(field(e[side], 'ipAddress'))),
  urlEvidence: (e) => url(e['url']),
  dnsEvidence: (e) => [{ kind: 'url', words: { 'url.domain': words(e['domainName']) } }],
  mailboxEvidence: (e) => [
    { kind: 'mail', words: { 'mail.recipient': words(e['primaryAddress'], e['upn']) } },
    ...user(e['userAccount']),
  ],
  analyzedMessageEvidence: (e) => [
    {
      kind: 'mail',
      words: {
        'mail.sender': words(field(e['p1Sender'], 'emailAddress'), field(e['p2Sender'], 'emailAddress')),
        'mail.subject': words(e['subject']),
        'mail.recipient': words(e['recipientEmailAddress']),
      },
    },
    ...ip(e['senderIp']),
    ...list(e['urls']).flatMap(url),
  ],
  submissionMailEvidence: (e) => [
    {
      kind: 'mail',
      words: {
        'mail.sender': words(e['sender']),
        'mail.subject': words(e['subject']),
        'mail.recipient': words(e['recipient']),
      },
    },
    ...ip(e['senderIp']),
  ],
  amazonResourceEvidence: (e) => resource(e['resourceName'], e['amazonResourceId']),
  azureResourceEvidence: (e) => resource(e['resourceName'], e['resourceId']),
  googleCloudResourceEvidence: (e) => resource(e['resourceName'], e['fullResourceName']),
  blobEvidence: (e) => resource(e['name'], e['url']),
  blobContainerEvidence: (e) => resource(e['name'], e['url']),
  kubernetesClusterEvidence: (e) => resource(e['name']),
  kubernetesPodEvidence: (e) => resource(e['name']),
  containerEvidence: (e) => resource(e['name'], e['containerId']),
  cloudApplicationEvidence: (e) => resource(e['displayName'], e['instanceName']),
  registryKeyEvidence: (e) => registry(e),
  registryValueEvidence: (e) => registry(e),
};

function user(account: unknown): Facet[] {
  const name = field(account, 'accountName');
  const domain = field(account, 'domainName');
  const full = typeof name === 'string' && typeof domain === 'string' ? `${domain}\\${name}` : null;
  const said = {
    'user.name': words(name, full, field(account, 'displayName')),
    'user.upn': words(field(account, 'userPrincipalName')),
  };
  return said['user.name'].length + said['user.upn'].length === 0 ? [] : [{ kind: 'user', words: said }];
}

function file(details: unknown): Facet[] {
  if (typeof details !== 'object' || details === null) return [];
  return [
    {
      kind: 'file',
      words: {
        'file.name': words(field(details, 'fileName')),
        'file.path': words(field(details, 'filePath'), pathOf(details)),
        'file.hash': words(...['sha256', 'sha1', 'md5', 'sha256Ac'].map((name) => field(details, name))),
      },
    },
  ];
}

function ip(address: unknown): Facet[] {
  const said = words(address);
  return said.length === 0 ? [] : [{ kind: 'ip', words: { 'ip.address': said } }];
}

function url(value: unknown): Facet[] {
  const said = words(value);
  if (said[0] === undefined) return [];
  const host = /^(?:[a-z][a-z0-9+.-]{0,30}:\/\/)?(?:[^/?#@]{0,300}@)?(\[[^\]/?#]{1,60}\]|[^/?#:@]{1,300})/.exec(
    said[0],
  );
  return [{ kind: 'url', words: { 'url.url': said, 'url.domain': words(host?.[1]) } }];
}

function resource(...names: unknown[]): Facet[] {
  return [{ kind: 'cloudResource', words: { 'cloudResource.name': words(...names) } }];
}

function registry({ registryHive: hive, registryKey: key }: Evidence): Facet[] {
  const full = typeof hive === 'string' && typeof key === 'string' ? `${hive}\\${key}` : null;
  return [{ kind: 'registry', words: { 'registry.key': words(key, full) } }];
}

/** Folder and name in one, however the vendor splits them. */
function pathOf(details: unknown): string | null {
  const path = field(details, 'filePath');
  const name = field(details, 'fileName');
  if (typeof path !== 'string' || typeof name !== 'string') return null;
  if (path.toLowerCase().endsWith(name.toLowerCase())) return null;
  return `${path}${/[\\/]$/.test(path) ? '' : path.includes('/') ? '/' : '\\'}${name}`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : null;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(...values: unknown[]): string[] {
  const said: string[] = [];
  for (const value of values) {
    if (typeof value !== 'string' || value === '') continue;
    said.push((value.length > longestText ? value.slice(0, longestText) : value).toLowerCase());
  }
  return said;
}
