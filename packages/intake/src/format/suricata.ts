import { type Alert, makeAlert, type Severity } from '@throughline/model';
import { alertId, contentId, digestOf } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import { instant } from '../field/instant.ts';
import { siteOfSensor } from '../field/site.ts';
import { cut, type Fields, fields, isFields, text, texts } from '../field/value.ts';
import type { IntakeFormat, ReadContext } from '../outcome.ts';
import { Refused } from '../outcome.ts';
import { tacticsOfClasstype } from './suricata-classtype.ts';
import { suricataEvidence } from './suricata-evidence.ts';

/** EVE severity is a priority: 1 is the most urgent. */
const severityOf: ReadonlyMap<string, Severity> = new Map([
  ['1', 'high'],
  ['2', 'medium'],
  ['3', 'low'],
  ['4', 'informational'],
]);

/** Suricata EVE JSON, `event_type` alert; every other event type is telemetry. */
export const suricata: IntakeFormat = {
  name: 'suricata',
  about: 'Suricata EVE JSON (event_type alert), also inside a Splunk export',

  recognises(record) {
    if (!isFields(record) || !('event_type' in record)) return false;
    return 'timestamp' in record || 'flow_id' in record || 'src_ip' in record || 'alert' in record;
  },

  read(record, context) {
    const eve = fields(record);
    if (eve.event_type !== 'alert') {
      const type = text(eve.event_type) ?? 'unnamed';
      return [
        { reject: { reason: 'telemetryNotStored', detail: `event_type ${cut(type, 60)} is telemetry, not an alert` } },
      ];
    }
    return [{ alert: readAlert(eve, context) }];
  },
};

function readAlert(eve: Fields, context: ReadContext): Alert {
  if (!isFields(eve.alert)) throw new Refused('missingField', 'alert: not an object');
  const rule = eve.alert;
  const title = text(rule.signature);
  const signatureId = text(rule.signature_id);
  if (title === null && signatureId === null) throw new Refused('missingField', 'alert.signature: no text');
  const when = instant('timestamp', context.now, eve.timestamp);
  const sensor = text(eve.host) ?? context.wrapperHost ?? null;
  const metadata = fields(rule.metadata);
  const category = text(rule.category);
  const providerAlertId = text(eve.alertId) ?? eventId(eve, rule, sensor);
  const mitreTechniques = metadata.mitre_technique_id === undefined ? [] : techniquesIn(metadata.mitre_technique_id);
  const severity = text(rule.severity);
  const blocked = rule.action === 'blocked';
  return makeAlert({
    id: alertId('su', providerAlertId),
    tenantId: context.tenantId,
    providerAlertId: cut(providerAlertId, 256),
    title: cut(title ?? `Signature ${signatureId}`, 512),
    severity: (severity === null ? null : severityOf.get(severity)) ?? 'unknown',
    category,
    tactics: tacticsOf(metadata, mitreTechniques, category),
    mitreTechniques,
    serviceSource: 'suricata',
    detectionSource: 'suricata',
    productName: 'Suricata',
    detectorId: cut(signatureId ?? title ?? '', 256),
    site: siteOfSensor(sensor),
    createdDateTime: when,
    threatFamilyName: texts(metadata.malware_family)[0] ?? null,
    systemTags: blocked ? ['blocked'] : [],
    additionalData: eve,
    evidence: suricataEvidence(eve, rule),
  });
}

function tacticsOf(metadata: Fields, techniques: readonly string[], category: string | null) {
  const tagged = techniques.length > 0 || 'mitre_tactic_name' in metadata || 'mitre_tactic_id' in metadata;
  if (!tagged) return [...tacticsOfClasstype(category)];
  const own = tacticsFrom([metadata.mitre_tactic_name, metadata.mitre_tactic_id], techniques);
  return own.length > 0 ? own : [...tacticsOfClasstype(category)];
}

/** One flow may raise one signature several times: packet and transaction tell those apart. */
function eventId(eve: Fields, rule: Fields, sensor: string | null): string {
  if (eve.flow_id === undefined || eve.flow_id === null) return contentId(eve);
  return digestOf(sensor, eve.flow_id, eve.timestamp, rule.gid, rule.signature_id, eve.tx_id, eve.pcap_cnt);
}
