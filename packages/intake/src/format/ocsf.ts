import { type Alert, type AlertStatus, makeAlert, type Severity } from '@throughline/model';
import { alertId, contentId } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import { instant, instantOrNull } from '../field/instant.ts';
import { at, cut, type Fields, fields, firstText, isFields, list, number, text, texts } from '../field/value.ts';
import { type IntakeFormat, type ReadContext, Refused } from '../outcome.ts';
import { ocsfEvidence } from './ocsf-evidence.ts';

/** Security Finding (before 1.1) and Detection Finding. */
const findings: ReadonlySet<unknown> = new Set([2001, 2004]);
/** OCSF severity_id: 5 critical and 6 fatal are our high. */
const severityOf: readonly Severity[] = ['unknown', 'informational', 'low', 'medium', 'high', 'high', 'high'];
/** status_id of a finding: 1 new, 2 in progress, 3 suppressed, 4 resolved, 5 archived. */
const statusOf: readonly AlertStatus[] = ['new', 'new', 'inProgress', 'resolved', 'resolved', 'resolved'];

/** OCSF: Detection Finding (2004) and Security Finding (2001); every other class is telemetry. */
export const ocsf: IntakeFormat = {
  name: 'ocsf',
  about: 'OCSF Detection Finding (class 2004) and Security Finding (class 2001)',

  recognises(record) {
    return isFields(record) && 'class_uid' in record;
  },

  read(record, context) {
    const event = fields(record);
    const uid = number(event.class_uid);
    if (findings.has(uid)) return [{ alert: readFinding(event, context) }];
    if (uid === null) throw new Refused('invalidField', 'class_uid: a number expected');
    const name = text(event.class_name) ?? 'event';
    return [
      {
        reject: { reason: 'telemetryNotStored', detail: `class_uid ${uid} (${cut(name, 60)}) is no detection finding` },
      },
    ];
  },
};

function readFinding(event: Fields, context: ReadContext): Alert {
  const info = { ...fields(event.finding), ...fields(event.finding_info) };
  const metadata = fields(event.metadata);
  const product = fields(metadata.product);
  const title = firstText(info.title, event.message);
  if (title === null) throw new Refused('missingField', 'finding_info.title: no text');
  const { now } = context;
  const when = instant('time', now, event.time_dt, event.time, info.created_time_dt, info.created_time);
  const first = instantOrNull('first_seen_time', info.first_seen_time_dt ?? info.first_seen_time, now) ?? when;
  const seen = instantOrNull('last_seen_time', info.last_seen_time_dt ?? info.last_seen_time, now);
  const attacks = [...list(event.attacks), ...list(info.attacks)];
  const mitreTechniques = techniquesIn(
    ...attacks.flatMap((attack) => [
      at(attack, 'technique', 'uid'),
      at(attack, 'sub_technique', 'uid'),
      ...list(at(attack, 'techniques')).map((technique) => at(technique, 'uid')),
    ]),
  );
  const tactics = attacks.flatMap((attack) => {
    const several = [...list(at(attack, 'tactics')), at(attack, 'tactic')];
    return several.map((tactic) => firstText(at(tactic, 'uid'), at(tactic, 'name')));
  });
  const types = texts(info.types);
  const service = text(product.name) ?? 'ocsf';
  const analytic = { ...fields(event.analytic), ...fields(info.analytic) };
  const providerAlertId = firstText(info.uid, metadata.uid) ?? contentId(event);
  const status = number(event.status_id ?? event.state_id);
  return makeAlert({
    id: alertId('oc', `${service}:${providerAlertId}`),
    tenantId: context.tenantId,
    providerAlertId: cut(providerAlertId, 256),
    title: cut(title, 512),
    description: firstText(info.desc, event.message),
    severity: severityOf[number(event.severity_id) ?? 0] ?? 'unknown',
    status: statusOf[status ?? 0] ?? 'new',
    category: types[0] ?? text(event.class_name),
    tactics: tacticsFrom([...tactics, ...types.flatMap((type) => type.split('/'))], mitreTechniques),
    mitreTechniques,
    serviceSource: service,
    detectionSource: firstText(at(product, 'feature', 'name'), service) ?? service,
    productName: [text(product.vendor_name), text(product.name)].filter(Boolean).join(' ') || null,
    detectorId: cut(firstText(analytic.uid, analytic.name, metadata.event_code, types[0], title) ?? title, 256),
    site: firstText(at(event, 'cloud', 'account', 'uid'), at(event, 'cloud', 'account_uid')),
    createdDateTime: when,
    firstActivityDateTime: first,
    lastActivityDateTime: seen ?? instantOrNull('end_time', event.end_time, now) ?? first,
    recommendedActions: firstText(at(event, 'remediation', 'desc'), at(info, 'remediation', 'desc')),
    alertWebUrl: text(info.src_url),
    threatDisplayName: firstText(at(list(event.malware)[0], 'name')),
    additionalData: event,
    evidence: ocsfEvidence(event),
  });
}
