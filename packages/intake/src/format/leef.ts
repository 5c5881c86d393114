import { type Alert, makeAlert, type Severity } from '@throughline/model';
import { alertId, contentId } from '../field/alert-id.ts';
import { tacticsFrom } from '../field/attack.ts';
import {
  deviceEvidence,
  evidenceList,
  fileEvidence,
  ipEvidence,
  urlEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { instant, parseInstant } from '../field/instant.ts';
import { cut } from '../field/value.ts';
import { type IntakeFormat, type ReadContext, Refused } from '../outcome.ts';
import { syslogHeader } from './syslog-header.ts';

const start = /(?:^|[\s>:])LEEF:\s?[12]/;

/** QRadar Log Event Extended Format lines, versions 1.0 and 2.0, with or without a syslog header. */
export const leef: IntakeFormat = {
  name: 'leef',
  about: 'LEEF 1.0 and 2.0 lines, with or without syslog header',

  recognises(record) {
    return typeof record === 'string' && record.includes('LEEF:') && start.test(record);
  },

  read(record, context) {
    return [{ alert: readLine(String(record), context) }];
  },
};

/** `sev` 1–10: 1–3 low, 4–6 medium, 7–10 high. */
function severityOf(value: string | null): Severity {
  const level = Number.parseInt(value ?? '', 10);
  if (Number.isNaN(level)) return 'unknown';
  return level < 1 ? 'informational' : level < 4 ? 'low' : level < 7 ? 'medium' : 'high';
}

function readLine(line: string, context: ReadContext): Alert {
  const at = line.indexOf('LEEF:', line.search(start));
  const parts = line.slice(at + 5).split('|');
  const [version = '', vendor = '', product = '', productVersion = '', eventId = ''] = parts.map((part) => part.trim());
  if (parts.length < 6) throw new Refused('malformedText', 'LEEF: fewer than five header fields');
  const two = version.startsWith('2');
  const delimiter = two && parts.length > 6 ? delimiterOf(parts[5] ?? '') : '\t';
  const body = parts.slice(two && parts.length > 6 ? 6 : 5).join('|');
  const attributes = readAttributes(body, delimiter);
  const get = (name: string) => attributes.get(name) || null;
  const syslog = syslogHeader(line.slice(0, at));
  const { now } = context;
  const readable = (value: string | null) => (value !== null && Number.isNaN(parseInstant(value, now)) ? null : value);
  const when = instant('devTime', now, readable(get('devTime')), readable(syslog.time), now.toISOString());
  const service = `${vendor} ${product}`.trim() || 'leef';
  const category = get('cat');
  if (eventId === '') throw new Refused('missingField', 'LEEF: no event id');
  return makeAlert({
    id: alertId('lf', contentId(line)),
    tenantId: context.tenantId,
    providerAlertId: contentId(line),
    title: cut(get('name') ?? get('eventName') ?? `${service} ${eventId}`, 512),
    description: get('msg'),
    severity: severityOf(get('sev')),
    category,
    tactics: tacticsFrom([category]),
    serviceSource: service,
    detectionSource: product || service,
    productName: service,
    detectorId: cut(eventId, 256),
    createdDateTime: when,
    additionalData: {
      header: { version, vendor, product, productVersion, eventId },
      attributes: Object.fromEntries(attributes),
      raw: line,
    },
    evidence: evidenceList(
      ipEvidence(get('src'), ['source']),
      ipEvidence(get('dst'), ['destination']),
      userEvidence({ name: get('usrName'), domain: get('domain') }),
      deviceEvidence(get('identHostName') ?? get('srcHostName')),
      /^[a-z]+:\/\//i.test(get('url') ?? '') ? urlEvidence(get('url')) : null,
      fileEvidence({ name: get('fileName'), path: get('filePath'), sha256: get('fileHash') }),
    ),
  });
}

/** LEEF 2.0 names the delimiter by itself or in hex ("^", "x5E", "0x5E"). */
function delimiterOf(spec: string): string {
  const hex = /^0?x([0-9a-f]{1,4})$/i.exec(spec.trim());
  const [first = '\t'] = hex ? String.fromCharCode(Number.parseInt(hex[1] ?? '9', 16)) : spec;
  // Half of a surrogate pair would cut characters in two.
  return first.isWellFormed() ? first : '\t';
}

const key = /(?:^|\s)([A-Za-z0-9_]+)=/g;

/** `key=value` parts. Relays turn the tabs of LEEF 1.0 into spaces: then a value runs to the next key. */
function readAttributes(body: string, delimiter: string): Map<string, string> {
  const found = new Map<string, string>();
  const parts = body.includes(delimiter) || delimiter !== '\t' ? body.split(delimiter) : splitAtKeys(body);
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals > 0) found.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  return found;
}

function splitAtKeys(body: string): string[] {
  const starts = [...body.matchAll(key)].map((match) => match.index);
  return starts.map((from, i) => body.slice(from, starts[i + 1]));
}
