import type { HuntingRow } from '@throughline/model/hunting';
import { type Fields, text } from '../../field/value.ts';
import { address, addressType } from '../row/address.ts';
import { fileColumns, initiatingProcess } from '../row/process.ts';
import { jsonText, row, type Values } from '../row/row.ts';
import { int, known, whole } from '../row/value.ts';
import type { When } from '../row/when.ts';
import type { AuditEvent, AuditRecord } from './audit-record.ts';

/** Rows of the Device tables of an audit event; none for what Defender has no counterpart of. */
export function auditRows(event: AuditEvent, fields: Fields, time: When, common: Values): HuntingRow[] {
  const call = record(event, 'SYSCALL');
  if (call !== undefined) {
    const execution = record(event, 'EXECVE');
    if (execution !== undefined)
      return call.fields.success === 'no' ? [] : [process(event, call, execution, time, common)];
    if (fields.SYSCALL === 'connect') return connection(event, call, time, common);
    return [];
  }
  const [first] = event.records;
  if (first === undefined) return [];
  if (first.type === 'USER_LOGIN') return [logon(first, time, common)];
  const action = { ADD_USER: 'UserAccountCreated', DEL_USER: 'UserAccountDeleted' }[first.type];
  return action === undefined ? [] : [account(first, action, time, common)];
}

function record(event: AuditEvent, type: string): AuditRecord | undefined {
  return event.records.find((one) => one.type === type);
}

function process(event: AuditEvent, call: AuditRecord, execution: AuditRecord, time: When, common: Values): HuntingRow {
  const { fields } = call;
  return row('DeviceProcessEvents', time, common, fileColumns(fields.exe), {
    ActionType: 'ProcessCreated',
    ProcessId: whole(fields.pid),
    ProcessCommandLine: commandLine(execution.fields),
    ProcessCreationTime: time.iso,
    AccountName: name(fields.UID) ?? undefined,
    LogonId: session(fields.ses),
    InitiatingProcessId: whole(fields.ppid),
    AdditionalFields: jsonText({
      CurrentDirectory: known(record(event, 'CWD')?.fields.cwd),
      auid: known(fields.auid),
      uid: known(fields.uid),
      euid: known(fields.euid),
      tty: known(fields.tty),
      key: fields.key === '(null)' ? undefined : known(fields.key),
    }),
  });
}

/** The arguments of EXECVE as a shell would take them again. */
export function commandLine(fields: Fields): string | undefined {
  const parts: string[] = [];
  for (let i = 0; i < 1024; i++) {
    const part = text(fields[`a${i}`]);
    if (part === null) break;
    parts.push(/[\s"']/.test(part) ? `'${part.replaceAll("'", "'\\''")}'` : part);
  }
  return parts.length === 0 ? undefined : parts.join(' ');
}

function connection(event: AuditEvent, call: AuditRecord, time: When, common: Values): HuntingRow[] {
  const peer = socketAddress(known(record(event, 'SOCKADDR')?.fields.saddr));
  if (peer === undefined) return [];
  const { fields } = call;
  // -115 (EINPROGRESS) is what a connection under way answers.
  const made = fields.success === 'yes' || fields.exit === '-115' || fields.exit === 'EINPROGRESS';
  return [
    row(
      'DeviceNetworkEvents',
      time,
      common,
      initiatingProcess({ id: fields.pid, image: fields.exe, user: name(fields.UID) }),
      {
        ActionType: fields.success === 'yes' ? 'ConnectionSuccess' : made ? 'ConnectionAttempt' : 'ConnectionFailed',
        RemoteIP: peer.ip,
        RemotePort: peer.port,
        RemoteIPType: addressType(peer.ip),
        InitiatingProcessParentId: whole(fields.ppid),
      },
    ),
  ];
}

/** The address in a `struct sockaddr`: family (host order), port and address (network order); other families have none. */
export function socketAddress(saddr: string | undefined): { ip: string; port: number } | undefined {
  if (saddr === undefined || !/^[0-9A-Fa-f]{16,256}$/.test(saddr)) return undefined;
  const bytes = Buffer.from(saddr, 'hex');
  const family = bytes.readUInt16LE(0);
  const port = bytes.readUInt16BE(2);
  if (family === 2) return { ip: bytes.subarray(4, 8).join('.'), port };
  if (family !== 10 || bytes.length < 24) return undefined;
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(8 + i * 2).toString(16));
  // The URL parser writes addresses as RFC 5952 wants them.
  return { ip: new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1), port };
}

function logon({ fields }: AuditRecord, time: When, common: Values): HuntingRow {
  const remote = address(fields.addr);
  return row('DeviceLogonEvents', time, common, initiatingProcess({ id: fields.pid, image: fields.exe }), {
    ActionType: fields.res === 'success' ? 'LogonSuccess' : 'LogonFailed',
    AccountName: known(fields.acct) ?? name(fields.ID) ?? undefined,
    RemoteIP: remote,
    RemoteIPType: addressType(remote),
    RemoteDeviceName: unset(fields.hostname),
    LogonId: session(fields.ses),
    AdditionalFields: jsonText({ terminal: unset(fields.terminal), operation: known(fields.op) }),
  });
}

function account({ fields }: AuditRecord, ActionType: string, time: When, common: Values): HuntingRow {
  return row('DeviceEvents', time, common, initiatingProcess({ id: fields.pid, image: fields.exe }), {
    ActionType,
    AccountName: known(fields.acct) ?? name(fields.ID) ?? undefined,
    AdditionalFields: jsonText({ id: known(fields.id), operation: known(fields.op), result: known(fields.res) }),
  });
}

/** 4294967295 stands for "no session". */
function session(value: unknown): number | undefined {
  const found = int(value);
  return found === undefined || found < 0 ? undefined : found;
}

/** A user's name, where the log is enriched with names. */
function name(value: unknown): string | null {
  const found = text(value);
  return found === null || found === 'unset' || /^\d+$/.test(found) ? null : found;
}

function unset(value: unknown): string | undefined {
  const found = known(value);
  return found === '?' || found === '(none)' ? undefined : found;
}
