import { type Evidence, type EvidenceOf, graphTypePrefix, isIpAddress, makeEvidence } from '@throughline/model';
import { cut, number, text } from './value.ts';

type Roles = string[];
type Maybe = Evidence | null;

/** Below so many pieces a repeat is too rare to look for. */
const fewPieces = 8;

/** The evidence that is there, in order; in long lists each once. */
export function evidenceList(...items: readonly Maybe[]): Evidence[] {
  const kept: Evidence[] = [];
  for (const item of items) if (item !== null) kept.push(item);
  if (kept.length < fewPieces) return kept;
  const seen = new Set<string>();
  return kept.filter((item) => {
    const key = JSON.stringify(item);
    return seen.has(key) ? false : seen.add(key);
  });
}

/** Device evidence by name and ids; an address given for a name is an ip. `null` when nothing names it. */
export function deviceEvidence(
  name: unknown,
  roles: Roles = [],
  more: Partial<EvidenceOf<'deviceEvidence'>> = {},
): Maybe {
  const found = text(name);
  if (found !== null && isIpAddress(found)) return ipEvidence(found, roles);
  if (found === null && !more.mdeDeviceId && !more.azureAdDeviceId) return null;
  const names = found === null ? {} : found.includes('.') ? { deviceDnsName: found } : { hostName: found };
  return makeEvidence('deviceEvidence', { roles, ...names, ...more });
}

/** Ip evidence; `null` when the text is no address. */
export function ipEvidence(address: unknown, roles: Roles = []): Maybe {
  const found = text(address);
  if (found === null || !isIpAddress(found.toLowerCase())) return null;
  return { '@odata.type': `${graphTypePrefix}ipEvidence`, roles, ipAddress: found };
}

export type UserParts = {
  name?: unknown;
  domain?: unknown;
  upn?: unknown;
  sid?: unknown;
  objectId?: unknown;
  displayName?: unknown;
};

/** A Graph user account; a name with "@" is a principal name, "domain\name" is split. `null` when nothing names it. */
export function userAccount(parts: UserParts): EvidenceOf<'userEvidence'>['userAccount'] | null {
  const account: Record<string, string> = {};
  const put = (key: string, value: unknown) => {
    const found = text(value);
    if (found !== null && found !== '-') account[key] = cut(found, 512);
  };
  put('azureAdUserId', parts.objectId);
  put('userSid', parts.sid);
  put('userPrincipalName', parts.upn);
  put('domainName', parts.domain);
  put('displayName', parts.displayName);
  const name = text(parts.name);
  const slash = name?.indexOf('\\') ?? -1;
  if (name?.includes('@')) {
    if (account.userPrincipalName === undefined) put('userPrincipalName', name);
  } else if (name !== null && slash > 0) {
    put('domainName', name.slice(0, slash));
    put('accountName', name.slice(slash + 1));
  } else put('accountName', name);
  const named = account.accountName ?? account.userPrincipalName ?? account.userSid ?? account.azureAdUserId;
  return named === undefined && account.displayName === undefined ? null : account;
}

/** User evidence, as {@link userAccount} reads it. */
export function userEvidence(parts: UserParts, roles: Roles = []): Maybe {
  const account = userAccount(parts);
  return account ? makeEvidence('userEvidence', { roles, userAccount: account }) : null;
}

export type FileParts = {
  name?: unknown;
  path?: unknown;
  folder?: unknown;
  size?: unknown;
  sha256?: unknown;
  sha1?: unknown;
  md5?: unknown;
};

/** Graph file details; a path is split into folder and name, a hash is told by its length. `null` when nothing names it. */
export function fileDetails(parts: FileParts): EvidenceOf<'fileEvidence'>['fileDetails'] | null {
  const { name: givenName, path: givenPath, sha256, sha1, md5 } = parts;
  if (!givenName && !givenPath && !sha256 && !sha1 && !md5) return null;
  const details: Record<string, string | number> = {};
  for (const hash of [parts.sha256, parts.sha1, parts.md5]) {
    const found = text(hash)?.toLowerCase() ?? '';
    if (!/^[0-9a-f]+$/.test(found) || /^0+$/.test(found)) continue;
    if (found.length === 64) details.sha256 = found;
    else if (found.length === 40) details.sha1 = found;
    else if (found.length === 32) details.md5 = found;
  }
  const path = text(parts.path);
  const end = path === null ? -1 : Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const name = text(parts.name) ?? (path === null ? null : path.slice(end + 1) || null);
  const folder = text(parts.folder) ?? (path !== null && end > 0 ? path.slice(0, end) : null);
  if (name !== null) details.fileName = name;
  if (folder !== null) details.filePath = folder;
  const size = number(parts.size);
  if (size !== null) details.fileSize = size;
  return name === null && Object.keys(details).length === 0 ? null : details;
}

/** File evidence, as {@link fileDetails} reads it. */
export function fileEvidence(parts: FileParts, roles: Roles = []): Maybe {
  const details = fileDetails(parts);
  return details ? makeEvidence('fileEvidence', { roles, fileDetails: details }) : null;
}

export type ProcessParts = {
  id?: unknown;
  commandLine?: unknown;
  image?: FileParts;
  startTime?: unknown;
  parentId?: unknown;
  parentImage?: FileParts;
  user?: UserParts;
};

/** Process evidence; `null` when neither id, command line nor image is known. */
export function processEvidence(parts: ProcessParts, roles: Roles = []): Maybe {
  const image = parts.image ? fileDetails(parts.image) : null;
  const id = number(parts.id);
  const commandLine = text(parts.commandLine);
  if (image === null && id === null && commandLine === null) return null;
  return makeEvidence('processEvidence', {
    roles,
    processId: id,
    processCommandLine: commandLine,
    imageFile: image,
    processCreationDateTime: text(parts.startTime),
    parentProcessId: number(parts.parentId),
    parentProcessImageFile: parts.parentImage ? fileDetails(parts.parentImage) : null,
    userAccount: parts.user ? userAccount(parts.user) : null,
  });
}

/** Url evidence; `null` without text. */
export function urlEvidence(url: unknown, roles: Roles = []): Maybe {
  const found = text(url);
  return found === null ? null : makeEvidence('urlEvidence', { roles, url: found });
}

/** Dns evidence for a domain name; an address becomes ip evidence. */
export function domainEvidence(name: unknown, roles: Roles = []): Maybe {
  const found = text(name)?.replace(/\.$/, '') ?? null;
  if (found === null) return null;
  if (isIpAddress(found.toLowerCase())) return ipEvidence(found, roles);
  return found.includes('.') ? makeEvidence('dnsEvidence', { roles, domainName: found }) : null;
}
