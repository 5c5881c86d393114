import type { KnownFile, Mail } from '../cast/attacker.ts';
import { hosts } from '../cast/attacker.ts';
import type { Device } from '../cast/devices.ts';
import { company, type Person } from '../cast/people.ts';
import type { RunningProcess } from '../cast/processes.ts';

/** Evidence as Microsoft Graph's security API writes it (`alertEvidence`, v1.0). */
export type GraphEvidence = { '@odata.type': string; [field: string]: unknown };

const evidence = (type: string, roles: string[], verdict: string, fields: object): GraphEvidence => ({
  '@odata.type': `#microsoft.graph.security.${type}Evidence`,
  verdict,
  remediationStatus: 'none',
  remediationStatusDetails: null,
  roles,
  detailedRoles: [],
  tags: [],
  ...fields,
});

const account = (person: Person): object => ({
  accountName: person.account,
  domainName: company.netbios,
  userSid: person.sid,
  azureAdUserId: person.objectId,
  userPrincipalName: person.upn,
  displayName: person.name,
});

const fileDetails = (file: KnownFile): object => ({
  fileName: file.name,
  filePath: file.path,
  fileSize: file.size,
  sha256: file.sha256,
  sha1: file.sha1,
  filePublisher: null,
  signer: null,
  issuer: null,
});

export const device = (d: Device, role = 'attacked'): GraphEvidence =>
  evidence('device', [role], 'suspicious', {
    mdeDeviceId: d.mdeDeviceId,
    azureAdDeviceId: d.azureAdDeviceId,
    deviceDnsName: d.dnsName,
    hostName: d.name.toLowerCase(),
    ntDomain: company.netbios,
    dnsDomain: company.adDomain,
    osPlatform: d.os,
    version: d.os === 'Windows11' ? '24H2' : '21H2',
    healthStatus: 'active',
    riskScore: 'high',
    onboardingStatus: 'onboarded',
    rbacGroupName: d.os === 'Windows11' ? 'Workstations' : 'Servers',
    lastIpAddress: d.ip,
    ipInterfaces: [d.ip],
  });

export const user = (person: Person, role = 'compromised'): GraphEvidence =>
  evidence('user', [role], 'suspicious', { userAccount: account(person) });

export const file = (f: KnownFile, d: Device | null = null): GraphEvidence =>
  evidence('file', [], 'malicious', {
    detectionStatus: 'detected',
    mdeDeviceId: d?.mdeDeviceId ?? null,
    fileDetails: fileDetails(f),
  });

export const process = (p: RunningProcess): GraphEvidence =>
  evidence('process', [], 'suspicious', {
    processId: p.pid,
    processCreationDateTime: p.started.toISOString(),
    processCommandLine: p.commandLine,
    imageFile: fileDetails(p.image),
    parentProcessId: p.parent?.pid ?? null,
    parentProcessCreationDateTime: p.parent?.started.toISOString() ?? null,
    parentProcessImageFile: p.parent ? fileDetails(p.parent.image) : null,
    detectionStatus: 'detected',
    mdeDeviceId: p.device.mdeDeviceId,
    userAccount: account(p.user),
  });

export const ip = (address: string, role = 'attacker', countryLetterCode: string | null = null): GraphEvidence =>
  evidence('ip', [role], role === 'contextual' ? 'unknown' : 'suspicious', { ipAddress: address, countryLetterCode });

export const url = (address: string): GraphEvidence => evidence('url', ['attacker'], 'malicious', { url: address });

export const message = (m: Mail, received: Date, urls: string[], deliveryLocation = 'inbox'): GraphEvidence =>
  evidence('analyzedMessage', ['attacked'], 'malicious', {
    networkMessageId: m.networkMessageId,
    internetMessageId: m.internetMessageId,
    subject: m.subject,
    language: 'en',
    senderIp: hosts.mailer,
    recipientEmailAddress: m.to.upn,
    antiSpamDirection: 'inbound',
    deliveryAction: 'delivered',
    deliveryLocation,
    p1Sender: { emailAddress: m.sender, displayName: 'Accounts', domainName: m.sender.split('@')[1] },
    p2Sender: { emailAddress: m.sender, displayName: 'Alder & Finch accounts', domainName: m.sender.split('@')[1] },
    receivedDateTime: received.toISOString(),
    attachmentsCount: 0,
    urlCount: urls.length,
    urls,
    threats: ['NormalPhish'],
    threatDetectionMethods: ['ImpersonationDomain'],
  });

export const submission = (m: Mail, at: Date): GraphEvidence =>
  evidence('submissionMail', ['contextual'], 'suspicious', {
    networkMessageId: m.networkMessageId,
    recipient: m.to.upn,
    submitter: m.to.upn,
    sender: m.sender,
    senderIp: hosts.mailer,
    subject: m.subject,
    reportType: 'Phish',
    submissionDateTime: at.toISOString(),
  });

export const mailbox = (person: Person): GraphEvidence =>
  evidence('mailbox', ['compromised'], 'suspicious', {
    primaryAddress: person.upn,
    upn: person.upn,
    displayName: person.name,
    userAccount: account(person),
  });

export const session = (id: string, person: Person, started: Date): GraphEvidence =>
  evidence('cloudLogonSession', ['suspicious'], 'suspicious', {
    sessionId: id,
    account: { userAccount: account(person) },
    browser: 'Chrome 129',
    operatingSystem: 'Linux',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/129.0',
    startUtcDateTime: started.toISOString(),
  });

export const oauthApplication = (app: { appId: string; objectId: string; name: string; publisher: string }) =>
  evidence('oauthApplication', ['suspicious'], 'suspicious', {
    appId: app.appId,
    objectId: app.objectId,
    displayName: app.name,
    publisher: app.publisher,
  });

/** A first-party cloud service, by Cloud Apps' number of it. */
export const cloudApplication = (appId: number, displayName: string): GraphEvidence =>
  evidence('cloudApplication', ['contextual'], 'unknown', { appId, displayName, instanceId: 0, saasAppId: appId });

export const registryValue = (d: Device, key: string, name: string, value: string): GraphEvidence =>
  evidence('registryValue', ['created'], 'suspicious', {
    registryHive: 'HKEY_LOCAL_MACHINE',
    registryKey: key,
    registryValueName: name,
    registryValue: value,
    registryValueType: 'String',
    mdeDeviceId: d.mdeDeviceId,
  });
