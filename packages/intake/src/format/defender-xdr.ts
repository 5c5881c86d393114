import {
  type Alert,
  alertStatuses,
  makeAlert,
  memberOf,
  parseClassification,
  parseDetermination,
  severities,
} from '@throughline/model';
import { ownId } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import { instant, instantIfSet, instantOrNull } from '../field/instant.ts';
import { cut, fields, isFields, list, text } from '../field/value.ts';
import { attempt, type IntakeFormat, type Outcome, type ReadContext, Refused } from '../outcome.ts';
import { defenderEvidence, graphWord } from './defender-xdr-evidence.ts';

/** Defender XDR incidents API (`/api/incidents`): incidents with alerts, devices and entities; or such an alert alone. */
export const defenderXdr: IntakeFormat = {
  name: 'defenderXdr',
  about: 'Microsoft Defender XDR incidents API (/api/incidents: alerts with devices and entities)',

  recognises(record) {
    if (!isFields(record)) return false;
    if ('incidentId' in record && 'incidentName' in record) return true;
    return 'alertId' in record && ('creationTime' in record || 'firstActivity' in record || 'entities' in record);
  },

  read(record, context) {
    const found = fields(record);
    if (!('incidentName' in found)) return [{ alert: readAlert(found, context) }];
    const alerts = list(found.alerts);
    if (alerts.length === 0) return [{ reject: { reason: 'notAnAlert', detail: 'incident without alerts' } }];
    return alerts.flatMap((alert): Outcome[] => attempt(() => [{ alert: readAlert(alert, context) }]));
  },
};

/** The API's names of Microsoft's products → those of Graph, so that one product has one name however it is read. */
const graphProducts: ReadonlyMap<string, string> = new Map([
  ['MicrosoftDefenderATP', 'microsoftDefenderForEndpoint'],
  ['OfficeATP', 'microsoftDefenderForOffice365'],
  ['AzureATP', 'microsoftDefenderForIdentity'],
  ['MCAS', 'microsoftDefenderForCloudApps'],
  ['MicrosoftCloudAppSecurity', 'microsoftDefenderForCloudApps'],
  ['MTP', 'microsoft365Defender'],
  ['AAD', 'azureAdIdentityProtection'],
  ['AadIdentityProtection', 'azureAdIdentityProtection'],
  ['WindowsDefenderAtp', 'microsoftDefenderForEndpoint'],
  ['WindowsDefenderAv', 'antivirus'],
]);

function productOf(value: unknown): string | null {
  return graphProducts.get(text(value) ?? '') ?? graphWord(value);
}

function readAlert(value: unknown, context: ReadContext): Alert {
  if (!isFields(value)) throw new Refused('invalidField', 'alerts: an object expected');
  const id = text(value.alertId);
  if (id === null) throw new Refused('missingField', 'alertId: no text');
  const title = text(value.title);
  if (title === null) throw new Refused('missingField', 'title: no text');
  if (typeof value.title !== 'string') throw new Refused('invalidField', 'title: text expected');
  const { now } = context;
  const created = instant('creationTime', now, value.creationTime, value.firstActivity, value.lastUpdatedTime);
  const first = instantOrNull('firstActivity', value.firstActivity, now) ?? created;
  const category = text(value.category);
  const mitreTechniques = techniquesIn(value.mitreTechniques);
  const service = productOf(value.serviceSource) ?? 'microsoft365Defender';
  return makeAlert({
    id: ownId('dx', id),
    tenantId: context.tenantId,
    providerAlertId: cut(text(value.providerAlertId) ?? id, 256),
    title: cut(title, 512),
    description: text(value.description),
    severity: memberOf(severities, value.severity) ?? 'unknown',
    status: value.status === 'Active' ? 'new' : (memberOf(alertStatuses, value.status) ?? 'new'),
    classification: parseClassification(value.classification) ?? 'unknown',
    determination: parseDetermination(value.determination) ?? 'unknown',
    category,
    tactics: tacticsFrom([category], mitreTechniques),
    mitreTechniques,
    serviceSource: service,
    detectionSource: productOf(value.detectionSource) ?? service,
    productName: 'Microsoft Defender XDR',
    detectorId: cut(text(value.detectorId) ?? title, 256),
    createdDateTime: created,
    firstActivityDateTime: first,
    lastActivityDateTime: instantOrNull('lastActivity', value.lastActivity, now) ?? first,
    lastUpdateDateTime: instantOrNull('lastUpdatedTime', value.lastUpdatedTime, now) ?? created,
    resolvedDateTime: instantIfSet('resolvedTime', value.resolvedTime, now),
    assignedTo: text(value.assignedTo),
    actorDisplayName: text(value.actorName),
    threatFamilyName: text(value.threatFamilyName),
    investigationState: graphWord(value.investigationState),
    additionalData: value,
    evidence: defenderEvidence(value),
  });
}
