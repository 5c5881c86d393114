import { makeAlert, memberOf, severities } from '@throughline/model';
import { alertId, contentId } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import {
  deviceEvidence,
  evidenceList,
  fileEvidence,
  ipEvidence,
  processEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { instant, parseInstant } from '../field/instant.ts';
import { cut, type Fields, fields, firstText, isFields, text } from '../field/value.ts';
import { type IntakeFormat, Refused } from '../outcome.ts';

const summaries: ReadonlySet<unknown> = new Set([
  'Event_EppDetectionSummaryEvent',
  'Event_DetectionSummaryEvent',
  'EppDetectionSummaryEvent',
  'DetectionSummaryEvent',
]);

/** CrowdStrike Falcon detection summaries, from the event stream or Falcon Data Replicator; other FDR events are telemetry. */
export const crowdstrike: IntakeFormat = {
  name: 'crowdstrike',
  about: 'CrowdStrike Falcon detection summary events',

  recognises(record) {
    if (!isFields(record)) return false;
    return summaries.has(kindOf(record)) || ('fdr_event_type' in record && 'cid' in record);
  },

  read(record, context) {
    const outer = fields(record);
    if (!summaries.has(kindOf(outer))) {
      const kind = cut(text(kindOf(outer)) ?? text(outer.fdr_event_type) ?? 'event', 60);
      return [{ reject: { reason: 'telemetryNotStored', detail: `${kind} is a Falcon event, not a detection` } }];
    }
    const event = isFields(outer.event) ? outer.event : outer;
    const title = firstText(event.DetectName, event.Name, event.DetectDescription, event.Description);
    if (title === null) throw new Refused('missingField', 'Name: no text');
    const { now } = context;
    const stamps = [event.UTCTimestamp, event.timestamp, outer.timestamp, event.ProcessStartTime];
    const when = instant('timestamp', now, ...stamps);
    const started = parseInstant(event.ProcessStartTime, now);
    const severity = firstText(event.SeverityName)?.toLowerCase();
    const providerAlertId = firstText(event.CompositeId, event.DetectId, event.EventUUID) ?? contentId(event);
    const mitreTechniques = techniquesIn(event.TechniqueId, event.Technique, event.MitreAttack);
    return [
      {
        alert: makeAlert({
          id: alertId('cs', providerAlertId),
          tenantId: context.tenantId,
          providerAlertId: cut(providerAlertId, 256),
          title: cut(title, 512),
          description: firstText(event.Description, event.DetectDescription),
          severity: severity === 'critical' ? 'high' : (memberOf(severities, severity) ?? 'unknown'),
          category: text(event.Tactic),
          tactics: tacticsFrom([event.Tactic], mitreTechniques),
          mitreTechniques,
          serviceSource: 'crowdstrikeFalcon',
          detectionSource: text(event.Objective) ?? 'crowdstrikeFalcon',
          productName: 'CrowdStrike Falcon',
          detectorId: cut([event.Tactic, event.Technique, title].map(text).filter(Boolean).join('/'), 256),
          createdDateTime: when,
          alertWebUrl: text(event.FalconHostLink),
          additionalData: outer,
          evidence: evidenceOf(
            event,
            outer,
            Number.isNaN(started) || started <= 0 ? null : new Date(started).toISOString(),
          ),
        }),
      },
    ];
  },
};

function kindOf(record: Fields): unknown {
  const event = fields(record.event);
  return event.ExternalApiType ?? record.ExternalApiType ?? fields(record.metadata).eventType ?? event.event_simpleName;
}

function evidenceOf(event: Fields, outer: Fields, startTime: string | null) {
  const image = {
    name: event.FileName,
    folder: event.FilePath,
    sha256: event.SHA256String,
    sha1: event.SHA1String,
    md5: event.MD5String,
  };
  const parent = firstText(event.ParentImageFileName);
  return evidenceList(
    deviceEvidence(firstText(event.Hostname, event.ComputerName, outer.Hostname), ['attacked'], {
      providerDeviceId: firstText(event.AgentIdString, event.SensorId, outer.aid),
      ntDomain: text(event.MachineDomain),
      lastIpAddress: text(event.LocalIP),
    }),
    userEvidence({ name: event.UserName, domain: event.MachineDomain }),
    processEvidence({ commandLine: event.CommandLine, startTime, image, parentImage: { path: parent } }),
    fileEvidence(image),
    ipEvidence(event.LocalIP, ['attacked']),
  );
}
