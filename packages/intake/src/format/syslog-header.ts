/** What the syslog header before a CEF or LEEF message says; each part `null` when it says nothing. */
export type SyslogHeader = { time: string | null; host: string | null };

const rfc5424 = /^1 (\S+) (\S+)/;
const rfc3164 = /^([A-Z][a-z]{2} {1,2}\d{1,2}(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d+)?)(?: [A-Z]{3,4})? (\S+)/;
const isoFirst = /^(\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S*)(?: (\S+))?/;

/** Reads the part of a line before the message: priority, time and host, RFC 5424, RFC 3164 or the mixtures devices send. */
export function syslogHeader(prefix: string): SyslogHeader {
  const rest = prefix.slice(0, 256).replace(/^\s*<\d{1,3}>\s*/, '');
  const match = rfc5424.exec(rest) ?? rfc3164.exec(rest) ?? isoFirst.exec(rest);
  if (!match) return { time: null, host: null };
  return { time: known(match[1]), host: hostOf(match[2]) };
}

function known(value: string | undefined): string | null {
  return value === undefined || value === '-' || value === '' ? null : value.replace(/Z{2,}$/, 'Z');
}

/** A process tag ("cef[24366]:") stands where a header without host has one. */
function hostOf(value: string | undefined): string | null {
  const host = known(value);
  return host === null || /[:[\]=|]/.test(host.replace(/^[0-9a-f:]+$/i, '')) ? null : host;
}
