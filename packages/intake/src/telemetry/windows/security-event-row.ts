import { type HuntingRow, huntingTables } from '@throughline/model/hunting';
import { number } from '../../field/value.ts';
import { fileNameOf } from '../row/path.ts';
import { row, type Values } from '../row/row.ts';
import { int, known } from '../row/value.ts';
import { logonTypeName } from './logon-words.ts';
import { activityOf } from './security-activity.ts';
import type { WindowsEvent } from './windows-event.ts';

/** Events whose account is the one that logs on, not the one that asks. */
const logons = new Set([4624, 4625, 4634, 4647, 4768, 4769, 4771, 4776]);

let types: ReadonlyMap<string, string> | undefined;

function columnTypes(): ReadonlyMap<string, string> {
  types ??= new Map(
    huntingTables()
      .get('SecurityEvent')
      ?.map((column) => [column.name, column.type]),
  );
  return types;
}

/** The row of Sentinel's SecurityEvent table: each field of EventData that is a column, and what Sentinel derives. */
export function securityEventRow(event: WindowsEvent): HuntingRow {
  const { data, system } = event;
  const columns = columnTypes();
  const own: Values = {};
  const written = event.ownData();
  for (const name in written) {
    const type = columns.get(name);
    if (type === undefined) continue;
    const value = written[name];
    own[name] = type === 'string' ? textOf(value) : int(value);
  }
  const subject = qualified(data.SubjectDomainName, data.SubjectUserName);
  const target = qualified(data.TargetDomainName, data.TargetUserName);
  const account = logons.has(event.id) ? target : (subject ?? target);
  const process = fileNameOf(known(data.NewProcessName) ?? known(data.ProcessName));
  const logonType = number(data.LogonType);
  return row('SecurityEvent', event.when, own, {
    Account: account,
    AccountType: account === undefined ? undefined : account.endsWith('$') ? 'Machine' : 'User',
    Activity: activityOf(event.id),
    Channel: event.channel,
    Computer: event.computer,
    EventID: event.id,
    EventSourceName: event.provider,
    EventRecordId: event.recordId === null ? undefined : String(event.recordId),
    Keywords: known(system.Keywords),
    Level: known(system.Level),
    LogonTypeName: logonType === null ? undefined : logonName(logonType),
    Opcode: known(system.Opcode),
    Process: process,
    SubjectAccount: subject,
    SystemProcessId: int(system.SystemProcessId),
    SystemThreadId: int(system.SystemThreadId),
    SystemUserId: known(system.SystemUserId),
    TargetAccount: target,
    Task: int(system.Task),
    Version: int(system.Version),
    Correlation: known(system.Correlation),
  });
}

/** Sentinel writes "3 - Network". */
function logonName(type: number): string {
  const name = logonTypeName(type);
  return name === undefined ? String(type) : `${type} - ${name}`;
}

function qualified(domain: unknown, name: unknown): string | undefined {
  const user = known(name);
  if (user === undefined) return undefined;
  const of = known(domain);
  return of === undefined ? user : `${of}\\${user}`;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : known(value);
}
