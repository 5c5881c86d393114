/** One syslog line taken apart; what it does not say is `undefined`. */
export type SyslogLine = {
  facility: number | undefined;
  severity: number | undefined;
  time: string | undefined;
  host: string | undefined;
  process: string | undefined;
  processId: string | undefined;
  messageId: string | undefined;
  structuredData: string | undefined;
  message: string;
};

const priority = /^\s*<(\d{1,3})>\s*/;
const rfc5424 = /^1 (\S+) (\S+) (\S+) (\S+) (\S+) (-|(?:\[(?:[^\]\\"]|\\.|"(?:[^"\\]|\\.)*")*\])+)(?: ([\s\S]*))?$/;
const time3164 =
  /^:?\s?(?:\d+: )?\*?([A-Z][a-z]{2} {1,2}\d{1,2}(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: [A-Z]{3,4})?(?:: | )/;
const timeIso = /^:?\s?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)(?:: | )/;
const tag = /^([\w./()@-]{1,64})(?:\[(\d{1,10})\])?:(?:\s|$)/;

/** True when a line starts as syslog does: with a priority, or with a time as files under /var/log have it and then a tag. */
export function isSyslogLine(line: string): boolean {
  const start = line.slice(0, 512);
  const match = priority.exec(start);
  if (match) return Number(match[1]) < 192;
  const time = time3164.exec(start) ?? timeIso.exec(start);
  return time !== null && /^\S+ [\w./()@-]{1,64}(?:\[\d{1,10}\])?:(?:\s|$)/.test(start.slice(time[0].length));
}

/** Reads a line by RFC 5424, else by RFC 3164 and the mixtures devices send. */
export function readSyslogLine(line: string): SyslogLine {
  const match = priority.exec(line);
  const level = match ? Number(match[1]) : undefined;
  const rest = match ? line.slice(match[0].length) : line;
  const head = {
    facility: level === undefined ? undefined : level >> 3,
    severity: level === undefined ? undefined : level & 7,
  };
  const modern = rest.startsWith('1 ') ? rfc5424.exec(rest) : null;
  if (modern) {
    const [, time, host, process, processId, messageId, data, message = ''] = modern;
    return {
      ...head,
      time: set(time),
      host: set(host),
      process: set(process),
      processId: set(processId),
      messageId: set(messageId),
      structuredData: set(data),
      message: message.replace(/^\uFEFF/, ''),
    };
  }
  return { ...head, ...classic(rest) };
}

function classic(rest: string): Omit<SyslogLine, 'facility' | 'severity'> {
  const time = time3164.exec(rest) ?? timeIso.exec(rest);
  let left = time === null ? rest : rest.slice(time[0].length);
  let host: string | undefined;
  if (time !== null && !tag.test(left)) {
    const named = /^([\w.:-]{1,255}) (?:: )?/.exec(left);
    if (named) {
      host = named[1];
      left = left.slice(named[0].length);
    }
  }
  const process = tag.exec(left);
  return {
    time: time?.[1],
    host,
    process: process?.[1],
    processId: process?.[2],
    messageId: undefined,
    structuredData: undefined,
    message: process === null ? left : left.slice(process[0].length).trimStart(),
  };
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value === '-' || value === '' ? undefined : value;
}
