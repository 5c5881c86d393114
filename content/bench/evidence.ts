import { createHash } from 'node:crypto';

/** Evidence as Microsoft Graph's security API writes it (`alertEvidence`, v1.0). */
export type GraphEvidence = { '@odata.type': string; [field: string]: unknown };

const makers: Record<string, (name: string) => [type: string, fields: object]> = {
  device: (name) => ['device', { deviceDnsName: `${name}.corp.example`, hostName: name, mdeDeviceId: idOf(name, 40) }],
  user: (name) => ['user', { userAccount: { accountName: name, userPrincipalName: `${name}@corp.example` } }],
  mailbox: (name) => ['mailbox', { primaryAddress: `${name}@corp.example` }],
  message: (name) => ['analyzedMessage', { networkMessageId: idOf(name, 32), subject: name }],
  ip: (name) => ['ip', { ipAddress: name }],
  url: (name) => ['url', { url: name }],
  file: (name) => ['file', { fileDetails: { fileName: name, sha256: idOf(name, 64) } }],
  session: (name) => ['cloudLogonSession', { sessionId: name }],
  app: (name) => ['cloudApplication', { appId: Number.parseInt(idOf(name, 6), 16), displayName: name }],
  bucket: (name) => ['amazonResource', { amazonResourceId: `arn:aws:s3:::${name}`, resourceName: name }],
};

/** Evidence from a short form, "kind:name": `device:ws-01`, `file:loader.exe`, `ip:203.0.113.9`. */
export function evidenceOf(short: string): GraphEvidence {
  const at = short.indexOf(':');
  const make = makers[short.slice(0, at)];
  if (!make) throw new Error(`there is no evidence of the kind of ${short}`);
  const [type, fields] = make(short.slice(at + 1));
  return {
    '@odata.type': `#microsoft.graph.security.${type}Evidence`,
    verdict: 'suspicious',
    remediationStatus: 'none',
    roles: [],
    ...fields,
  };
}

/** A stable id of `length` hex digits. */
export function idOf(name: string, length: number): string {
  return createHash('sha256').update(name).digest('hex').slice(0, length);
}
