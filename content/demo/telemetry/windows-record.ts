import type { KnownFile } from '../cast/attacker.ts';
import type { Device } from '../cast/devices.ts';
import { company, type Person } from '../cast/people.ts';
import type { RunningProcess } from '../cast/processes.ts';
import type { Entry } from '../entry.ts';
import { guid, serial } from '../stable-id.ts';

/** What a Windows event log says, as a log shipper sends it: the parts of the event side by side in one object. */
type Fields = Readonly<Record<string, string | number>>;

const sysmonChannel = 'Microsoft-Windows-Sysmon/Operational';

function record(device: Device, channel: string, source: string, eventId: number, time: Date, fields: Fields): Entry {
  // The log numbers its records; here what makes the event does.
  const id = guid(`${device.name} ${channel} ${eventId} ${JSON.stringify(fields)}`);
  const line = JSON.stringify({
    '@timestamp': time.toISOString(),
    Hostname: device.dnsName,
    Channel: channel,
    EventID: eventId,
    SourceName: source,
    RecordNumber: serial(id, 9),
    ...fields,
  });
  return { feed: 'windowsEvent', id, time, line };
}

function sysmon(device: Device, eventId: number, time: Date, fields: Fields): Entry {
  return record(device, sysmonChannel, 'Microsoft-Windows-Sysmon', eventId, time, { UtcTime: stamp(time), ...fields });
}

/** An event of the security log. */
export function security(device: Device, eventId: number, time: Date, fields: Fields): Entry {
  const source = eventId === 1102 ? 'Microsoft-Windows-Eventlog' : 'Microsoft-Windows-Security-Auditing';
  return record(device, 'Security', source, eventId, time, fields);
}

/** A service was installed (System, 7045). */
export function serviceInstalled(device: Device, time: Date, name: string, path: string): Entry {
  return record(device, 'System', 'Service Control Manager', 7045, time, {
    Provider_Name: 'Service Control Manager',
    ServiceName: name,
    ImagePath: path,
    ServiceType: 'user mode service',
    StartType: 'auto start',
    AccountName: 'LocalSystem',
  });
}

/** A process began (Sysmon, 1), at the time it did. */
export function processBegan(process: RunningProcess): Entry {
  const { parent } = process;
  return sysmon(process.device, 1, process.started, {
    ...own(process),
    CommandLine: process.commandLine,
    CurrentDirectory: 'C:\\Windows\\System32\\',
    IntegrityLevel: 'Medium',
    OriginalFileName: process.image.name,
    Hashes: hashText(process.image),
    ...(parent === null
      ? {}
      : {
          ParentProcessGuid: guidOf(parent),
          ParentProcessId: String(parent.pid),
          ParentImage: pathOf(parent.image),
          ParentCommandLine: parent.commandLine,
          ParentUser: account(parent.user),
        }),
  });
}

/** A process connected to somewhere (Sysmon, 3). */
export function connected(
  process: RunningProcess,
  time: Date,
  to: { ip: string; domain?: string },
  port: number,
): Entry {
  return sysmon(process.device, 3, time, {
    ...own(process),
    Protocol: 'tcp',
    Initiated: 'true',
    SourceIp: process.device.ip,
    SourceHostname: process.device.dnsName,
    SourcePort: '50122',
    DestinationIp: to.ip,
    DestinationHostname: to.domain ?? '',
    DestinationPort: String(port),
  });
}

/** A process wrote a file (Sysmon, 11). */
export function fileWritten(process: RunningProcess, time: Date, file: KnownFile): Entry {
  return sysmon(process.device, 11, time, {
    ...own(process),
    TargetFilename: pathOf(file),
    CreationUtcTime: stamp(time),
  });
}

/** A process set a value of the registry (Sysmon, 13). */
export function registrySet(process: RunningProcess, time: Date, target: string, details: string): Entry {
  return sysmon(process.device, 13, time, {
    ...own(process),
    EventType: 'SetValue',
    TargetObject: target,
    Details: details,
  });
}

/** A process opened the memory of lsass (Sysmon, 10). */
export function lsassOpened(process: RunningProcess, time: Date): Entry {
  return sysmon(process.device, 10, time, {
    SourceProcessGUID: guidOf(process),
    SourceProcessId: String(process.pid),
    SourceImage: pathOf(process.image),
    SourceUser: account(process.user),
    TargetProcessGUID: `{${guid(`lsass ${process.device.name}`)}}`,
    TargetProcessId: '712',
    TargetImage: 'C:\\Windows\\System32\\lsass.exe',
    TargetUser: 'NT AUTHORITY\\SYSTEM',
    GrantedAccess: '0x1410',
    CallTrace: 'C:\\Windows\\System32\\ntdll.dll+9d4c4|UNKNOWN(000001A2F1C40000)',
  });
}

/** A sign-in to a device (Security, 4624). */
export function signedIn(device: Device, time: Date, person: Person, type: 2 | 3 | 10, from: Device): Entry {
  return security(device, 4624, time, {
    ...target(person),
    TargetLogonId: '0x3e7a1',
    LogonType: String(type),
    LogonProcessName: type === 3 ? 'NtLmSsp' : 'User32',
    AuthenticationPackageName: type === 3 ? 'NTLM' : 'Negotiate',
    WorkstationName: from.name,
    IpAddress: from.ip,
    IpPort: '49877',
  });
}

/** The fields that name who acted. */
export function subject(person: Person): Fields {
  return { SubjectUserSid: person.sid, SubjectUserName: person.account, SubjectDomainName: company.netbios };
}

/** The fields that name whose account it is. */
export function target(person: Person): Fields {
  return { TargetUserSid: person.sid, TargetUserName: person.account, TargetDomainName: company.netbios };
}

function own(process: RunningProcess): Fields {
  return {
    ProcessGuid: guidOf(process),
    ProcessId: String(process.pid),
    Image: pathOf(process.image),
    User: account(process.user),
  };
}

function guidOf(process: RunningProcess): string {
  return `{${guid(`process ${process.device.name} ${process.pid}`)}}`;
}

function account(person: Person): string {
  return `${company.netbios}\\${person.account}`;
}

function pathOf({ path, name }: KnownFile): string {
  return `${path}\\${name}`;
}

function hashText({ sha256, sha1, md5 }: KnownFile): string {
  return `SHA1=${sha1.toUpperCase()},MD5=${md5.toUpperCase()},SHA256=${sha256.toUpperCase()}`;
}

function stamp(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '');
}
