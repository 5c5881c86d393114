import type { TelemetryEvent } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import type { Fields } from '../../field/value.ts';
import { Refused } from '../../outcome.ts';
import { deviceColumns } from '../row/device.ts';
import { contentKey, numberedKey, reportIdOf } from '../row/record-key.ts';
import { row } from '../row/row.ts';
import { withSigmaProcess } from '../row/sigma-process.ts';
import { when } from '../row/when.ts';
import type { Telemetry, TelemetryFormat } from '../telemetry.ts';
import { type AuditEvent, readAudit } from './audit-record.ts';
import { auditRows, commandLine } from './audit-rows.ts';
import { syscallName } from './audit-syscall.ts';

const start = /^(?:node=\S+ )?type=\S+ msg=audit\(/;

/** Linux audit events: one line, or the lines of one event in one text. */
export const auditd: TelemetryFormat = {
  name: 'auditd',
  about: 'Linux audit events (auditd), the lines of one event together',

  recognises(record) {
    return typeof record === 'string' && start.test(record);
  },

  read(record, { now }) {
    return readAuditd(String(record), undefined, now, 'auditd');
  },
};

/** Reads an audit event's lines, with line feeds or spaces between; `host` is where it came from when it does not say. @throws {Refused} `malformedText` */
export function readAuditd(lines: string, host: string | undefined, now: Date, source: string): Telemetry {
  const text = lines.replaceAll('\n', ' ');
  const event = readAudit(text);
  if (event === null) throw new Refused('malformedText', 'auditd: no type and msg=audit(time:serial)');
  const time = when('audit', now, event.seconds);
  const device = event.node ?? host;
  const key =
    device === undefined
      ? contentKey(source, text)
      : numberedKey(source, device, event.seconds, event.serial, ...event.records.map(({ type }) => type));
  const fields = fieldsOf(event);
  const common = { ...deviceColumns(device), ReportId: reportIdOf(key) };
  const syslog: HuntingRow = row('Syslog', time, {
    Computer: device,
    HostName: device,
    EventTime: time.iso,
    ProcessName: 'auditd',
    SyslogMessage: text,
  });
  return {
    source,
    event: { ...sigmaOf(event, fields), time: time.ms },
    rows: [syslog, ...auditRows(event, fields, time, common)],
    key,
  };
}

/** The start of a program is also what Sigma's rules of category process_creation are about. */
function sigmaOf(event: AuditEvent, fields: Fields): Pick<TelemetryEvent, 'logSource' | 'fields'> {
  const execution = event.records.find(({ type }) => type === 'EXECVE');
  const call = event.records.find(({ type }) => type === 'SYSCALL');
  if (execution === undefined || call === undefined)
    return { logSource: { product: 'linux', service: 'auditd' }, fields };
  return {
    logSource: { product: 'linux', service: 'auditd', category: 'process_creation' },
    fields: withSigmaProcess(fields, {
      Image: call.fields.exe,
      CommandLine: commandLine(execution.fields),
      CurrentDirectory: event.records.find(({ type }) => type === 'CWD')?.fields.cwd,
      User: call.fields.UID,
      ProcessId: call.fields.pid,
      ParentProcessId: call.fields.ppid,
    }),
  };
}

/**
 * The fields of all lines together. `type`, and what lines of several types or paths disagree about, is a list; the a0, a1 …
 * of EXECVE, which are the program's arguments, stand over those of SYSCALL, which are numbers.
 */
function fieldsOf(event: AuditEvent): Fields {
  const only = event.records[0];
  if (event.records.length === 1 && only !== undefined) return named({ type: only.type, ...only.fields });
  const found: Fields = { type: [...new Set(event.records.map(({ type }) => type))] };
  const executes = event.records.some(({ type }) => type === 'EXECVE');
  for (const { type, fields } of event.records) {
    for (const name in fields) {
      if (executes && type === 'SYSCALL' && /^a[0-3]$/.test(name)) continue;
      const before = found[name];
      const value = fields[name];
      if (before === undefined) found[name] = value;
      else if (Array.isArray(before)) {
        if (!before.includes(value)) before.push(value);
      } else if (before !== value) found[name] = [before, value];
    }
  }
  return named(found);
}

function named(fields: Fields): Fields {
  const name = fields.SYSCALL === undefined ? syscallName(fields.arch, fields.syscall) : undefined;
  if (name !== undefined) fields.SYSCALL = name;
  return fields;
}
