import { hash } from 'node:crypto';
import { type Evidence, isIpAddress, makeEvidence } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import { numberOf, textOf } from './row-values.ts';

type Rows = readonly HuntingRow[];

/** What the rows of a record name: device, user, process with its parents, file, registry value, addresses and URL. */
export function evidenceOfRows(rows: Rows): Evidence[] {
  return [device(rows), user(rows), ...processes(rows), file(rows), registry(rows), ...network(rows)].filter(
    (one) => one !== null,
  );
}

function device(rows: Rows): Evidence | null {
  const name = textOf(rows, 'DeviceName', 'Computer');
  const id = textOf(rows, 'DeviceId');
  if (name === null && id === null) return null;
  // Sources without device ids have one made of the name: it says nothing that the name does not.
  const isMade = id !== null && id === hash('sha1', `device\u0000${name?.toLowerCase()}`, 'hex');
  const named = name === null ? {} : name.includes('.') ? { deviceDnsName: name } : { hostName: name };
  return makeEvidence('deviceEvidence', { roles: ['attacked'], ...named, mdeDeviceId: isMade ? null : id });
}

function user(rows: Rows): Evidence | null {
  return (
    account(rows, '') ??
    account(rows, 'InitiatingProcess') ??
    principal(textOf(rows, 'UserPrincipalName', 'UserId', 'UserIdentityArn', 'ActorAlternateId', 'Account'))
  );
}

function account(rows: Rows, prefix: '' | 'InitiatingProcess'): Evidence | null {
  const accountName = textOf(rows, `${prefix}AccountName`);
  const userPrincipalName = textOf(rows, `${prefix}AccountUpn`);
  const userSid = textOf(rows, `${prefix}AccountSid`);
  const azureAdUserId = textOf(rows, `${prefix}AccountObjectId`);
  if ((accountName ?? userPrincipalName ?? userSid ?? azureAdUserId) === null) return null;
  const domainName = textOf(rows, `${prefix}AccountDomain`);
  const known = { accountName, domainName, userPrincipalName, userSid, azureAdUserId };
  const userAccount = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
  return makeEvidence('userEvidence', { userAccount });
}

function principal(name: string | null): Evidence | null {
  if (name === null) return null;
  const [domain, account] = name.split('\\');
  const userAccount = name.includes('@')
    ? { userPrincipalName: name }
    : account === undefined
      ? { accountName: name }
      : { accountName: account, ...(domain ? { domainName: domain } : {}) };
  return makeEvidence('userEvidence', { userAccount });
}

/** The created process with the one that made it, then that one with its own parent. */
function processes(rows: Rows): (Evidence | null)[] {
  const created = rows.filter(({ table }) => table === 'DeviceProcessEvents' || table === 'CloudProcessEvents');
  const maker = {
    parentProcessId: numberOf(rows, 'InitiatingProcessId'),
    parentProcessImageFile: details(rows, 'InitiatingProcess'),
    parentProcessCreationDateTime: textOf(rows, 'InitiatingProcessCreationTime'),
  };
  return [
    created.length === 0
      ? null
      : makeEvidence('processEvidence', {
          processId: numberOf(created, 'ProcessId'),
          processCommandLine: textOf(created, 'ProcessCommandLine'),
          processCreationDateTime: textOf(created, 'ProcessCreationTime'),
          imageFile: details(created, ''),
          ...maker,
        }),
    maker.parentProcessId === null && maker.parentProcessImageFile === null
      ? null
      : makeEvidence('processEvidence', {
          processId: maker.parentProcessId,
          processCommandLine: textOf(rows, 'InitiatingProcessCommandLine'),
          processCreationDateTime: maker.parentProcessCreationDateTime,
          imageFile: maker.parentProcessImageFile,
          parentProcessId: numberOf(rows, 'InitiatingProcessParentId'),
          parentProcessImageFile: parentFile(rows),
        }),
  ];
}

function parentFile(rows: Rows) {
  const fileName = textOf(rows, 'InitiatingProcessParentFileName');
  return fileName === null ? null : { fileName };
}

function file(rows: Rows): Evidence | null {
  const about = rows.filter(({ table }) => /^Device(?:File|ImageLoad|Process)?Events$/.test(table));
  const fileDetails = details(about, '');
  return fileDetails === null ? null : makeEvidence('fileEvidence', { fileDetails });
}

function details(rows: Rows, prefix: '' | 'InitiatingProcess') {
  const fileName = textOf(rows, `${prefix}FileName`);
  const path = textOf(rows, `${prefix}FolderPath`);
  const hashes = { sha256: 'SHA256', sha1: 'SHA1', md5: 'MD5' };
  const found = Object.entries(hashes).flatMap(([key, column]) => {
    const value = textOf(rows, prefix + column)?.toLowerCase();
    return value === undefined || !/^[0-9a-f]{32,64}$/.test(value) || /^0+$/.test(value) ? [] : [[key, value]];
  });
  if (fileName === null && found.length === 0) return null;
  // The folder path of these rows ends in the file's name.
  const folder =
    fileName !== null && path?.toLowerCase().endsWith(fileName.toLowerCase())
      ? path.slice(0, -fileName.length - 1)
      : path;
  return {
    ...(fileName === null ? {} : { fileName }),
    ...(folder ? { filePath: folder } : {}),
    ...Object.fromEntries(found),
  };
}

function registry(rows: Rows): Evidence | null {
  const key = textOf(rows, 'RegistryKey');
  if (key === null) return null;
  const cut = key.indexOf('\\');
  const [registryHive, registryKey] = cut < 0 ? [null, key] : [key.slice(0, cut), key.slice(cut + 1)];
  const registryValueName = textOf(rows, 'RegistryValueName');
  const registryValue = textOf(rows, 'RegistryValueData');
  return registryValueName === null && registryValue === null
    ? makeEvidence('registryKeyEvidence', { registryHive, registryKey })
    : makeEvidence('registryValueEvidence', { registryHive, registryKey, registryValueName, registryValue });
}

function network(rows: Rows): (Evidence | null)[] {
  const address = textOf(rows, 'RemoteIP', 'IPAddress', 'SourceIpAddress', 'ClientIP', 'SrcIpAddr', 'DstIpAddr');
  const url = textOf(rows, 'RemoteUrl', 'Url', 'FileOriginUrl');
  return [
    address !== null && isIpAddress(address.toLowerCase()) ? makeEvidence('ipEvidence', { ipAddress: address }) : null,
    url === null ? null : makeEvidence('urlEvidence', { url }),
  ];
}
