import {
  type Alert,
  currentTechnique,
  type Evidence,
  isIpAddress,
  isPrivateAddress,
  makeAlert,
  type Severity,
} from '@throughline/model';
import { alertId, contentId, digestOf } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import {
  deviceEvidence,
  domainEvidence,
  evidenceList,
  fileEvidence,
  ipEvidence,
  processEvidence,
  urlEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { instant, parseInstant } from '../field/instant.ts';
import { cut } from '../field/value.ts';
import { type IntakeFormat, type ReadContext, Refused } from '../outcome.ts';
import { labelledFields, readExtension, splitCef } from './cef-extension.ts';
import { syslogHeader } from './syslog-header.ts';

const start = /(?:^|[\s>:"'])CEF:\s?\d/;

/** ArcSight Common Event Format lines, with or without a syslog header. */
export const cef: IntakeFormat = {
  name: 'cef',
  about: 'CEF lines, with or without syslog header',

  recognises(record) {
    return typeof record === 'string' && record.includes('CEF:') && start.test(record);
  },

  read(record, context) {
    return [{ alert: readLine(String(record), context) }];
  },
};

/** Words and numbers 0–10: 0 informational, 1–3 low, 4–6 medium, 7–10 high and very high. */
function severityOf(value: string): Severity {
  const word = value.toLowerCase();
  if (/^\d+(\.\d+)?$/.test(word)) {
    const level = Number(word);
    return level < 1 ? 'informational' : level < 4 ? 'low' : level < 7 ? 'medium' : 'high';
  }
  if (word === 'low' || word === 'medium' || word === 'high') return word;
  if (word === 'very-high' || word === 'critical') return 'high';
  return word === 'info' || word === 'informational' ? 'informational' : 'unknown';
}

function readLine(line: string, context: ReadContext): Alert {
  const from = line.search(start);
  const at = line.indexOf('CEF:', from);
  const split = splitCef(line.slice(at));
  if (split === null) throw new Refused('malformedText', 'CEF: fewer than seven header fields');
  const { header } = split;
  const extension = readExtension(split.extension);
  const get = (name: string) => extension.get(name)?.replace(/^"(.*)"$/, '$1') || null;
  const syslog = syslogHeader(line.slice(0, at));
  const { now } = context;
  // Devices write times no parser knows; the line was still received now.
  const readable = (value: string | null) => (value !== null && Number.isNaN(parseInstant(value, now)) ? null : value);
  const when = instant(
    'rt',
    now,
    readable(get('rt')),
    readable(get('end')),
    readable(get('start')),
    readable(syslog.time),
    now.toISOString(),
  );
  // Not the time of arrival: a line delivered again must keep its id.
  const written = get('rt') ?? get('end') ?? get('start') ?? syslog.time ?? '';
  const first = instant('start', now, readable(get('start')), when);
  const last = instant('end', now, readable(get('end')), readable(get('start')), when);
  const external = get('externalId');
  const title = header.name || header.signatureId;
  if (title === '') throw new Refused('missingField', 'CEF: no name');
  const service = `${header.vendor} ${header.product}`.trim() || 'cef';
  const words = [header.signatureId, header.name, ...extension.values()].filter((value) => value.length < 200);
  const mitreTechniques = techniquesIn(words).filter((id) => currentTechnique(id) !== null);
  const category = get('cat') ?? get('categoryObject');
  return makeAlert({
    id: alertId('cf', external === null ? contentId(line) : digestOf(service, external, header.signatureId, written)),
    tenantId: context.tenantId,
    providerAlertId: cut(external ?? contentId(line), 256),
    title: cut(title, 512),
    description: get('msg'),
    severity: severityOf(header.severity),
    category,
    tactics: tacticsFrom([category], mitreTechniques),
    mitreTechniques,
    serviceSource: service,
    detectionSource: header.product || service,
    productName: service,
    detectorId: cut(header.signatureId || title, 256),
    createdDateTime: when,
    firstActivityDateTime: earlier(first, last),
    lastActivityDateTime: last,
    customDetails: labelledFields(extension),
    additionalData: { header, extension: Object.fromEntries(extension), raw: line },
    evidence: evidenceOf(get),
  });
}

function earlier(a: string, b: string): string {
  return a.localeCompare(b) <= 0 ? a : b;
}

function evidenceOf(get: (name: string) => string | null): Evidence[] {
  const hash = get('fileHash');
  return evidenceList(
    ipEvidence(get('src'), ['source']),
    deviceEvidence(get('shost'), ['source']),
    ipEvidence(get('dst'), ['destination']),
    hostEvidence(get('dhost'), get('dst')),
    userEvidence({ name: get('suser'), domain: get('sntdom'), sid: sidOf(get('suid')) }, ['source']),
    userEvidence({ name: get('duser'), domain: get('dntdom'), sid: sidOf(get('duid')) }, ['destination']),
    fileEvidence({ name: get('fname'), path: get('filePath'), size: get('fsize'), sha256: hash }),
    processEvidence({
      id: get('dpid') ?? get('spid'),
      image: { path: get('dproc') ?? get('sproc') ?? get('deviceProcessName') },
    }),
    /^[a-z]+:\/\//i.test(get('request') ?? '') ? urlEvidence(get('request')) : null,
    domainEvidence(get('destinationDnsDomain')),
  );
}

/** A host behind a public address is a site on the internet, not a device of ours. */
function hostEvidence(name: string | null, address: string | null): Evidence | null {
  const outside = name?.includes('.') && address !== null && isIpAddress(address) && !isPrivateAddress(address);
  return outside ? domainEvidence(name, ['destination']) : deviceEvidence(name, ['destination']);
}

function sidOf(value: string | null): string | null {
  return value !== null && /^S-1-/i.test(value) ? value : null;
}
