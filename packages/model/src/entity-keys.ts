/** Normalised names of entities: the only place that decides when two spellings mean the same thing. */

type Text = string | null | undefined;

const limit = 512;

function clean(value: Text): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim().toLowerCase();
  return text === '' || text === '-' || text === 'n/a' || text === 'unknown' ? null : text.slice(0, limit);
}

function keys(...pairs: [scheme: string, value: string | null][]): string[] {
  const list: string[] = [];
  for (const [scheme, value] of pairs) if (value !== null) list.push(scheme + value);
  return list;
}

const emptyGuid = /^[0{}-]+$/;

function identifier(value: Text): string | null {
  const text = clean(value);
  return text === null || emptyGuid.test(text) ? null : text;
}

/** Weak keys name an entity only while no other entity answers to them. */
export function isWeakKey(key: string): boolean {
  return /^[a-z0-9]+~/.test(key);
}

/** A device by product id, directory id, full DNS name, and weakly by short name; `site` scopes a short name. */
export function deviceKeys(device: {
  mdeDeviceId?: Text;
  azureAdDeviceId?: Text;
  dnsName?: Text;
  site?: Text;
}): string[] {
  const name = clean(device.dnsName)?.replace(/\.$/, '') ?? null;
  const isFull = name?.includes('.') && !isIpAddress(name);
  const site = clean(device.site);
  const short = name === null ? null : isIpAddress(name) ? name : (name.split('.')[0] ?? name);
  return keys(
    ['mde:', identifier(device.mdeDeviceId)],
    ['aad:', identifier(device.azureAdDeviceId)],
    ['dns:', isFull ? name : null],
    [site === null ? 'host~' : `host~${site}/`, short],
  );
}

const serviceAccounts =
  /^(nt authority|nt service|window manager|font driver host)\\|^(system|local service|network service|root|nobody|www-data|-)$/;
const wellKnownSid = /^s-1-(5-(1[0-9]|[1-9]|20|90-.*|96-.*|80-.*)|1-0|0-0)$/;

/** True for accounts every machine has: they name nobody. */
export function isBuiltInAccount(name: Text, sid: Text): boolean {
  const id = clean(sid);
  if (id !== null && wellKnownSid.test(id)) return true;
  const text = clean(name);
  return text !== null && serviceAccounts.test(text);
}

/** A user by object id, SID, principal name, domain\name, and weakly by bare name. */
export function userKeys(user: {
  objectId?: Text;
  sid?: Text;
  upn?: Text;
  domain?: Text;
  name?: Text;
  site?: Text;
}): string[] {
  const upn = clean(user.upn);
  let domain = clean(user.domain);
  let name = clean(user.name);
  const slash = name?.indexOf('\\') ?? -1;
  if (name !== null && slash > 0) {
    domain = name.slice(0, slash);
    name = name.slice(slash + 1) || null;
  }
  const mail = upn ?? (name?.includes('@') ? name : null);
  const bare = name !== null && !name.includes('@') ? name : null;
  const short = domain === null ? null : (domain.split('.')[0] ?? domain);
  const site = clean(user.site);
  return keys(
    ['oid:', identifier(user.objectId)],
    ['sid:', identifier(user.sid)],
    ['upn:', mail],
    ['acct:', bare !== null && short !== null ? `${short}\\${bare}` : null],
    [site === null ? 'name~' : `name~${site}/`, personal(bare ?? mail?.split('@')[0] ?? null)],
  );
}

/** Names that many people share answer for nobody. */
const sharedNames =
  /^(admin|administrator|adm|root|guest|user|test|info|service|support|sales|office|backup|sa|postmaster|abuse|noreply|no-reply)$/;

function personal(name: string | null): string | null {
  return name === null || sharedNames.test(name) ? null : name;
}

/** A mailbox by address. */
export function mailboxKeys(address: Text): string[] {
  const text = clean(address);
  return text?.includes('@') ? [`addr:${text}`] : [];
}

/** A file by content; sha256, sha1 and md5 of one file are one file. Without a hash a file has no identity. */
export function fileKeys(file: { sha256?: Text; sha1?: Text; md5?: Text }): string[] {
  return keys(['sha256:', hash(file.sha256, 64)], ['sha1:', hash(file.sha1, 40)], ['md5:', hash(file.md5, 32)]);
}

function hash(value: Text, length: number): string | null {
  const text = clean(value);
  if (text === null || text.length !== length || !/^[0-9a-f]+$/.test(text)) return null;
  return emptyFileHashes.has(text) || /^0+$/.test(text) ? null : text;
}

/** Hashes of the empty file: everyone has it. */
const emptyFileHashes: ReadonlySet<string> = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'd41d8cd98f00b204e9800998ecf8427e',
]);

/** An address; a private one is scoped by site, a loopback or unspecified one names nothing. */
export function ipKeys(address: Text, site: Text): string[] {
  const text =
    clean(address)
      ?.replace(/^\[|\]$/g, '')
      .replace(/^::ffff:(?=\d+\.)/, '')
      .replace(/%.*$/, '') ?? null;
  if (text === null || !isIpAddress(text) || /^(127\.|0\.0\.0\.0$|255\.255\.255\.255$|::1?$)/.test(text)) return [];
  const scope = clean(site);
  return [isPrivateAddress(text) && scope !== null ? `ip:${text}@${scope}` : `ip:${text}`];
}

export function isIpAddress(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || (text.includes(':') && /^[0-9a-f:.]+$/.test(text));
}

/** RFC 1918, carrier-grade NAT, link-local and unique-local addresses. */
export function isPrivateAddress(text: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|fe[89ab]|f[cd])/.test(
    text,
  );
}

/** A URL without fragment and credentials, host in lower case; and its host. */
export function urlKeys(value: Text): { url: string[]; host: string | null } {
  const text = typeof value === 'string' ? value.trim().slice(0, 4096) : '';
  if (text === '') return { url: [], host: null };
  try {
    const parsed = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    parsed.hash = '';
    parsed.username = '';
    parsed.password = '';
    return { url: [`url:${parsed.href.slice(0, limit)}`], host: parsed.hostname || null };
  } catch {
    return { url: [`url:${text.toLowerCase().slice(0, limit)}`], host: null };
  }
}

/** A domain name. */
export function domainKeys(value: Text): string[] {
  const text = clean(value)?.replace(/\.$/, '') ?? null;
  return text?.includes('.') && !isIpAddress(text) ? [`domain:${text}`] : [];
}

/** A process instance: device, process id and start time together; pids alone repeat. */
export function processKeys(process: {
  device?: Text;
  processId?: number | null | undefined;
  startTime?: Text;
}): string[] {
  const device = clean(process.device);
  const start = clean(process.startTime);
  if (device === null || start === null || typeof process.processId !== 'number') return [];
  const at = Date.parse(start);
  return [`proc:${device}|${process.processId}|${Number.isNaN(at) ? start : new Date(at).toISOString()}`];
}

/** Any other identifier under its own scheme. */
export function namedKeys(scheme: string, value: Text): string[] {
  const text = identifier(value);
  return text === null ? [] : [`${scheme}:${text}`];
}
