import { type Alert, type AlertStatus, makeAlert, memberOf, severities } from '@throughline/model';
import { ownId } from '../field/alert-id.ts';
import { tacticsFrom, techniquesIn } from '../field/attack.ts';
import { instant, instantOrNull } from '../field/instant.ts';
import { nestedJson } from '../field/nested-json.ts';
import { cut, type Fields, fields, firstText, isFields, list, text } from '../field/value.ts';
import { type IntakeFormat, type ReadContext, Refused } from '../outcome.ts';
import { sentinelEvidence } from './sentinel-evidence.ts';

/** Microsoft Sentinel SecurityAlert rows: CSV exports and JSON, entities as a list or as text. */
export const sentinel: IntakeFormat = {
  name: 'sentinel',
  about: 'Microsoft Sentinel SecurityAlert rows (CSV or JSON)',

  recognises(record) {
    return (
      isFields(record) &&
      'SystemAlertId' in record &&
      ('AlertName' in record || 'DisplayName' in record || 'AlertType' in record)
    );
  },

  read(record, context) {
    return [{ alert: readRow(fields(record), context) }];
  },
};

const statuses: ReadonlyMap<string, AlertStatus> = new Map<string, AlertStatus>([
  ['new', 'new'],
  ['inprogress', 'inProgress'],
  ['resolved', 'resolved'],
  ['dismissed', 'resolved'],
]);

function readRow(row: Fields, context: ReadContext): Alert {
  const id = firstText(row.SystemAlertId, row.VendorOriginalId, row.ProviderAlertId);
  if (id === null) throw new Refused('missingField', 'SystemAlertId: no text');
  const title = firstText(row.DisplayName, row.AlertDisplayName, row.AlertName);
  if (title === null) throw new Refused('missingField', 'DisplayName: no text');
  const { now } = context;
  const created = instant(
    'TimeGenerated',
    now,
    row.TimeGenerated,
    row.ProcessingEndTime,
    row.StartTime,
    row.StartTimeUtc,
  );
  const first = instantOrNull('StartTime', row.StartTime ?? row.StartTimeUtc, now) ?? created;
  const last = instantOrNull('EndTime', row.EndTime ?? row.EndTimeUtc, now) ?? first;
  const extended = fields(nestedJson(row.ExtendedProperties));
  const tacticWords = nestedJson(row.Tactics) ?? row.Tactics;
  const techniques = nestedJson(row.Techniques) ?? row.Techniques;
  const subTechniques = nestedJson(row.SubTechniques) ?? row.SubTechniques;
  const mitreTechniques = techniquesIn(techniques, subTechniques);
  const tactics = tacticsFrom(Array.isArray(tacticWords) ? tacticWords : [tacticWords], mitreTechniques);
  const entities = list(nestedJson(row.Entities));
  return makeAlert({
    id: ownId('sn', `sn${id}`),
    tenantId: context.tenantId,
    providerAlertId: cut(firstText(row.ProviderAlertId, row.VendorOriginalId, id) ?? id, 256),
    title: cut(title, 512),
    description: text(row.Description),
    severity: memberOf(severities, row.AlertSeverity ?? row.Severity) ?? 'unknown',
    status: statuses.get((text(row.Status) ?? '').toLowerCase()) ?? 'new',
    category: firstText(Array.isArray(tacticWords) ? tacticWords[0] : tacticWords),
    tactics,
    mitreTechniques,
    serviceSource: 'microsoftSentinel',
    detectionSource: firstText(row.ProviderName, row.ProductName, 'microsoftSentinel') ?? 'microsoftSentinel',
    productName: firstText(row.ProductName, row.VendorName, 'Microsoft Sentinel'),
    detectorId: cut(firstText(analyticRule(extended), row.AlertType, row.AlertName, title) ?? title, 256),
    site: null,
    createdDateTime: created,
    firstActivityDateTime: first,
    lastActivityDateTime: last,
    alertWebUrl: text(row.AlertLink),
    recommendedActions: firstText(row.RemediationSteps),
    customDetails: fields(nestedJson(extended['Custom Details'])),
    additionalData: row,
    evidence: sentinelEvidence(entities, row),
  });
}

/** The rule that raised it: a scheduled rule's ids are a JSON list in the extended properties. */
function analyticRule(extended: Fields): string | null {
  const ids = nestedJson(extended['Analytic Rule Ids']);
  return firstText(list(ids)[0]);
}
