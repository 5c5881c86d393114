import type { LogSource } from '@throughline/model';
import { parseInstant } from '../../field/instant.ts';
import { deviceColumns } from '../row/device.ts';
import { contentKey, reportIdOf } from '../row/record-key.ts';
import { row } from '../row/row.ts';
import { int } from '../row/value.ts';
import { when } from '../row/when.ts';
import type { TelemetryFormat } from '../telemetry.ts';
import { isEventXml } from '../windows/event-xml.ts';
import { windowsEvent } from '../windows/windows.ts';
import { auditd, readAuditd } from './auditd.ts';
import { isSyslogLine, readSyslogLine, type SyslogLine } from './syslog-line.ts';
import { syslogRows } from './syslog-rows.ts';

/** Facilities and severities by number (RFC 5424 section 6.2.1), in the words of Sentinel's Syslog table. */
const facilities =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clock local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const severities = 'emerg alert crit err warning notice info debug'.split(' ');

/** Syslog lines; what they carry of Sysmon for Linux and auditd is read as such. */
export const syslog: TelemetryFormat = {
  name: 'syslog',
  about: 'Syslog lines (RFC 5424, RFC 3164, files under /var/log)',

  recognises(record) {
    return typeof record === 'string' && isSyslogLine(record);
  },

  read(record, context) {
    const text = String(record);
    const line = readSyslogLine(text);
    if (isEventXml(line.message)) return { ...windowsEvent.read(line.message, context), source: 'syslog' };
    if (auditd.recognises(line.message)) return readAuditd(line.message, line.host, context.now, 'syslog');
    const written = line.time?.replace(/Z{2,}$/, 'Z');
    const readable = written !== undefined && !Number.isNaN(parseInstant(written, context.now));
    const time = when('time', context.now, readable ? written : context.now.toISOString());
    const key = contentKey('syslog', text);
    const facility = line.facility === undefined ? undefined : facilities[line.facility];
    const severity = line.severity === undefined ? undefined : severities[line.severity];
    const common = { ...deviceColumns(line.host), ReportId: reportIdOf(key) };
    return {
      source: 'syslog',
      event: {
        logSource: logSourceOf(line),
        time: time.ms,
        fields: {
          Facility: facility,
          SeverityLevel: severity,
          HostName: line.host,
          ProcessName: line.process,
          ProcessID: line.processId,
          MessageId: line.messageId,
          StructuredData: line.structuredData,
          message: line.message,
        },
      },
      rows: [
        row('Syslog', time, {
          Computer: line.host,
          HostName: line.host,
          EventTime: time.iso,
          Facility: facility,
          SeverityLevel: severity,
          ProcessName: line.process,
          ProcessID: int(line.processId),
          SyslogMessage: line.message === '' ? text : line.message,
        }),
        ...syslogRows(line, time, common),
      ],
      key,
    };
  },
};

/** Sigma's services of Linux by the program that logs. */
const services: Readonly<Record<string, string>> = {
  clamd: 'clamav',
  clamav: 'clamav',
  freshclam: 'clamav',
  CRON: 'cron',
  cron: 'cron',
  crond: 'cron',
  guacd: 'guacamole',
  sshd: 'sshd',
  'sshd-session': 'sshd',
  sudo: 'sudo',
  vsftpd: 'vsftpd',
};

function logSourceOf(line: SyslogLine): LogSource {
  const cisco = /%(ASA|FTD|[A-Z0-9_]+)-\d-/.exec(line.message.slice(0, 256)) ?? /^%(ASA|FTD)-/.exec(line.process ?? '');
  if (cisco)
    return cisco[1] === 'ASA' || cisco[1] === 'FTD'
      ? { product: 'cisco', category: 'firewall' }
      : { product: 'cisco', service: 'aaa' };
  const service = services[line.process?.split('/').at(-1) ?? ''];
  if (service !== undefined) return { product: 'linux', service };
  return { product: 'linux', service: line.facility === 4 || line.facility === 10 ? 'auth' : 'syslog' };
}
